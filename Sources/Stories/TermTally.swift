/// Terms of several readings, each with its weight in all of them and how many have it. Sorted by key.
struct TermTally: Sendable, Equatable {
    struct Entry: Sendable, Equatable {
        var key: UInt64
        var sort: Term.Sort
        /// Summed over the readings that have it; 1 is the prominence of a title.
        var weight: Double
        var count: Int32
    }

    private(set) var entries: [Entry] = []

    /// A weight that is left over from rounding only.
    private static let nothing = 1e-9

    /// O(log n).
    subscript(key: UInt64) -> Entry? {
        let place = place(of: key)
        return place < entries.count && entries[place].key == key ? entries[place] : nil
    }

    /// Every entry, and whether it is among the terms, which are sorted by key. O(n + m).
    func compare(with terms: [Term], _ body: (_ entry: Entry, _ isShared: Bool) -> Void) {
        var next = 0
        for entry in entries {
            while next < terms.count, terms[next].key < entry.key { next += 1 }
            body(entry, next < terms.count && terms[next].key == entry.key)
        }
    }

    /// Counts a term of one more reading; true for a new one.
    mutating func add(_ term: Term) -> Bool {
        add(Entry(key: term.key, sort: term.sort, weight: Double(term.weight) / 100, count: 1))
    }

    /// Counts what several readings have; true for a new one.
    mutating func add(_ entry: Entry) -> Bool {
        let place = place(of: entry.key)
        guard place < entries.count, entries[place].key == entry.key else {
            entries.insert(entry, at: place)
            return true
        }
        entries[place].weight += entry.weight
        entries[place].count += entry.count
        return false
    }

    /// Takes back a term of one reading; true if none has it any more.
    mutating func remove(_ term: Term) -> Bool {
        let place = place(of: term.key)
        guard place < entries.count, entries[place].key == term.key else { return false }
        entries[place].weight -= Double(term.weight) / 100
        entries[place].count -= 1
        guard entries[place].count <= 0 || entries[place].weight <= Self.nothing else { return false }
        entries.remove(at: place)
        return true
    }

    private func place(of key: UInt64) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
