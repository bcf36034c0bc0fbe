import Foundation
import Normalization

/// A profile compiled for reading, and the reading itself.
struct TopicReader: Sendable {
    let profile: TopicProfile
    private let entities: EntityTable
    private let context: PatternTable
    private let exclusions: [(terms: PatternTable, unless: PatternTable)]
    private let actorKeys: [UInt64]
    private let tellingActors: Set<UInt64>
    private let personActors: Set<UInt64>

    init(profile: TopicProfile) {
        self.profile = profile
        entities = EntityTable(profile.entities)
        var context = PatternTable()
        for (index, term) in profile.context.terms.enumerated() { context.add(term, as: .term(index)) }
        self.context = context
        exclusions = profile.exclusions.map { exclusion in
            var terms = PatternTable()
            var unless = PatternTable()
            for (index, term) in exclusion.terms.enumerated() { terms.add(term, as: .term(index)) }
            for (index, term) in exclusion.unless.enumerated() { unless.add(term, as: .term(index)) }
            return (terms, unless)
        }
        let keys = profile.entities.map { FixedHash.of(1, FixedHash.of($0.id.utf8)) }
        actorKeys = keys
        personActors = Set(zip(profile.entities, keys).filter { $0.0.kind == .person }.map(\.1))
        tellingActors = Set(
            zip(profile.entities, keys).filter { $0.0.kind == .person && !$0.0.isCentral }.map(\.1))
    }

    /// What the text says in this topic, and whether it belongs to it.
    func read(_ text: ReadText, settings: StorySettings) -> TopicReading {
        let mentions = entities.mentions(in: text.tokens, language: text.language)
        let relevance = relevance(text, mentions, settings)
        guard relevance.score >= settings.relevance || profile.takesEverything else {
            return TopicReading(relevance: relevance, reading: ItemReading(), primary: [])
        }
        let actors = actors(text, mentions, settings)
        let reader = ClaimReader(tokens: text.tokens, hits: text.hits, actors: actors, persons: personActors)
        let claims = reader.claims { text.place(of: $0) }
        var collector = TermCollector(settings: settings)
        collector.addWords(text, covered: mentions)
        for actor in actors { collector.add(actor.key, .actor, at: text.place(of: actor.start)) }
        for subject in reader.subjects(place: { text.place(of: $0) }) where isTelling(subject.key) {
            collector.addSubject(subject.key, at: subject.place)
        }
        for number in text.numbers { collector.addNumber(number) }
        for (time, place) in text.times { collector.add(time.key, time.sort, at: place) }
        for claim in claims { collector.add(claim) }
        let reading = ItemReading(
            terms: collector.terms, claims: claims,
            numbers: text.numbers.filter { $0.place != .body }.map(\.value), figure: text.figure)
        return TopicReading(
            relevance: relevance, reading: reading, primary: primary(claims, text),
            actorNames: names(of: actors))
    }

    /// Whether someone named tells one development from another: a person who is not what the whole story is
    /// about.
    private func isTelling(_ actor: UInt64) -> Bool {
        tellingActors.contains(actor)
    }

    /// Title's news, else the lead's; strongest first.
    private func primary(_ claims: [Claim], _ text: ReadText) -> [Claim] {
        for place in [Claim.Place.title, .lead] {
            let news = claims.filter { $0.place == place && $0.isNews && !$0.kind.isWeak }
            if !news.isEmpty { return news }
        }
        return []
    }

    /// Names of the profile by the keys that claims have for them.
    var actorNames: [UInt64: String] {
        Dictionary(zip(actorKeys, profile.entities.map(\.name)), uniquingKeysWith: { first, _ in first })
    }

    private func names(of actors: [(key: UInt64, start: Int, end: Int)]) -> [UInt64: String] {
        var result: [UInt64: String] = [:]
        for (index, key) in actorKeys.enumerated() where actors.contains(where: { $0.key == key }) {
            result[key] = profile.entities[index].name
        }
        return result
    }

    /// Entities and roles; where the profile names nobody, capitalised words.
    private func actors(_ text: ReadText, _ mentions: [EntityMention], _ settings: StorySettings) -> [(
        key: UInt64, start: Int, end: Int
    )] {
        var result = mentions.map { (key: actorKeys[$0.entity], start: $0.start, end: $0.end) }
        for hit in text.hits {
            guard case .role(let role) = hit.label else { continue }
            result.append((role.actorKey, hit.start, hit.end))
        }
        let covered = IndexSet(mentions.flatMap { Array($0.start..<$0.end) })
        for index in text.nameTokens where !covered.contains(index) {
            result.append(
                (TermCollector.wordKey(text.tokens[index], letters: settings.stemLetters), index, index + 1))
        }
        return result.sorted { $0.start < $1.start }
    }

    /// Names and context, title before lead before body, 0…1.
    private func relevance(_ text: ReadText, _ mentions: [EntityMention], _ settings: StorySettings)
        -> Relevance
    {
        guard !profile.takesEverything else { return Relevance(score: 1, words: ["every text belongs"]) }
        for (terms, unless) in exclusions {
            if let hit = terms.hits(in: text.tokens).first(where: { text.place(of: $0.start) != .body }),
                unless.hits(in: text.tokens).isEmpty
            {
                return Relevance(score: 0, words: ["excluded by \"\(text.words(hit.start..<hit.end))\""])
            }
        }
        var entityScore: [Int: Double] = [:]
        let hasFull = mentions.contains { !$0.isShort }
        let distinct = Set(mentions.map(\.entity)).count
        for mention in mentions {
            let entity = profile.entities[mention.entity]
            var value = entity.isCentral ? settings.centralEntity : settings.entity
            if mention.isShort, !hasFull, distinct < 2 { value *= settings.shortName }
            value *= settings.relevanceFactor(text.place(of: mention.start))
            entityScore[mention.entity] = max(entityScore[mention.entity] ?? 0, value)
        }
        guard !entityScore.isEmpty else { return Relevance(score: 0, words: ["no name of the topic"]) }
        var contextScore: [String: Double] = [:]
        // A lone short name, which many share, wants more context than one word.
        var against = hasFull || distinct > 1 ? 0 : settings.loneShortName
        var words: [String] = []
        func note(_ key: String, _ value: Double, _ start: Int, _ end: Int) {
            let scaled = value * settings.relevanceFactor(text.place(of: start))
            if contextScore[key] == nil { words.append(text.words(start..<end)) }
            contextScore[key] = max(contextScore[key] ?? 0, scaled)
        }
        for hit in context.hits(in: text.tokens) {
            note("t\(hit.label)", settings.contextTerm, hit.start, hit.end)
        }
        for hit in text.hits {
            switch hit.label {
            case .kind(let kind):
                if profile.context.kinds.contains(kind) {
                    note(kind.rawValue, settings.contextKind, hit.start, hit.end)
                } else if !kind.isWeak, text.place(of: hit.start) == .title, !profile.context.kinds.isEmpty {
                    against += settings.foreignKind
                }
            case .role(let role):
                if profile.context.roles.contains(role) {
                    note(role.rawValue, settings.contextRole, hit.start, hit.end)
                }
            default: break
            }
        }
        let who = entityScore.values.sorted(by: >).prefix(3).reduce(0, +)
        var what = contextScore.values.sorted(by: >).prefix(3).reduce(0, +)
        // No lexicon reads this language: several names of the topic together stand for context.
        if text.language == nil, distinct > 1 { what = max(what, settings.namesAsContext) }
        let names = Set(mentions.map(\.entity)).sorted().map { profile.entities[$0].name }
        return Relevance(
            score: max(0, min(1, who) * min(1, max(0, what - against))),
            words: names.prefix(4).map { $0 } + words.prefix(4))
    }
}

/// How far a text belongs to a topic, and by which names and words.
struct Relevance: Sendable, Equatable {
    var score: Double
    var words: [String]
}

/// One item in one topic.
struct TopicReading: Sendable {
    var relevance: Relevance
    var reading: ItemReading
    /// The title's news, else the lead's.
    var primary: [Claim]
    /// Names behind actor keys, for explanations.
    var actorNames: [UInt64: String] = [:]
}
