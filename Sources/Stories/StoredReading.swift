/// What is kept of an `ItemReading` while its entry can be compared: terms by their number in the topic's `TermTable`.
struct StoredReading: Sendable, Equatable {
    struct Term: Sendable, Equatable {
        var number: UInt32
        var weight: UInt8
        private var code: UInt8

        init(_ term: Stories.Term, number: UInt32) {
            self.number = number
            weight = term.weight
            code = term.sort.rawValue | term.place.rawValue << 4
        }

        /// Place of its sort in `StorySettings.sortFactors`.
        var sortPlace: Int { Int(code & 0x0F) }
        var isInTitle: Bool { code >> 4 == Claim.Place.title.rawValue }

        func whole(key: UInt64) -> Stories.Term? {
            guard let sort = Stories.Term.Sort(rawValue: code & 0x0F), let place = Claim.Place(rawValue: code >> 4)
            else { return nil }
            return Stories.Term(key: key, sort: sort, weight: weight, place: place)
        }
    }

    /// In the order of the reading: by key.
    private(set) var terms: [Term] = []
    /// Words among them, `Term.isTextual`.
    private(set) var textualCount = 0
    /// Number of claims; for each what it is, in one word, and its actors; then the numbers' bits. Empty for neither.
    private var rest: [UInt64] = []
    private var figure: Figure?

    init() {}

    /// `numbers` are those of the reading's terms, in their order.
    init(_ reading: ItemReading, numbers: [UInt32]) {
        terms = zip(reading.terms, numbers).map { Term($0, number: $1) }
        textualCount = reading.terms.count { $0.isTextual }
        figure = reading.figure
        guard !reading.claims.isEmpty || !reading.numbers.isEmpty else { return }
        let words = reading.claims.reduce(1 + reading.numbers.count) { $0 + 1 + $1.actors.count }
        rest.reserveCapacity(words)
        rest.append(UInt64(reading.claims.count))
        for claim in reading.claims {
            rest.append(
                UInt64(claim.kind.ordinal) | UInt64(claim.flags.rawValue) << 8 | UInt64(claim.place.rawValue) << 16
                    | UInt64(claim.persons) << 24 | UInt64(claim.actors.count) << 32)
            rest.append(contentsOf: claim.actors)
        }
        rest.append(contentsOf: reading.numbers.map(\.bitPattern))
    }

    /// The reading as it came.
    func reading(_ table: TermTable) -> ItemReading {
        let claims = claims
        let used = claims.reduce(1) { $0 + 1 + $1.actors.count }
        return ItemReading(
            terms: terms.compactMap { $0.whole(key: table.key($0.number)) }, claims: claims,
            numbers: rest.dropFirst(used).map { Double(bitPattern: $0) }, figure: figure)
    }

    var claims: [Claim] {
        var claims: [Claim] = []
        var next = 1
        for _ in 0..<(rest.first ?? 0) {
            let word = rest[next]
            let actors = Array(rest[(next + 1)..<(next + 1 + Int(word >> 32))])
            next += 1 + actors.count
            guard let kind = EventKind(ordinal: UInt8(truncatingIfNeeded: word)),
                let place = Claim.Place(rawValue: UInt8(truncatingIfNeeded: word >> 16))
            else { continue }
            claims.append(
                Claim(
                    kind: kind, flags: Claim.Flags(rawValue: UInt8(truncatingIfNeeded: word >> 8)), place: place,
                    actors: actors, persons: UInt8(truncatingIfNeeded: word >> 24)))
        }
        return claims
    }
}
