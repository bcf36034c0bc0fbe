import Foundation
import Stories

/// A development as alerts and the control socket show it.
package struct AlertedDevelopment: Sendable, Hashable, Codable {
    /// An outlet that reports it.
    package struct Source: Sendable, Hashable, Codable {
        /// Registrable domain, or the source's name.
        package var outlet: String
        /// Title there.
        package var title: String
        /// Address of the article.
        package var url: String?
        /// BCP 47.
        package var lang: String?
        /// When the outlet says it published.
        package var published: Date?

        /// All parts.
        package init(outlet: String, title: String, url: String?, lang: String?, published: Date?) {
            self.outlet = outlet
            self.title = title
            self.url = url
            self.lang = lang
            self.published = published
        }
    }

    /// `dev_…`.
    package var id: String
    /// The entry that opened it; events opened by one entry share it.
    package var entryID: String
    /// Id of the topic profile.
    package var topic: String
    /// Kind of event.
    package var kind: String
    /// Title of the entry that opened it.
    package var headline: String
    /// What happened in neutral English words, from the claim: for whoever does not read the headline's language.
    /// Nil where no claim was read.
    package var gloss: String?
    /// Engine time of that entry.
    package var firstPublished: Date
    /// When it was told.
    package var alertedAt: Date
    /// It happened while nobody was watching.
    package var late: Bool
    /// How sure it is that this is new.
    package var confidence: Confidence
    /// One sentence.
    package var why: String
    /// Independent outlets, the first included.
    package var corroboration: Int
    /// First outlet first.
    package var sources: [Source]

    /// All parts.
    package init(
        id: String, entryID: String, topic: String, kind: String, headline: String, gloss: String? = nil,
        firstPublished: Date, alertedAt: Date, late: Bool, confidence: Confidence, why: String,
        corroboration: Int,
        sources: [Source]
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
        self.confidence = confidence
        self.why = why
        self.corroboration = corroboration
        self.sources = sources
    }

    private enum CodingKeys: String, CodingKey {
        case id, topic, kind, headline, gloss, late, confidence, why, corroboration, sources
        case entryID = "entry_id"
        case firstPublished = "first_published"
        case alertedAt = "alerted_at"
    }
}
