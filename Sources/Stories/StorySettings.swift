import Foundation
import Shingling

/// Every number that a decision rests on; `docs/story-engine.md` says how they were found.
package struct StorySettings: Sendable, Equatable, Codable {
    /// Layers that are left out, none as shipped: for measurements.
    var leftOut: [StoryLayer] = []

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
    var leadFactor = 0.821
    var bodyFactor = 0.699
    /// What a claim of the body weighs beside a word of it.
    var bodyClaim = 0.609
    /// What a recalled claim weighs beside a told one.
    var recalled = 0.123
    /// What the content of talks or of a threat weighs beside a told claim.
    var embedded = 0.583

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
    var sortFactors = [0.936, 2.57, 1.477, 2.117, 0.947, 1.982, 1.604]
    /// Entries listed per term; older ones are forgotten for the search, not for rarity.
    var postingLength = 48
    /// Kinds, actors, names and claims by which a development is known, and names and times in its reports, each; what
    /// comes later adds no more of them. The greatest of the labelled archives has under 200 of the former.
    var developmentTerms = 512
    /// Entries compared term by term.
    var comparedItems = 48
    /// Weights of `Features`, in its order, and the bias.
    var bias = -7.41
    var weights = [
        17.728, -2.491, 1.872, 6.178, -0.923, -0.671, -1.122, -1.51, 0, -0.088, -0.341, 0.133, 0.617,
        -4.876, 0.829, 2.318, -4.631, 2.237, -6.377, 4.44, 1.669, 0.137, 0.045, 0.149, -0.358, -0.5, 0.689, 0,
        2.078, 0.287, 0.582, 1.498, -0.745, -0.527,
    ]
    /// Strength of kinds that only the lead tells, beside those of a title.
    var leadAlone = 0.762
    /// What the lead's kinds of event weigh beside those of a title that tells some itself.
    var leadBesideTitle = 0.185
    /// Days without news after which the same kind of event by the same people is a new phase.
    var phaseDays = 3.42
    /// Brevity from which there is nothing but a headline to compare: under twenty words.
    var bareHeadline = 0.5
    /// Cosine of texts, less the briefer they are, so alike that they tell of one event whatever their claims were read as.
    var alike = 0.12
    /// Greatest score of an entry that contradicts a development.
    var contradicted = 0.097
    /// Least score that joins.
    var join = 0.141
    /// Least score from which a joined entry widens what the development is known by: a doubtful one would
    /// draw in more.
    var learn = 0.344
    /// Least score that joins a text which seems to look back but has news in its title; below it is a recap.
    var recapJoin = 0.441
    /// Least share of a kind among those of a development that tells it.
    var tells = 0.115
    /// Least score that joins a further development.
    var joinFurther = 0.463
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

    func uses(_ layer: StoryLayer) -> Bool { !leftOut.contains(layer) }

    func relevanceFactor(_ place: Claim.Place) -> Double {
        place == .body ? bodyRelevance : placeFactor(place)
    }

    /// Weight of a sort of term in texts and claims; when it was is compared on its own.
    func factor(_ sort: Term.Sort) -> Double {
        let isCompared = !sort.isTime && (sort != .number || uses(.numbers))
        return isCompared ? sortFactors[Int(sort.rawValue)] : 0
    }

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
