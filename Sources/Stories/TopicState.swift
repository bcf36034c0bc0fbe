import Foundation

/// What a topic has been told so far. A value: copies share storage until one of them changes.
struct TopicState: Sendable, Equatable {
    struct Item: Sendable, Equatable {
        var entry: EntryNumber
        /// Engine time, milliseconds.
        var time: Int64
        var reading: ItemReading
        var developments: [Int]
        /// Length of its term vector when it came.
        var norm: Double
    }

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
        var sort: Term.Sort
        var weight: Double
    }

    private(set) var items: [Item] = []
    var developments: [Development] = []
    /// Items before this one have left the copy window: their readings are forgotten, their developments
    /// stay.
    private var firstLive = 0
    private var frequency: [UInt64: UInt32] = [:]
    private var postings: [UInt64: [Int32]] = [:]
    /// In how many developments a kind, actor, name or claim occurs.
    private var spread: [UInt64: UInt32] = [:]
    private var developmentPlaces: [DevelopmentID: Int] = [:]
    /// Developments of every entry on topic, copies too.
    private var carried: [EntryNumber: [Int]] = [:]

    func development(_ id: DevelopmentID) -> Int? { developmentPlaces[id] }

    /// Ids of those that were not merged into another one, in the order in which they opened.
    var standingDevelopments: [DevelopmentID] {
        developments.indices.map { (place: $0, id: developments[$0].id) }
            .filter { developmentPlaces[$0.id] == $0.place }.map(\.id)
    }

    func developments(of entry: EntryNumber) -> [DevelopmentID]? {
        carried[entry]?.map { developments[$0].id }
    }

    /// Whether the entry belongs to the topic, whatever was decided on it.
    func isOnTopic(_ entry: EntryNumber) -> Bool { carried[entry] != nil }

    /// Rarity of a term among the entries told so far.
    func rarity(_ key: UInt64) -> Double {
        log(1 + (Double(items.count) + 8) / (Double(frequency[key] ?? 0) + 0.5))
    }

    /// Rarity of a kind, an actor or a claim among developments: thirty reports of one event are one.
    func distinctness(_ key: UInt64) -> Double {
        log(1 + (Double(developments.count) + 2) / (Double(spread[key] ?? 0) + 0.5))
    }

    func seen(_ key: UInt64) -> Bool { frequency[key] != nil }

    mutating func apply(_ change: Change.Topic, entry: EntryNumber, time: Date, settings: StorySettings) {
        let milliseconds = Change.milliseconds(time)
        var places: [Int] = []
        var claims: [[Int]] = []
        for part in change.parts {
            if let place = developmentPlaces[part.development] {
                places.append(place)
            } else if part.isOpened {
                places.append(open(part.development, at: milliseconds, until: milliseconds, by: entry))
            } else {
                continue
            }
            claims.append(part.claims)
        }
        carried[entry] = places
        guard change.counts, !places.isEmpty else { return }
        for (place, claims) in zip(places, claims) {
            remember(Self.part(claims, of: change.reading), in: place, at: milliseconds, settings)
        }
        let norm = norm(change.reading.terms, settings)
        let slot = Int32(truncatingIfNeeded: items.count)
        items.append(
            Item(
                entry: entry, time: milliseconds, reading: change.reading, developments: places, norm: norm))
        for term in change.reading.terms {
            frequency[term.key, default: 0] += 1
            var list = postings[term.key] ?? []
            list.append(slot)
            if list.count > settings.postingLength { list.removeFirst(list.count - settings.postingLength) }
            postings[term.key] = list
        }
    }

    /// Forgets the readings of entries older than the limit, oldest arrivals first.
    mutating func expire(before limit: Date) {
        let milliseconds = Change.milliseconds(limit)
        while firstLive < items.count, items[firstLive].time < milliseconds {
            items[firstLive].reading = ItemReading()
            firstLive += 1
        }
    }

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
        result.terms = reading.terms.filter { !$0.isClaimLike || keys.contains($0.key) }
        return result
    }

    /// A development that nothing is known of yet; returns its place.
    mutating func open(_ id: DevelopmentID, at opened: Int64, until latest: Int64, by entry: EntryNumber)
        -> Int
    {
        developmentPlaces[id] = developments.count
        developments.append(Development(id: id, opened: opened, latest: latest, opener: entry))
        return developments.count - 1
    }

    /// Everything that names the place `source` names `target` from now on; so does the id.
    mutating func redirect(_ id: DevelopmentID, from source: Int, to target: Int) {
        developmentPlaces[id] = target
        move(nil, from: source, to: target)
    }

    /// The entries, all for nil, carry `target` in the place of `source`.
    mutating func move(_ entries: Set<EntryNumber>?, from source: Int, to target: Int) {
        func moved(_ places: [Int]) -> [Int] {
            guard places.contains(source) else { return places }
            var seen: Set<Int> = []
            return places.map { $0 == source ? target : $0 }.filter { seen.insert($0).inserted }
        }
        for index in items.indices where entries?.contains(items[index].entry) ?? true {
            items[index].developments = moved(items[index].developments)
        }
        for (entry, places) in carried where entries?.contains(entry) ?? true {
            carried[entry] = moved(places)
        }
    }

    /// One development fewer has this key.
    mutating func countLess(_ key: UInt64) {
        guard let count = spread[key] else { return }
        spread[key] = count > 1 ? count - 1 : nil
    }

    /// Keeps a number, as long as there are few.
    mutating func addNumber(_ number: Double, to place: Int) {
        guard !developments[place].numbers.contains(number), developments[place].numbers.count < 64 else {
            return
        }
        developments[place].numbers.append(number)
    }

    /// Takes back what `remember` added, except numbers, which others may have told too.
    mutating func forget(_ reading: ItemReading, in place: Int, _ settings: StorySettings) {
        developments[place].memberCount = max(0, developments[place].memberCount - 1)
        for (shape, weight) in Self.shapes(of: reading, settings) {
            let left = (developments[place].shapes[shape] ?? 0) - weight
            developments[place].shapes[shape] = left > Self.nothing ? left : nil
            developments[place].shapeTotal = max(0, developments[place].shapeTotal - weight)
        }
        for term in reading.terms where term.isProminent {
            guard let known = developments[place].index(of: term.key) else { continue }
            developments[place].keys[known].weight -= Double(term.weight) / 100
            if developments[place].keys[known].weight <= Self.nothing {
                developments[place].keys.remove(at: known)
                countLess(term.key)
            }
        }
        weigh(place, settings)
    }

    /// A weight that is left over from rounding only.
    private static let nothing = 1e-9

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
        for term in reading.terms where term.isProminent {
            let weight = Double(term.weight) / 100
            if let known = developments[place].index(of: term.key) {
                developments[place].keys[known].weight += weight
            } else {
                spread[term.key, default: 0] += 1
                let key = Key(key: term.key, sort: term.sort, weight: weight)
                developments[place].keys.insert(key, at: developments[place].insertion(of: term.key))
            }
        }
        weigh(place, settings)
        for number in reading.numbers { addNumber(number, to: place) }
    }

    /// The lengths of a development as they are now.
    mutating func weigh(_ place: Int, _ settings: StorySettings) {
        let members = Double(developments[place].memberCount)
        developments[place].subjectWeight = developments[place].keys.reduce(0) { sum, key in
            key.sort == .subject ? sum + min(1, key.weight / members) * distinctness(key.key) : sum
        }
        developments[place].length = developments[place].keys.reduce(0) { sum, key in
            let value = key.weight * distinctness(key.key) * settings.sortFactors[Int(key.sort.rawValue)]
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
        return sum > 0 ? sorted.map { ($0.key, $0.value / sum) } : []
    }

    private func norm(_ terms: [Term], _ settings: StorySettings) -> Double {
        var sum = 0.0
        for term in terms where term.isTextual {
            let value = weight(term, settings)
            sum += value * value
        }
        return sum.squareRoot()
    }

    private func weight(_ term: Term, _ settings: StorySettings) -> Double {
        settings.sortFactors[Int(term.sort.rawValue)] * Double(term.weight) / 100 * rarity(term.key)
    }

    /// A development that the entry may belong to.
    struct Candidate: Sendable {
        var place: Int
        var features: Features
        var score: Double
        /// The member that is nearest.
        var nearestItem: Int?
    }

    /// Developments that share rare terms with the entry, best first; ties by age.
    func candidates(for reading: ItemReading, time: Date, settings: StorySettings) -> [Candidate] {
        let weights = reading.terms.map { weight($0, settings) }
        let norm = norm(reading.terms, settings)
        guard !weights.isEmpty else { return [] }
        var shared: [Int32: Double] = [:]
        for (term, weight) in zip(reading.terms, weights) {
            for slot in postings[term.key] ?? [] { shared[slot, default: 0] += weight * rarity(term.key) }
        }
        let nearest = shared.sorted { ($0.value, $0.key) > ($1.value, $1.key) }.prefix(settings.comparedItems)
        var cosines: [Int: [(value: Double, slot: Int)]] = [:]
        for (slot, _) in nearest {
            let item = items[Int(slot)]
            let value =
                dot(reading.terms, weights, item.reading.terms, settings) / max(norm * item.norm, 1e-9)
            for place in item.developments { cosines[place, default: []].append((min(1, value), Int(slot))) }
        }
        let shapes = Self.shapes(of: reading, settings)
        let wordCount = reading.terms.count { $0.isTextual }
        var result: [Candidate] = []
        for (place, values) in cosines {
            let sorted = values.sorted { ($0.value, $0.slot) > ($1.value, $1.slot) }
            var features = compare(reading, shapes, developments[place], time, settings)
            features.nearest = sorted[0].value
            let shorter = min(wordCount, items[sorted[0].slot].reading.terms.count { $0.isTextual })
            features.brevity = 1 / (1 + Double(shorter) / 20)
            let top = sorted.prefix(3)
            features.average = top.reduce(0) { $0 + $1.value } / Double(top.count)
            result.append(
                Candidate(
                    place: place, features: features, score: features.score(settings),
                    nearestItem: sorted[0].slot))
        }
        return result.sorted { ($0.score, -$0.place) > ($1.score, -$1.place) }
    }

    private func dot(
        _ terms: [Term], _ weights: [Double], _ others: [Term], _ settings: StorySettings
    ) -> Double {
        var sum = 0.0
        var index = 0
        var other = 0
        while index < terms.count, other < others.count {
            if terms[index].key == others[other].key {
                if terms[index].isTextual { sum += weights[index] * weight(others[other], settings) }
                index += 1
                other += 1
            } else if terms[index].key < others[other].key {
                index += 1
            } else {
                other += 1
            }
        }
        return sum
    }

    private func compare(
        _ reading: ItemReading, _ shapes: [(UInt16, Double)], _ development: Development,
        _ time: Date, _ settings: StorySettings
    ) -> Features {
        var features = Features()
        let total = development.shapeTotal
        if total > 0, !shapes.isEmpty {
            for (shape, weight) in shapes {
                features.kinds += min(weight, (development.shapes[shape] ?? 0) / total)
            }
            features.kindsDiffer = features.kinds == 0 ? 1 : 0
            let foremost = shapes.max { ($0.1, $1.0) < ($1.1, $0.0) }?.0
            let theirs = development.shapes.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
            features.sameKind = foremost == theirs ? 1 : 0
        }
        let claims = reading.terms.filter(\.isProminent)
        var shared = 0.0
        var own = 0.0
        var actors = (shared: 0.0, all: 0.0)
        var title = (missing: 0.0, all: 0.0)
        var subjects = (shared: 0.0, own: 0.0)
        for term in claims {
            let scale = distinctness(term.key) * settings.sortFactors[Int(term.sort.rawValue)]
            let weight = Double(term.weight) / 100 * scale
            let theirs = development.index(of: term.key).map { development.keys[$0].weight } ?? 0
            own += weight * weight
            shared += weight * theirs * scale
            if term.sort == .subject, term.place == .title {
                subjects.own += weight
                if theirs > 0 { subjects.shared += weight }
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
        if actors.all > 0 { features.actors = actors.shared / actors.all }
        if title.all > 0 { features.otherActors = title.missing / title.all }
        let numbers = reading.numbers.filter(Self.isTelling)
        let told = development.numbers.filter(Self.isTelling)
        if !numbers.isEmpty, !told.isEmpty {
            let shares = numbers.contains { told.contains($0) }
            features.numbers = shares ? 1 : 0
            features.numbersDiffer = shares ? 0 : 1
        }
        let gap = Change.milliseconds(time) - development.latest
        features.quiet = log(1 + max(0, Double(gap)) / 86_400_000)
        features.opposite = opposes(reading, development) ? 1 : 0
        return features
    }

    /// Whether the title tells something of a person that the development tells of the same person.
    private func tellsSame(_ reading: ItemReading, _ development: Development) -> Bool {
        reading.claims.contains { claim in
            guard claim.place == .title, claim.isNews, claim.persons != 0 else { return false }
            return claim.actors.indices.contains { index in
                claim.persons & 1 << UInt8(index) != 0
                    && development.index(of: TermCollector.claimKey(claim.shape, claim.actors[index])) != nil
            }
        }
    }

    /// Small counts and years agree by chance.
    private static func isTelling(_ number: Double) -> Bool {
        abs(number) > 4 && !(number >= 1900 && number < 2100 && number == number.rounded())
    }

    /// Whether the entry tells, of an actor, the opposite of what the development mostly says of the same
    /// actor.
    private func opposes(_ reading: ItemReading, _ development: Development) -> Bool {
        let total = development.shapeTotal
        guard total > 0 else { return false }
        let told = Set(reading.claims.filter { $0.place == .title && $0.isNews }.map(\.shape))
        for claim in reading.claims where claim.place == .title && claim.isNews {
            var against = claim.kind.opposites.map(Claim.shape(of:))
            let plain = Claim.shape(of: claim.kind)
            against.append(claim.flags.contains(.negated) ? plain : plain | 1)
            let own = development.shapes[claim.shape] ?? 0
            for shape in against
            where (development.shapes[shape] ?? 0) > max(own, 0.2 * total) && !told.contains(shape) {
                if claim.actors.contains(where: {
                    development.index(of: TermCollector.claimKey(shape, $0)) != nil
                }) {
                    return true
                }
            }
        }
        return false
    }
}
