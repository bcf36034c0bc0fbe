extension TopicState {
    /// A state to which `restore` can go back.
    struct Mark: Sendable {
        let items: Int
        let developments: Int
        let terms: Int
        let firstLive: Int
        let undo: Undo.Mark
    }

    /// What was changed since the last `reclaim` and cannot be told from what was added: mostly a few hundred values,
    /// however much the topic holds.
    struct Undo: Sendable {
        /// An entry that left a term's list when `by` entered it.
        struct Displaced: Sendable {
            var number: UInt32
            var by: Int32
            var slot: Int32
        }

        struct Mark: Sendable {
            let spreads: Int
            let developments: Int
            let carried: Int
        }

        var displaced: [Displaced] = []
        /// Terms and in how many developments they were.
        var spreads: [(number: UInt32, before: UInt32)] = []
        var developments: [(place: Int, before: Development)] = []
        var carried: [(entry: EntryNumber, before: PlaceList?)] = []

        var mark: Mark {
            Mark(spreads: spreads.count, developments: developments.count, carried: carried.count)
        }

        /// The entry that the latest one displaced from a term's list, if that is so.
        mutating func takeDisplaced(number: UInt32, by slot: Int32) -> Int32? {
            guard let last = displaced.last, last.number == number, last.by == slot else { return nil }
            displaced.removeLast()
            return last.slot
        }
    }
}
