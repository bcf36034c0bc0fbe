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
        /// Kinds, actors, names and claims of title and lead, summed over entries; sorted by key.
        var keys: [Key] = []
        /// Length of `keys` as a vector when the last entry came.
        var length = 0.0
        /// Weight of the subjects among them, each by its share of the entries.
        var subjectWeight = 0.0
        var numbers: [Double] = []
        var memberCount = 0

        func insertion(of key: UInt64) -> Int {
            var low = 0
            var high = keys.count
            while low < high {
                let middle = (low + high) / 2
                if keys[middle].key < key { low = middle + 1 } else { high = middle }
            }
            return low
        }

        func index(of key: UInt64) -> Int? {
            let place = insertion(of: key)
            return place < keys.count && keys[place].key == key ? place : nil
        }
    }

    /// One of the things by which a development is known.
    struct Key: Sendable, Equatable {
        var key: UInt64
        /// Its number in the topic's `TermTable`.
        var number: UInt32
        var sort: Term.Sort
        var weight: Double
    }
}
