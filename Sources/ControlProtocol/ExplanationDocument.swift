import Foundation

/// A stored entry, what was decided on it in each topic, and why. Every key is always written; what is not
/// known is null.
package struct ExplanationDocument: Codable, Sendable, Equatable {
    /// A development that the entry opened.
    package struct Opened: Codable, Sendable, Equatable {
        package var id: String
        package var kind: String
        package var headline: String
        package var confidence: String
        package var why: String

        /// A development as it was told when it opened.
        package init(id: String, kind: String, headline: String, confidence: String, why: String) {
            self.id = id
            self.kind = kind
            self.headline = headline
            self.confidence = confidence
            self.why = why
        }
    }

    /// What the entry is in one topic.
    package struct TopicDecision: Codable, Sendable, Equatable {
        package var topic: String
        package var onTopic: Bool
        /// As in `backtest`: `off_topic`, `duplicate`, `new_development`, `near_duplicate`, …
        package var decision: String
        /// 0…1.
        package var score: Double
        /// The entry whose text it copies.
        package var nearDuplicateOf: String?
        /// The entry of the same identity that it revises.
        package var revisionOf: String?
        /// Developments that it carries, primary first.
        package var developments: [String]
        package var opened: [Opened]
        /// Sentences that the decision rests on.
        package var reasons: [String]

        /// A decision; entries are given by the names that users know.
        package init(
            topic: String, onTopic: Bool, decision: String, score: Double, nearDuplicateOf: String?,
            revisionOf: String?, developments: [String], opened: [Opened], reasons: [String]
        ) {
            self.topic = topic
            self.onTopic = onTopic
            self.decision = decision
            self.score = score
            self.nearDuplicateOf = nearDuplicateOf
            self.revisionOf = revisionOf
            self.developments = developments
            self.opened = opened
            self.reasons = reasons
        }

        private enum CodingKeys: String, CodingKey {
            case topic
            case onTopic = "on_topic"
            case decision, score
            case nearDuplicateOf = "near_duplicate_of"
            case revisionOf = "revision_of"
            case developments, opened, reasons
        }

        /// Written by hand so that unknown values appear as null instead of missing keys.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(topic, forKey: .topic)
            try container.encode(onTopic, forKey: .onTopic)
            try container.encode(decision, forKey: .decision)
            try container.encode(score, forKey: .score)
            try container.encode(nearDuplicateOf, forKey: .nearDuplicateOf)
            try container.encode(revisionOf, forKey: .revisionOf)
            try container.encode(developments, forKey: .developments)
            try container.encode(opened, forKey: .opened)
            try container.encode(reasons, forKey: .reasons)
        }
    }

    /// `entry_…`.
    package var id: String
    package var title: String
    package var outlet: String
    /// BCP 47, as declared.
    package var lang: String?
    /// Address of the article.
    package var url: String?
    /// Address of the feed that carried it.
    package var feed: String
    package var guid: String?
    package var published: Date?
    /// When it was first seen here.
    package var observed: Date
    /// Every entry of the same identity in order of arrival, this one included.
    package var revisions: [String]
    /// By topic.
    package var decisions: [TopicDecision]

    /// All parts.
    package init(
        id: String, title: String, outlet: String, lang: String?, url: String?, feed: String, guid: String?,
        published: Date?, observed: Date, revisions: [String], decisions: [TopicDecision]
    ) {
        self.id = id
        self.title = title
        self.outlet = outlet
        self.lang = lang
        self.url = url
        self.feed = feed
        self.guid = guid
        self.published = published
        self.observed = observed
        self.revisions = revisions
        self.decisions = decisions
    }

    /// Written by hand so that unknown values appear as null instead of missing keys.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(title, forKey: .title)
        try container.encode(outlet, forKey: .outlet)
        try container.encode(lang, forKey: .lang)
        try container.encode(url, forKey: .url)
        try container.encode(feed, forKey: .feed)
        try container.encode(guid, forKey: .guid)
        try container.encode(published, forKey: .published)
        try container.encode(observed, forKey: .observed)
        try container.encode(revisions, forKey: .revisions)
        try container.encode(decisions, forKey: .decisions)
    }
}
