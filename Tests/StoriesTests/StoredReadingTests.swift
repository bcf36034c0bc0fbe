import Testing

@testable import Stories

@Suite struct StoredReadingTests {
    private static let reading = ItemReading(
        terms: [
            Term(key: 3, sort: .word, weight: 255, place: .body),
            Term(key: 9, sort: .subject, weight: 1, place: .title),
            Term(key: .max, sort: .number, weight: 77, place: .lead),
        ],
        claims: [
            Claim(
                kind: .removal, flags: [.negated, .again], place: .lead, actors: [5, .max, 6], persons: 5),
            Claim(kind: .talks, flags: [], place: .title, actors: []),
        ], numbers: [0.1, -3e300])

    @Test func whatIsKeptIsWhatCame() {
        var table = TermTable(limit: 4)
        _ = table.numbered(77)
        let stored = StoredReading(Self.reading, numbers: Self.reading.terms.map { table.numbered($0.key) })
        #expect(stored.reading(table) == Self.reading)
        #expect(stored.claims == Self.reading.claims)
        #expect(stored.textualCount == 2)
    }

    @Test func nothingIsKeptOfNothing() {
        let table = TermTable(limit: 4)
        #expect(StoredReading(ItemReading(), numbers: []).reading(table) == ItemReading())
        #expect(StoredReading().reading(table) == ItemReading())
    }
}
