import Shingling

/// Every number that a decision rests on; `docs/story-engine.md` says how they were found.
package struct StorySettings: Sendable, Equatable {
    // Reading.
    /// Characters of a text that are read for claims and terms; shingles see the whole text.
    var readCharacters = 12_000
    /// Tokens of a title that are read.
    var maxTitleTokens = 60
    /// Tokens of a text that are read.
    var maxTextTokens = 400
    /// Sentences that make the lead.
    var leadSentences = 2
    /// Terms kept of an entry.
    var maxTerms = 160
    /// Prominence of title, lead and body: an alert tells its title, a reader sees the lead, hardly anyone
    /// the rest.
    var titleFactor = 1.0
    var leadFactor = 0.6
    var bodyFactor = 0.5
    /// What a claim of the body weighs beside a word of it.
    var bodyClaim = 0.5
    /// What a recalled claim weighs beside a told one.
    var recalled = 0.15
    /// What the content of talks or of a threat weighs beside a told claim.
    var embedded = 0.51

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
    var sortFactors = [1.0, 2.93, 3.0, 2.0, 1.0, 2.0, 1.18]
    /// Entries listed per term; older ones are forgotten for the search, not for rarity.
    var postingLength = 48
    /// Entries compared term by term.
    var comparedItems = 48
    /// Weights of `Features`, in its order, and the bias.
    var bias = -6.41
    var weights = [
        19.21, -3.09, 1.9, 6.73, -0.67, -0.59, -1.22, -1.64,
        -0.32, 0.09, 0.02, 0.62, 0.2, -2.04, 0.6, 1.43,
        -4.31, 3.54, -7.12, 4.97, 1.87,
    ]
    /// What the lead's kinds of event weigh beside those of a title that tells some itself.
    var leadBesideTitle = 0.37
    /// Days without news after which the same kind of event by the same people is a new phase.
    var phaseDays = 3.42
    /// Cosine of texts so alike that they tell of one event whatever their claims were read as.
    var alike = 0.35
    /// Greatest score of an entry that contradicts a development.
    var contradicted = 0.1
    /// Least score that joins.
    var join = 0.20
    /// Least score from which a joined entry widens what the development is known by: a doubtful one would
    /// draw in more.
    var learn = 0.52
    /// Least score that joins a text which seems to look back but has news in its title; below it is a recap.
    var recapJoin = 0.49
    /// Least share of a kind among those of a development that tells it.
    var tells = 0.15
    /// Least score that joins a further development.
    var joinFurther = 0.48
    /// Kinds that open a further development beside the one that an entry joins: acts, not words about acts.
    var opensFurther: Set<EventKind> = [
        .removal, .resignation, .appointment, .return, .hiring, .boardChange, .lawsuit, .investigation,
        .arrest, .death,
        .merger, .layoff, .verdict, .sentence, .closure, .regret, .denial, .correction, .talks, .collapse,
    ]
    /// Least share of unseen terms that opens without a claim.
    var openNovelty = 0.86

    /// The shipped numbers.
    package static let fitted = StorySettings()

    func relevanceFactor(_ place: Claim.Place) -> Double {
        place == .body ? bodyRelevance : placeFactor(place)
    }

    func placeFactor(_ place: Claim.Place) -> Double {
        switch place {
        case .title: titleFactor
        case .lead: leadFactor
        case .body: bodyFactor
        }
    }
}
