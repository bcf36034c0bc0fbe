/// The terms that a topic has seen: how often, in how many developments, and in which of its latest entries.
///
/// Terms are numbered in the order in which they first came, so that what is kept of an entry needs half the bytes of a
/// key for each and finds a term's counts without a search.
struct TermTable: Sendable {
    private struct Facts: Sendable, Equatable {
        /// Entries that have the term.
        var frequency: UInt32 = 0
        /// Developments that are known by it.
        var spread: UInt32 = 0
        /// Where its list of entries begins in `slots`.
        var start: UInt32 = 0
        /// Room of the list, as a power of two; `capacity(0)` is one entry.
        var room: UInt8 = 0
        /// Entries listed.
        var count: UInt16 = 0
        /// Place of the oldest one, once the list is full and goes round.
        var oldest: UInt16 = 0
    }

    /// Entries listed for a term, at most.
    private let limit: Int
    private var numbers: [UInt64: UInt32] = [:]
    private var keys: [UInt64] = []
    private var facts: [Facts] = []
    /// The lists of all terms.
    private var slots: [Int32] = []
    /// Beginnings of unused lists, by room.
    private var unused: [[UInt32]]

    /// A table whose lists hold `limit` entries, 1…32,768, each.
    init(limit: Int) {
        self.limit = min(max(1, limit), 1 << 15)
        unused = Array(repeating: [], count: 17)
    }

    /// Terms that have a number.
    var count: Int { keys.count }

    /// The number of a term that was seen, or is part of a development.
    func number(of key: UInt64) -> UInt32? { numbers[key] }

    func key(_ number: UInt32) -> UInt64 { keys[Int(number)] }
    func frequency(_ number: UInt32) -> UInt32 { facts[Int(number)].frequency }
    func spread(_ number: UInt32) -> UInt32 { facts[Int(number)].spread }
    func listed(_ number: UInt32) -> Int { Int(facts[Int(number)].count) }

    /// The number of a term, a new one if it has none.
    mutating func numbered(_ key: UInt64) -> UInt32 {
        if let number = numbers[key] { return number }
        let number = UInt32(truncatingIfNeeded: keys.count)
        numbers[key] = number
        keys.append(key)
        facts.append(Facts())
        return number
    }

    mutating func setSpread(_ number: UInt32, _ value: UInt32) { facts[Int(number)].spread = value }

    /// Calls `body` with the entries listed for a term, in no order.
    func forEachSlot(_ number: UInt32, _ body: (Int32) -> Void) {
        let fact = facts[Int(number)]
        let start = Int(fact.start)
        for place in start..<start + Int(fact.count) { body(slots[place]) }
    }

    /// Lists one more entry for a term; returns the one that it displaces.
    mutating func list(_ slot: Int32, for number: UInt32) -> Int32? {
        var fact = facts[Int(number)]
        defer { facts[Int(number)] = fact }
        fact.frequency += 1
        if fact.count == limit {
            let place = Int(fact.start) + Int(fact.oldest)
            let displaced = slots[place]
            slots[place] = slot
            fact.oldest = fact.oldest + 1 == limit ? 0 : fact.oldest + 1
            return displaced
        }
        if fact.count == 0 {
            fact.room = 0
            fact.start = take(room: 0)
        } else if Int(fact.count) == capacity(fact.room) {
            let start = take(room: fact.room + 1)
            for place in 0..<Int(fact.count) { slots[Int(start) + place] = slots[Int(fact.start) + place] }
            unused[Int(fact.room)].append(fact.start)
            fact.start = start
            fact.room += 1
        }
        slots[Int(fact.start) + Int(fact.count)] = slot
        fact.count += 1
        return nil
    }

    /// Takes back the latest `list` for a term, which displaced `displaced`.
    mutating func unlist(_ number: UInt32, displaced: Int32?) {
        var fact = facts[Int(number)]
        defer { facts[Int(number)] = fact }
        guard fact.count > 0 else { return }
        fact.frequency -= 1
        if let displaced {
            fact.oldest = fact.oldest == 0 ? UInt16(limit - 1) : fact.oldest - 1
            slots[Int(fact.start) + Int(fact.oldest)] = displaced
        } else {
            fact.count -= 1
            if fact.count == 0 { unused[Int(fact.room)].append(fact.start) }
        }
    }

    /// Takes the numbers from `count` on away; nothing may be listed for them.
    mutating func truncate(to count: Int) {
        while keys.count > count {
            numbers[keys.removeLast()] = nil
            facts.removeLast()
        }
    }

    private func capacity(_ room: UInt8) -> Int { min(1 << Int(room), limit) }

    private mutating func take(room: UInt8) -> UInt32 {
        if let start = unused[Int(room)].popLast() { return start }
        let start = UInt32(truncatingIfNeeded: slots.count)
        slots.append(contentsOf: repeatElement(0, count: capacity(room)))
        return start
    }
}

extension TermTable: Equatable {
    /// Whether two tables know the same, wherever they keep it.
    static func == (one: TermTable, other: TermTable) -> Bool {
        guard one.limit == other.limit, one.keys == other.keys else { return false }
        return one.keys.indices.allSatisfy { place in
            let number = UInt32(truncatingIfNeeded: place)
            return one.frequency(number) == other.frequency(number)
                && one.spread(number) == other.spread(number) && one.list(number) == other.list(number)
        }
    }

    /// Entries listed for a term, oldest first.
    private func list(_ number: UInt32) -> [Int32] {
        var list: [Int32] = []
        forEachSlot(number) { list.append($0) }
        let oldest = min(list.count, Int(facts[Int(number)].oldest))
        return Array(list[oldest...] + list[..<oldest])
    }
}
