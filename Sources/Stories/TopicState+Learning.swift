extension TopicState {
    /// The reading with only the given claims and what goes with them; all of it for none.
    static func part(_ claims: [Int], of reading: ItemReading) -> ItemReading {
        guard !claims.isEmpty else { return reading }
        var result = reading
        result.claims = claims.compactMap { $0 < reading.claims.count ? reading.claims[$0] : nil }
        var keys: Set<UInt64> = []
        for claim in result.claims {
            keys.insert(TermCollector.kindKey(claim.shape))
            for actor in claim.actors {
                keys.formUnion([
                    actor, TermCollector.subjectKey(actor), TermCollector.claimKey(claim.shape, actor),
                ])
            }
        }
        result.figure = nil
        result.terms = reading.terms.filter { !$0.isClaimLike || keys.contains($0.key) }
        return result
    }

    mutating func remember(
        _ reading: ItemReading, in place: Int, at milliseconds: Int64, _ settings: StorySettings
    ) {
        developments[place].latest = max(developments[place].latest, milliseconds)
        developments[place].opened = min(developments[place].opened, milliseconds)
        developments[place].memberCount += 1
        for (shape, weight) in Self.shapes(of: reading, settings) {
            developments[place].shapes[shape, default: 0] += weight
            developments[place].shapeTotal += weight
        }
        for term in reading.terms where term.isProminent || term.isMark {
            let number = numbered(term.key)
            let entry = TermTally.Entry(term, number: number)
            if term.isProminent, developments[place].claimed.add(entry, limit: settings.developmentTerms) {
                countMore(number)
            }
            if term.isMark { _ = developments[place].named.add(entry, limit: settings.developmentTerms) }
        }
        weigh(place, settings)
        noteFigure(reading.figure, of: place)
        for number in Set(reading.numbers).sorted() {
            addNumber(ToldNumber(value: number, count: 1), to: place)
        }
    }

    /// A weight that is left over from rounding only.
    private static let nothing = 1e-9

    /// Takes back what `remember` added, except the figure, which others may have told too.
    mutating func forget(_ reading: ItemReading, in place: Int, _ settings: StorySettings) {
        developments[place].memberCount = max(0, developments[place].memberCount - 1)
        for (shape, weight) in Self.shapes(of: reading, settings) {
            let left = (developments[place].shapes[shape] ?? 0) - weight
            developments[place].shapes[shape] = left > Self.nothing ? left : nil
            developments[place].shapeTotal = max(0, developments[place].shapeTotal - weight)
        }
        for term in reading.terms where term.isProminent || term.isMark {
            guard let number = terms.number(of: term.key) else { continue }
            let entry = TermTally.Entry(term, number: number)
            if term.isProminent, developments[place].claimed.remove(entry) { countLess(number) }
            if term.isMark { _ = developments[place].named.remove(entry) }
        }
        for number in Set(reading.numbers) { removeNumber(number, from: place) }
        weigh(place, settings)
    }

    /// Keeps the greatest figure told.
    mutating func noteFigure(_ figure: Figure?, of place: Int) {
        guard let figure else { return }
        let known = developments[place].figure
        if known.map({ $0.unit == figure.unit && $0.value < figure.value }) ?? true {
            developments[place].figure = figure
        }
    }

    /// Numbers that a development is known by, at most; later ones are not counted.
    private static let mostNumbers = 64

    /// Counts a number; a new one only as long as there are few.
    mutating func addNumber(_ number: ToldNumber, to place: Int) {
        if let known = developments[place].numbers.firstIndex(where: { $0.value == number.value }) {
            developments[place].numbers[known].count += number.count
        } else if developments[place].numbers.count < Self.mostNumbers {
            developments[place].numbers.append(number)
        }
    }

    private mutating func removeNumber(_ number: Double, from place: Int) {
        guard let known = developments[place].numbers.firstIndex(where: { $0.value == number }) else {
            return
        }
        developments[place].numbers[known].count -= 1
        if developments[place].numbers[known].count <= 0 { developments[place].numbers.remove(at: known) }
    }

    /// The lengths of a development as they are now.
    mutating func weigh(_ place: Int, _ settings: StorySettings) {
        let members = Double(developments[place].memberCount)
        let claimed = developments[place].claimed.entries
        developments[place].subjectWeight = claimed.reduce(0) { sum, entry in
            guard entry.sort == .subject else { return sum }
            return sum + min(1, entry.weight / members) * distinctness(spread: terms.spread(entry.number))
        }
        developments[place].length = claimed.reduce(0) { sum, entry in
            let rarity = distinctness(spread: terms.spread(entry.number))
            let value = entry.weight * rarity * settings.factor(entry.sort)
            return sum + value * value
        }.squareRoot()
    }

    /// Kinds told as a distribution: the title's, and the lead's beside them or in their place; nothing
    /// recalled.
    static func shapes(of reading: ItemReading, _ settings: StorySettings) -> [(UInt16, Double)] {
        var weights: [UInt16: Double] = [:]
        let titleTells = reading.claims.contains { $0.place == .title && $0.isNews && !$0.kind.isWeak }
        let lead = titleTells ? settings.leadBesideTitle : 1
        for claim in reading.claims where !claim.kind.isWeak && claim.place != .body {
            guard !claim.flags.contains(.background) else { continue }
            let scale = claim.flags.contains(.embedded) ? settings.embedded : 1
            let weight = (claim.place == .title ? 1 : lead) * scale
            weights[claim.shape] = max(weights[claim.shape] ?? 0, weight)
        }
        let sorted = weights.sorted { $0.key < $1.key }
        let sum = sorted.reduce(0) { $0 + $1.value }
        let strength = titleTells ? 1 : settings.leadAlone
        return sum > 0 ? sorted.map { ($0.key, $0.value / sum * strength) } : []
    }
}
