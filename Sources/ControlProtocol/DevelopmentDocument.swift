import Foundation

/// One development: the alert's `data` and, as `entries`, the ids of all entries that report it.
/// Every key is always written; what is not known is null.
package struct DevelopmentDocument: Codable, Sendable, Equatable {
    /// One report of the development.
    package struct Source: Codable, Sendable, Equatable {
        package var outlet: String
        package var title: String
        package var url: String?
        package var lang: String?
        package var published: Date?

        /// A report; the language is a BCP 47 tag.
        package init(outlet: String, title: String, url: String?, lang: String?, published: Date?) {
            self.outlet = outlet
            self.title = title
            self.url = url
            self.lang = lang
            self.published = published
        }

        /// Written by hand so that unknown values appear as null instead of missing keys.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(outlet, forKey: .outlet)
            try container.encode(title, forKey: .title)
            try container.encode(url, forKey: .url)
            try container.encode(lang, forKey: .lang)
            try container.encode(published, forKey: .published)
        }
    }

    package var id: String
    /// The entry that opened it; developments opened by one entry share it.
    package var entryID: String
    package var topic: String
    package var kind: String
    package var headline: String
    /// What happened in neutral English words; nil where no claim was read.
    package var gloss: String?
    package var firstPublished: Date?
    /// When it was alerted; nil while nothing was sent about it.
    package var alertedAt: Date?
    package var late: Bool
    /// `told`, or `muted` or `retracted` by an operator.
    package var standing: String
    /// `high`, `medium` or `low`.
    package var confidence: String
    /// One sentence.
    package var why: String
    /// Independent outlets that report it, the first one included.
    package var corroboration: Int
    package var sources: [Source]
    package var entries: [String]

    /// A development as it is known at one moment.
    package init(
        id: String, entryID: String, topic: String, kind: String, headline: String, gloss: String? = nil,
        firstPublished: Date?, alertedAt: Date?, late: Bool, standing: String = "told", confidence: String,
        why: String, corroboration: Int, sources: [Source],
        entries: [String]
    ) {
        self.id = id
        self.entryID = entryID
        self.topic = topic
        self.kind = kind
        self.headline = headline
        self.gloss = gloss
        self.firstPublished = firstPublished
        self.alertedAt = alertedAt
        self.late = late
        self.standing = standing
        self.confidence = confidence
        self.why = why
        self.corroboration = corroboration
        self.sources = sources
        self.entries = entries
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case entryID = "entry_id"
        case topic, kind, headline, gloss
        case firstPublished = "first_published"
        case alertedAt = "alerted_at"
        case late, standing, confidence, why, corroboration, sources, entries
    }

    /// Written by hand so that unknown values appear as null instead of missing keys.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(entryID, forKey: .entryID)
        try container.encode(topic, forKey: .topic)
        try container.encode(kind, forKey: .kind)
        try container.encode(headline, forKey: .headline)
        try container.encode(gloss, forKey: .gloss)
        try container.encode(firstPublished, forKey: .firstPublished)
        try container.encode(alertedAt, forKey: .alertedAt)
        try container.encode(late, forKey: .late)
        try container.encode(standing, forKey: .standing)
        try container.encode(confidence, forKey: .confidence)
        try container.encode(why, forKey: .why)
        try container.encode(corroboration, forKey: .corroboration)
        try container.encode(sources, forKey: .sources)
        try container.encode(entries, forKey: .entries)
    }
}
