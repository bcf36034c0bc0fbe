/// Terms of several readings, by their numbers in the topic's `TermTable`: each with its weight in all of them and how
/// many have it.
struct TermTally: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        var number: UInt32
        var sort: Term.Sort
        /// Readings that have it.
        var count: Int32
        /// Summed over them; 1 is the prominence of a title.
        var weight: Double

        /// What one reading has.
        init(_ term: Term, number: UInt32) {
            self.number = number
            sort = term.sort
            count = 1
            weight = Double(term.weight) / 100
        }
    }

    /// Sorted by number.
    private(set) var entries: [Entry] = []

    /// A weight that is left over from rounding only.
    private static let nothing = 1e-9

    /// What the readings have of a term; O(log n).
    subscript(number: UInt32) -> Entry? {
        let place = place(of: number)
        return place < entries.count && entries[place].number == number ? entries[place] : nil
    }

    /// Counts what one reading has, or several; true for a new term, of which there are `limit` at most.
    mutating func add(_ entry: Entry, limit: Int = .max) -> Bool {
        let place = place(of: entry.number)
        if place < entries.count, entries[place].number == entry.number {
            entries[place].weight += entry.weight
            entries[place].count += entry.count
            return false
        }
        guard entries.count < limit else { return false }
        entries.insert(entry, at: place)
        return true
    }

    /// Takes back what one reading has; true if none has it any more.
    mutating func remove(_ entry: Entry) -> Bool {
        let place = place(of: entry.number)
        guard place < entries.count, entries[place].number == entry.number else { return false }
        entries[place].weight -= entry.weight
        entries[place].count -= entry.count
        guard entries[place].count <= 0 || entries[place].weight <= Self.nothing else { return false }
        entries.remove(at: place)
        return true
    }

    private func place(of number: UInt32) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
