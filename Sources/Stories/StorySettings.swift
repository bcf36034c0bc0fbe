import Foundation
import Shingling

/// Every number that a decision rests on; `docs/story-engine.md` says how they were found.
package struct StorySettings: Sendable, Equatable, Codable {
    // Reading.
    /// Characters of a text that are read for claims and terms; shingles see the whole text.
    var readCharacters = 12_000
    /// Tokens of a title that are read.
    var maxTitleTokens = 60
    /// Tokens of a text that are read.
    var maxTextTokens = 400
    /// Sentences that make the lead.
    var leadSentences = 2
    /// Letters of a word that tell it from others; inflections mostly lie behind.
    var stemLetters = 7
    /// Terms kept of an entry.
    var maxTerms = 160
    /// Prominence of title, lead and body: an alert tells its title, a reader sees the lead, hardly anyone
    /// the rest.
    var titleFactor = 1.0
    var leadFactor = 0.828
    var bodyFactor = 0.595
    /// What a claim of the body weighs beside a word of it.
    var bodyClaim = 0.609
    /// What a recalled claim weighs beside a told one.
    var recalled = 0.14
    /// What the content of talks or of a threat weighs beside a told claim.
    var embedded = 0.585

    // Relevance.
    /// What a name or a word of the body counts for the topic beside one of the title.
    var bodyRelevance = 0.25
    /// Least score of a text that belongs to a topic.
    var relevance = 0.2
    var centralEntity = 1.0
    var entity = 0.6
    var shortName = 0.35
    /// Context that several names make in a language without a lexicon.
    var namesAsContext = 0.5
    /// Context that a lone short name needs beyond that of a full one.
    var loneShortName = 0.6
    var contextTerm = 0.8
    var contextKind = 0.9
    var contextRole = 0.6
    var foreignKind = 0.8

    // Copies.
    /// What a copy is; its thresholds and their source are Shingling's.
    var copyRule = CopyRule.standard
    /// Words that a copy must add before what it adds is read for claims.
    var copyAddedWords = 8
    /// Candidates asked of each copy index; a long one costs some tens of µs.
    var copyCandidates = 64

    // Comparison.
    /// Weight of each sort of term, in the order of `Term.Sort`.
    var sortFactors = [0.824, 2.57, 1.766, 2.1, 1.111, 1.95, 1.472]
    /// Entries listed per term; older ones are forgotten for the search, not for rarity.
    var postingLength = 48
    /// Kinds, actors, names and claims by which a development is known, and names and times in its reports, each; what
    /// comes later adds no more of them.
    var developmentTerms = 1024
    /// Entries compared term by term.
    var comparedItems = 48
    /// Weights of `Features`, in its order, and the bias.
    var bias = -6.41
    var weights = [
        17.728, -2.353, 1.792, 5.977, -0.632, -0.576, -1.257, -1.64, 0.387,
        -0.07, -0.066, -0.5, -0.456, -3.464, 0.389, 1.661, -4.563, 3.104,
        -6.377, 4.44, 2.039, 0.5, 0.131, -0.012, -0.358, -0.5, 0.5,
        0, 0, 0, 0, 0, 0, 0,
    ]
    /// Strength of kinds that only the lead tells, beside those of a title.
    var leadAlone = 1.17
    /// What the lead's kinds of event weigh beside those of a title that tells some itself.
    var leadBesideTitle = 0.34
    /// Days without news after which the same kind of event by the same people is a new phase.
    var phaseDays = 3.42
    /// Cosine of texts so alike that they tell of one event whatever their claims were read as.
    var alike = 0.362
    /// Greatest score of an entry that contradicts a development.
    var contradicted = 0.137
    /// Least score that joins.
    var join = 0.141
    /// Least score from which a joined entry widens what the development is known by: a doubtful one would
    /// draw in more.
    var learn = 0.458
    /// Least score that joins a text which seems to look back but has news in its title; below it is a recap.
    var recapJoin = 0.536
    /// Least share of a kind among those of a development that tells it.
    var tells = 0.136
    /// Least score that joins a further development.
    var joinFurther = 0.549
    /// Kinds that open a further development beside the one that an entry joins: acts, not words about acts.
    var opensFurther: Set<EventKind> = [
        .removal, .resignation, .appointment, .return, .hiring, .boardChange, .lawsuit, .investigation,
        .arrest, .death,
        .merger, .layoff, .verdict, .sentence, .closure, .regret, .denial, .correction, .talks, .collapse,
    ]
    /// Least share of unseen terms that opens without a claim.
    var openNovelty = 0.588

    /// The shipped numbers.
    package static let fitted = StorySettings()

    func relevanceFactor(_ place: Claim.Place) -> Double {
        place == .body ? bodyRelevance : placeFactor(place)
    }

    /// Weight of a sort of term in texts and claims; when it was is compared on its own.
    func factor(_ sort: Term.Sort) -> Double { sort.isTime ? 0 : sortFactors[Int(sort.rawValue)] }

    func placeFactor(_ place: Claim.Place) -> Double {
        switch place {
        case .title: titleFactor
        case .lead: leadFactor
        case .body: bodyFactor
        }
    }
}

extension StorySettings {
    /// These numbers with those of a JSON object in their place; names that none has are left aside. Throws a
    /// `DecodingError`, or the error of a text that is no JSON object.
    package func replacing(_ json: Data) throws -> StorySettings {
        var all = try Self.object(JSONEncoder().encode(self))
        all.merge(try Self.object(json)) { $1 }
        return try JSONDecoder().decode(StorySettings.self, from: JSONSerialization.data(withJSONObject: all))
    }

    private static func object(_ json: Data) throws -> [String: Any] {
        guard let object = try JSONSerialization.jsonObject(with: json) as? [String: Any] else {
            throw CocoaError(.propertyListReadCorrupt)
        }
        return object
    }
}
