import Foundation
import Stories

/// What an alert is about.
package enum AlertType: String, Sendable, Codable, CaseIterable {
    /// Something new happened in a story.
    case developmentNew = "development.new"
    /// Several developments told in one message.
    case digest
    /// Sent by hand, to see whether a sink works.
    case test
}

/// One message to every sink: the document of the configuration contract, `{"id","type","timestamp","data"}`.
package struct Alert: Sendable, Equatable {
    /// What an alert says.
    package enum Content: Sendable, Equatable {
        /// `development.new`.
        case development(AlertedDevelopment)
        /// `digest`.
        case digest(AlertDigest)
        /// `test`: one sentence.
        case test(message: String)
    }

    /// `msg_…`, the same on every retry and in every sink; a webhook's `webhook-id`.
    package var id: String
    /// When it was composed.
    package var timestamp: Date
    /// What it says.
    package var content: Content

    /// What it is about, from its content.
    package var type: AlertType {
        switch content {
        case .development: .developmentNew
        case .digest: .digest
        case .test: .test
        }
    }

    /// All parts.
    package init(id: String, timestamp: Date, content: Content) {
        self.id = id
        self.timestamp = timestamp
        self.content = content
    }

    /// Ids of the developments it tells of.
    package var developments: [DevelopmentID] {
        switch content {
        case .development(let development): [DevelopmentID(rawValue: development.id)]
        case .digest(let digest): digest.developments.map { DevelopmentID(rawValue: $0.id) }
        case .test: []
        }
    }
}

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
        id: String, entryID: String, topic: String, kind: String, headline: String, firstPublished: Date,
        alertedAt: Date, late: Bool, confidence: Confidence, why: String, corroboration: Int,
        sources: [Source]
    ) {
        self.id = id
        self.entryID = entryID
        self.topic = topic
        self.kind = kind
        self.headline = headline
        self.firstPublished = firstPublished
        self.alertedAt = alertedAt
        self.late = late
        self.confidence = confidence
        self.why = why
        self.corroboration = corroboration
        self.sources = sources
    }

    private enum CodingKeys: String, CodingKey {
        case id, topic, kind, headline, late, confidence, why, corroboration, sources
        case entryID = "entry_id"
        case firstPublished = "first_published"
        case alertedAt = "alerted_at"
    }
}

/// Several developments in one message.
package struct AlertDigest: Sendable, Hashable, Codable {
    /// Why they come together.
    package enum Reason: String, Sendable, Codable {
        /// Already known when the feeds answered for the first time.
        case firstContact = "first_contact"
        /// Happened while the daemon did not run.
        case late
    }

    /// Id of the topic profile.
    package var topic: String
    /// Why they come together.
    package var reason: Reason
    /// Oldest first.
    package var developments: [AlertedDevelopment]

    /// All parts.
    package init(topic: String, reason: Reason, developments: [AlertedDevelopment]) {
        self.topic = topic
        self.reason = reason
        self.developments = developments
    }
}

extension Alert: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, type, timestamp, data
    }

    private struct TestData: Codable {
        var message: String
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        timestamp = try container.decode(Date.self, forKey: .timestamp)
        switch try container.decode(AlertType.self, forKey: .type) {
        case .developmentNew:
            content = .development(try container.decode(AlertedDevelopment.self, forKey: .data))
        case .digest: content = .digest(try container.decode(AlertDigest.self, forKey: .data))
        case .test: content = .test(message: try container.decode(TestData.self, forKey: .data).message)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(type, forKey: .type)
        try container.encode(timestamp, forKey: .timestamp)
        switch content {
        case .development(let development): try container.encode(development, forKey: .data)
        case .digest(let digest): try container.encode(digest, forKey: .data)
        case .test(let message): try container.encode(TestData(message: message), forKey: .data)
        }
    }
}
