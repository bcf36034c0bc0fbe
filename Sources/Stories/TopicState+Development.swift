extension TopicState {
    struct Development: Sendable, Equatable {
        var id: DevelopmentID
        /// Engine times of the first and the latest entry, milliseconds.
        var opened: Int64
        var latest: Int64
        var opener: EntryNumber
        /// Weight by claim shape, summed over entries.
        var shapes: [UInt16: Double] = [:]
        /// Sum of `shapes`.
        var shapeTotal = 0.0
        /// Kinds, actors, names and claims of title and lead.
        var claimed = TermTally()
        /// Length of `claimed` as a vector when the last entry came.
        var length = 0.0
        /// Weight of the subjects in `claimed`, each by its share of the entries.
        var subjectWeight = 0.0
        /// Names and actors of whole texts, and the times that title and lead state.
        var named = TermTally()
        /// Numbers of title and lead, in the order in which they came.
        var numbers: [ToldNumber] = []
        /// The greatest figure of the first one's unit that a title told.
        var figure: Figure?
        var memberCount = 0
    }

    /// A number that entries of a development tell.
    struct ToldNumber: Sendable, Equatable {
        var value: Double
        /// Entries that tell it.
        var count: Int
    }
}
