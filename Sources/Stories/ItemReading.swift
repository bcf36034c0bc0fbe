/// What one entry says in one topic: all that comparison needs, and all that is kept of it.
struct ItemReading: Sendable, Equatable {
    /// Sorted by key, each key once.
    var terms: [Term] = []
    /// In order of appearance.
    var claims: [Claim] = []
    /// Values of the title and the lead, for growth and contradiction.
    var numbers: [Double] = []
    /// How many or how much, by the title.
    var figure: Figure?
}

extension ItemReading {
    func encode(to writer: inout ByteWriter) {
        writer.count(terms.count)
        for term in terms {
            writer.fixed(term.key)
            writer.byte(term.sort.rawValue | term.place.rawValue << 4)
            writer.byte(term.weight)
        }
        writer.count(claims.count)
        for claim in claims {
            writer.byte(claim.kind.ordinal)
            writer.byte(claim.flags.rawValue)
            writer.byte(claim.place.rawValue)
            writer.count(claim.actors.count)
            for actor in claim.actors { writer.fixed(actor) }
            writer.byte(claim.persons)
        }
        writer.count(numbers.count)
        for number in numbers { writer.fixed(number.bitPattern) }
        writer.byte(figure == nil ? 0 : 1)
        if let figure {
            writer.fixed(figure.value.bitPattern)
            writer.text(figure.unit)
        }
    }

    /// `version` is that of the change.
    init(from reader: inout ByteReader, version: UInt8) throws(StoryFailure) {
        let termCount = try reader.count()
        terms.reserveCapacity(termCount)
        for _ in 0..<termCount {
            let key = try reader.fixed64()
            let code = try reader.byte()
            guard let sort = Term.Sort(rawValue: code & 0x0F), let place = Claim.Place(rawValue: code >> 4)
            else {
                throw .malformed("term")
            }
            terms.append(Term(key: key, sort: sort, weight: try reader.byte(), place: place))
        }
        for _ in 0..<(try reader.count()) {
            guard let kind = EventKind(ordinal: try reader.byte()) else { throw .malformed("kind of event") }
            let flags = Claim.Flags(rawValue: try reader.byte())
            guard let place = Claim.Place(rawValue: try reader.byte()) else { throw .malformed("place") }
            var actors: [UInt64] = []
            for _ in 0..<(try reader.count()) { actors.append(try reader.fixed64()) }
            claims.append(
                Claim(kind: kind, flags: flags, place: place, actors: actors, persons: try reader.byte()))
        }
        for _ in 0..<(try reader.count()) { numbers.append(Double(bitPattern: try reader.fixed64())) }
        guard version >= Change.firstWithFigures, try reader.byte() == 1 else { return }
        figure = Figure(value: Double(bitPattern: try reader.fixed64()), unit: try reader.text())
    }
}
