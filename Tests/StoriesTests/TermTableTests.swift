import Testing

@testable import Stories

@Suite struct TermTableTests {
    private func slots(_ table: TermTable, _ number: UInt32) -> Set<Int32> {
        var slots: Set<Int32> = []
        table.forEachSlot(number) { slots.insert($0) }
        return slots
    }

    @Test func theLatestEntriesOfATermAreListed() {
        var table = TermTable(limit: 3)
        let number = table.numbered(7)
        let displaced = (0..<5).map { table.list($0, for: number) }
        #expect(displaced == [nil, nil, nil, 0, 1])
        #expect(slots(table, number) == [2, 3, 4])
        #expect(table.frequency(number) == 5)
        #expect(table.listed(number) == 3)
    }

    @Test func listsOfManyTermsDoNotMeet() {
        var table = TermTable(limit: 48)
        let numbers = (0..<40).map { table.numbered(UInt64($0) << 40) }
        for slot in 0..<Int32(60) {
            for (place, number) in numbers.enumerated() where Int(slot) % (place + 1) == 0 {
                _ = table.list(slot, for: number)
            }
        }
        for (place, number) in numbers.enumerated() {
            let expected = (0..<Int32(60)).filter { Int($0) % (place + 1) == 0 }.suffix(48)
            #expect(slots(table, number) == Set(expected))
        }
    }

    @Test func whatIsTakenBackLeavesNothing() {
        var table = TermTable(limit: 4)
        let old = table.numbered(1)
        for slot in 0..<Int32(6) { _ = table.list(slot, for: old) }
        let before = table
        var displaced: [Int32?] = []
        for slot in 6..<Int32(20) { displaced.append(table.list(slot, for: old)) }
        let new = table.numbered(2)
        displaced.append(table.list(20, for: new))
        #expect(table != before)

        table.unlist(new, displaced: displaced.removeLast())
        for slot in displaced.reversed() { table.unlist(old, displaced: slot) }
        table.truncate(to: before.count)
        #expect(table == before)
        #expect(table.number(of: 2) == nil)
    }
}
