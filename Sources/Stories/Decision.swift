import Foundation

/// What an entry is in a topic; the order is that of precedence.
package enum Outcome: String, Sendable, Codable, CaseIterable {
    case offTopic = "off_topic"
    case duplicate
    case newDevelopment = "new_development"
    case nearDuplicate = "near_duplicate"
    case sameDevelopment = "same_development"
    case recap
}

/// How sure an opening is.
package enum Confidence: String, Sendable, Codable, CaseIterable, Comparable {
    case low, medium, high

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        }
    }
}

/// A development that an entry opens: one alert.
package struct Opening: Sendable, Codable, Hashable {
    /// Its name for ever.
    package var id: DevelopmentID
    /// `EventKind` in words, or `other` where no kind of the lexicon covers it.
    package var kind: String
    /// Headline of the entry that opened it.
    package var headline: String
    /// What happened in neutral English words, from the claim; nil where none was read.
    package var gloss: String?
    /// Engine time of that entry.
    package var firstPublished: Date
    /// How sure it is that this is new.
    package var confidence: Confidence
    /// One sentence for people.
    package var why: String

    /// All parts.
    package init(
        id: DevelopmentID, kind: String, headline: String, gloss: String? = nil, firstPublished: Date,
        confidence: Confidence, why: String
    ) {
        self.id = id
        self.kind = kind
        self.headline = headline
        self.gloss = gloss
        self.firstPublished = firstPublished
        self.confidence = confidence
        self.why = why
    }
}

/// What the engine says of one entry in one topic, and what that rests on.
package struct Decision: Sendable, Codable, Hashable {
    /// The entry.
    package var entry: EntryNumber
    /// `TopicProfile.id`.
    package var topic: String
    /// Whether the entry belongs to the topic.
    package var onTopic: Bool
    /// What it is.
    package var outcome: Outcome
    /// Developments that it carries, primary first; a copy lists its original's.
    package var developments: [DevelopmentID]
    /// Developments that it opens, a subset of `developments`.
    package var opened: [Opening]
    /// How the figure of the first of `developments` has grown by this entry; nil if it has not.
    package var growth: Growth?
    /// The entry whose text it copies, whatever the outcome.
    package var nearDuplicateOf: EntryNumber?
    /// The entry of the same identity that it revises.
    package var revisionOf: EntryNumber?
    /// Strength of the join, or of relevance where nothing was joined, 0…1.
    package var score: Double
    /// Sentences: entries, scores, thresholds and words that the decision rests on.
    package var reasons: [String]

    /// All parts.
    package init(
        entry: EntryNumber, topic: String, onTopic: Bool, outcome: Outcome,
        developments: [DevelopmentID] = [],
        opened: [Opening] = [], growth: Growth? = nil, nearDuplicateOf: EntryNumber? = nil, revisionOf: EntryNumber? = nil,
        score: Double = 0, reasons: [String] = []
    ) {
        self.entry = entry
        self.topic = topic
        self.onTopic = onTopic
        self.outcome = outcome
        self.developments = developments
        self.opened = opened
        self.growth = growth
        self.nearDuplicateOf = nearDuplicateOf
        self.revisionOf = revisionOf
        self.score = score
        self.reasons = reasons
    }
}

/// All that `StoryEngine.decide` returns: what to tell, and what to remember once that is stored.
package struct Verdict: Sendable {
    /// One per topic, in the order of the profiles.
    package var decisions: [Decision]
    /// For `StoryEngine.apply`, after the transaction has been committed.
    package var change: Change

    /// Both parts.
    package init(decisions: [Decision], change: Change) {
        self.decisions = decisions
        self.change = change
    }
}
