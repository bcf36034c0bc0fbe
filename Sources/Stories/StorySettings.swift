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
    /// Prominence of title, lead and body: an alert tells its title, a reader sees the lead, hardly anyone the rest.
    var titleFactor = 1.0
    var leadFactor = 0.6
    var bodyFactor = 0.25
    /// What a recalled claim weighs beside a told one.
    var recalled = 0.15
    /// What the content of talks or of a threat weighs beside a told claim.
    var embedded = 0.4

    // Relevance.
    /// Least score of a text that belongs to a topic.
    var relevance = 0.25
    var centralEntity = 1.0
    var entity = 0.6
    var shortName = 0.35
    var contextTerm = 0.8
    var contextKind = 0.9
    var contextRole = 0.6
    var foreignKind = 0.45

    // Copies.
    /// Least containment of word triples in a copy (saga/NOTES: ≥ 0.5 finds all 77 copies with one false pair in 276,000).
    var copyContainment = 0.5
    /// Words that a copy must add before what it adds is read for claims.
    var copyAddedWords = 8
    /// Units of title and head that make the second signature (title and 60 words, saga/NOTES).
    var leadUnits = 70
    /// Candidates asked of the copy index.
    var copyCandidates = 16

    // Comparison.
    /// Weight of each sort of term, in the order of `Term.Sort`.
    var sortFactors = [1.0, 2.0, 2.5, 1.5, 1.0, 2.0]
    /// Entries listed per term; older ones are forgotten for the search, not for rarity.
    var postingLength = 48
    /// Entries compared term by term.
    var comparedItems = 48
    /// Weights of `Features`, in its order, and the bias.
    var bias = -3.0
    var weights = [4.0, 2.0, 2.0, 2.0, 1.0, 1.0, -1.0, -0.6, -1.0, -3.0, 1.0, -1.0]
    /// Least score that joins.
    var join = 0.5
    /// Least score that joins a further development.
    var joinFurther = 0.6
    /// Least strength of a claim that opens.
    var openClaim = 0.5
    /// Least share of unseen terms that opens without a claim.
    var openNovelty = 0.6

    /// The shipped numbers.
    package static let fitted = StorySettings()

    func placeFactor(_ place: Claim.Place) -> Double {
        switch place {
        case .title: titleFactor
        case .lead: leadFactor
        case .body: bodyFactor
        }
    }
}
