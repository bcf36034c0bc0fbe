import Foundation

/// A line of `db export`: `{"type":…}` and the keys of its type. Every key is always written; what is not known
/// is null. The order is: the header, each entry followed by its decisions, the developments, the summary.
package enum ExportLine: Encodable, Sendable, Equatable {
    /// Grows when a line changes incompatibly.
    package static let version = 1

    /// The first line.
    package struct Header: Encodable, Sendable, Equatable {
        /// `ExportLine.version`.
        package var version: Int
        /// The version of newswatch that wrote it.
        package var newswatch: String
        /// The schema of the database.
        package var schema: Int
        package var exported: Date

        /// All parts.
        package init(version: Int, newswatch: String, schema: Int, exported: Date) {
            self.version = version
            self.newswatch = newswatch
            self.schema = schema
            self.exported = exported
        }
    }

    /// A stored entry, or a revision of one.
    package struct Entry: Encodable, Sendable, Equatable {
        /// `entry_…`.
        package var id: String
        /// The first entry of the same identity; its own id unless it is a revision.
        package var first: String
        /// Its name in the archive that it came from; nil for entries of feeds.
        package var externalID: String?
        /// Address of the feed.
        package var feed: String
        package var guid: String?
        package var outlet: String
        package var url: String?
        package var lang: String?
        package var title: String
        /// Plain text; nil once it was pruned.
        package var text: String?
        package var published: Date?
        package var observed: Date
        package var duplicate: Bool
        package var nearDuplicateOf: String?
        package var revisionOf: String?

        /// All parts.
        package init(
            id: String, first: String, externalID: String?, feed: String, guid: String?, outlet: String,
            url: String?, lang: String?, title: String, text: String?, published: Date?, observed: Date,
            duplicate: Bool, nearDuplicateOf: String?, revisionOf: String?
        ) {
            self.id = id
            self.first = first
            self.externalID = externalID
            self.feed = feed
            self.guid = guid
            self.outlet = outlet
            self.url = url
            self.lang = lang
            self.title = title
            self.text = text
            self.published = published
            self.observed = observed
            self.duplicate = duplicate
            self.nearDuplicateOf = nearDuplicateOf
            self.revisionOf = revisionOf
        }

        private enum CodingKeys: String, CodingKey {
            case id, first
            case externalID = "external_id"
            case feed, guid, outlet, url, lang, title, text, published, observed, duplicate
            case nearDuplicateOf = "near_duplicate_of"
            case revisionOf = "revision_of"
        }

        /// Written by hand so that unknown values appear as null instead of missing keys.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(first, forKey: .first)
            try container.encode(externalID, forKey: .externalID)
            try container.encode(feed, forKey: .feed)
            try container.encode(guid, forKey: .guid)
            try container.encode(outlet, forKey: .outlet)
            try container.encode(url, forKey: .url)
            try container.encode(lang, forKey: .lang)
            try container.encode(title, forKey: .title)
            try container.encode(text, forKey: .text)
            try container.encode(published, forKey: .published)
            try container.encode(observed, forKey: .observed)
            try container.encode(duplicate, forKey: .duplicate)
            try container.encode(nearDuplicateOf, forKey: .nearDuplicateOf)
            try container.encode(revisionOf, forKey: .revisionOf)
        }
    }

    /// What is in the file; a file without this last line is cut.
    package struct Summary: Codable, Sendable, Equatable {
        package var entries = 0
        package var decisions = 0
        package var developments = 0

        /// Nothing yet.
        package init() {}
    }

    case header(Header)
    case entry(Entry)
    /// What `entry` is in one topic.
    case decision(entry: String, ExplanationDocument.TopicDecision)
    case development(DevelopmentDocument)
    case summary(Summary)

    private enum CodingKeys: String, CodingKey {
        case type, entry
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .header(let header):
            try container.encode("export", forKey: .type)
            try header.encode(to: encoder)
        case .entry(let entry):
            try container.encode("entry", forKey: .type)
            try entry.encode(to: encoder)
        case .decision(let entry, let decision):
            try container.encode("decision", forKey: .type)
            try container.encode(entry, forKey: .entry)
            try decision.encode(to: encoder)
        case .development(let development):
            try container.encode("development", forKey: .type)
            try development.encode(to: encoder)
        case .summary(let summary):
            try container.encode("summary", forKey: .type)
            try summary.encode(to: encoder)
        }
    }
}
