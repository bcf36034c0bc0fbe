import Foundation

extension TopicState {
    func compare(
        _ reading: ItemReading, _ claims: [(term: Term, number: UInt32?, distinctness: Double)],
        _ shapes: [(UInt16, Double)], _ news: TitleNews,
        _ development: Development, _ time: Date, _ settings: StorySettings
    ) -> Features {
        var features = Features()
        let total = development.shapeTotal
        if total > 0, !shapes.isEmpty {
            for (shape, weight) in shapes {
                let share = (development.shapes[shape] ?? 0) / total
                features.kinds += min(weight, share)
                if share >= settings.tells { features.told += weight }
            }
            features.kin = kinship(shapes, development, total: total)
            features.kindsDiffer = features.kinds == 0 && features.kin == 0 ? 1 : 0
            let foremost = shapes.max { ($0.1, $1.0) < ($1.1, $0.0) }?.0
            let theirs = development.shapes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
            features.sameKind = foremost == theirs ? 1 : 0
        }
        var shared = 0.0
        var own = 0.0
        var actors = (shared: 0.0, all: 0.0)
        var title = (missing: 0.0, all: 0.0)
        var subjects = (shared: 0.0, own: 0.0)
        var groups = (shared: 0, own: 0)
        var pairs = (shared: 0.0, own: 0.0)
        for (term, number, distinctness) in claims {
            let scale = distinctness * settings.factor(term.sort)
            let weight = Double(term.weight) / 100 * scale
            let theirs = number.flatMap { development.claimed[$0]?.weight } ?? 0
            own += weight * weight
            shared += weight * theirs * scale
            if term.sort == .subject, term.place == .title {
                subjects.own += weight
                if theirs > 0 { subjects.shared += weight }
            }
            if term.place == .title, term.sort == .claim {
                pairs.own += weight
                if theirs > 0 { pairs.shared += weight }
            }
            if term.place == .title, LexiconRole.groupKeys.contains(term.key) {
                groups.own += 1
                if theirs > 0 { groups.shared += 1 }
            }
            guard term.sort == .actor || term.sort == .name else { continue }
            actors.all += weight
            if theirs > 0 { actors.shared += weight }
            if term.place == .title {
                title.all += weight
                if theirs == 0 { title.missing += weight }
            }
        }
        if own > 0, development.length > 0 {
            features.claims = min(1, shared / (own.squareRoot() * development.length))
        }
        let known = development.subjectWeight
        if subjects.own > 0 {
            if known > 0 { features.subjects = min(1, subjects.shared / min(subjects.own, known)) }
            features.subjectsDiffer = subjects.shared == 0 && !tellsSame(reading, development) ? 1 : 0
        }
        if pairs.own > 0 { features.pairs = pairs.shared / pairs.own }
        features.groups = groups.shared > 0 ? 1 : 0
        if groups.own > 0, groups.shared == 0,
            LexiconRole.groupKeys.contains(where: { isClaimed($0, by: development) })
        {
            features.groupsDiffer = 1
        }
        if actors.all > 0 { features.actors = actors.shared / actors.all }
        if title.all > 0 { features.otherActors = title.missing / title.all }
        let numbers = reading.numbers.filter(Figure.isTelling)
        let told = development.numbers.filter { Figure.isTelling($0.value) }
        if !numbers.isEmpty, !told.isEmpty {
            let shares = told.contains { numbers.contains($0.value) }
            features.numbers = shares ? 1 : 0
            features.numbersDiffer = shares ? 0 : 1
            // One report's number is no figure that the others would give too.
            let agreed = told.filter { $0.count > 1 && $0.count * 2 >= development.memberCount }
            if !agreed.isEmpty, !agreed.contains(where: { numbers.contains($0.value) }) {
                features.figuresDiffer = 1
            }
        }
        let gap = Change.milliseconds(time) - development.latest
        features.quiet = log(1 + max(0, Double(gap)) / 86_400_000)
        features.opposite = opposes(news, development) ? 1 : 0
        return features
    }

    /// Names that fewer of the reports have weigh nearly nothing: they count by the square of their share.
    private static let leastShare = 0.1

    /// Who, where and when: what the reports of the development name.
    func compareMarks(
        _ query: TermQuery, _ development: Development, _ features: inout Features,
        _ settings: StorySettings
    ) {
        var names = (shared: 0.0, all: 0.0)
        var told: Set<Term.Sort> = []
        var shared: Set<Term.Sort> = []
        for entry in development.named.entries {
            let isShared = query.part(entry.number)?.term.isMark ?? false
            if entry.sort.isTime {
                told.insert(entry.sort)
                if isShared { shared.insert(entry.sort) }
                continue
            }
            let share = Double(entry.count) / Double(max(1, development.memberCount))
            guard share >= Self.leastShare else { continue }
            let typical = entry.weight / Double(entry.count)
            let rarity = rarity(frequency: terms.frequency(entry.number), settings)
            let value = share * share * typical * rarity * settings.factor(entry.sort)
            names.all += value
            if isShared { names.shared += value }
        }
        if names.all > 0 { features.marks = names.shared / names.all }
        guard !told.isEmpty else { return }
        let own = query.parts.map(\.term).filter { $0.sort.isTime && $0.isMark }
        let isNear = own.contains { term in
            term.sort == .day
                && StatedTime.alikeDays(term.key).contains { day in
                    terms.number(of: day).map { development.named[$0] != nil } ?? false
                }
        }
        if isNear { shared.insert(.day) }
        func differs(_ sort: Term.Sort) -> Bool {
            told.contains(sort) && !shared.contains(sort) && own.contains { $0.sort == sort }
        }
        features.daysShared = isNear ? 1 : 0
        features.yearsShared = shared.contains(.year) ? 1 : 0
        features.datesDiffer = differs(.day) || differs(.year) ? 1 : 0
        features.weekdaysDiffer = differs(.weekday) ? 1 : 0
    }

    private func isClaimed(_ key: UInt64, by development: Development) -> Bool {
        terms.number(of: key).map { development.claimed[$0] != nil } ?? false
    }

    /// Overlap of what the entry tells and the development does not, with what is kin to it there.
    private func kinship(_ shapes: [(UInt16, Double)], _ development: Development, total: Double) -> Double {
        shapes.reduce(0) { sum, own in
            guard development.shapes[own.0] == nil else { return sum }
            let nearest = development.shapes.reduce(0.0) { nearest, told in
                told.value > nearest && Claim.isKin(own.0, told.key) ? told.value : nearest
            }
            return sum + min(own.1, nearest / total)
        }
    }

    /// Whether the title tells something of a person that the development tells of the same person.
    private func tellsSame(_ reading: ItemReading, _ development: Development) -> Bool {
        reading.claims.contains { claim in
            guard claim.place == .title, claim.isNews, claim.persons != 0 else { return false }
            return claim.actors.indices.contains { index in
                claim.persons & 1 << UInt8(index) != 0
                    && isClaimed(TermCollector.claimKey(claim.shape, claim.actors[index]), by: development)
            }
        }
    }

    /// News of the title, and what contradicts it: the same whatever the entry is compared with.
    struct TitleNews {
        /// The claim's own shape, those that would be its opposite and that the title does not tell itself, and its
        /// actors.
        var claims: [(shape: UInt16, opposites: [UInt16], actors: [UInt64])]

        init(_ reading: ItemReading) {
            let news = reading.claims.filter { $0.place == .title && $0.isNews }
            let told = Set(news.map(\.shape))
            claims = news.map { claim in
                let plain = Claim.shape(of: claim.kind)
                let denial = claim.flags.contains(.negated) ? plain : plain | 1
                let opposites = (claim.kind.opposites.map(Claim.shape(of:)) + [denial]).filter {
                    !told.contains($0)
                }
                return (claim.shape, opposites, claim.actors)
            }
        }
    }

    /// Whether the title tells, of an actor, the opposite of what the development mostly says of the same actor.
    private func opposes(_ news: TitleNews, _ development: Development) -> Bool {
        let total = development.shapeTotal
        guard total > 0 else { return false }
        for claim in news.claims {
            let own = development.shapes[claim.shape] ?? 0
            for opposite in claim.opposites where (development.shapes[opposite] ?? 0) > max(own, 0.2 * total)
            {
                if claim.actors.contains(where: {
                    isClaimed(TermCollector.claimKey(opposite, $0), by: development)
                }) {
                    return true
                }
            }
        }
        return false
    }
}
