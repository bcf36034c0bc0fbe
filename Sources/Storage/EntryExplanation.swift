import Feeds
import Foundation
import GRDB
import Stories

/// A stored entry and what was decided on it.
package struct EntryExplanation: Sendable {
    /// The entry.
    package var number: EntryNumber
    /// Name of the entry in an archive; nil for entries of feeds.
    package var externalID: String?
    /// Address of the feed that carried it.
    package var feed: String
    /// As given by the feed.
    package var guid: String?
    /// Registrable domain, or the source's name.
    package var outlet: String
    /// Address of the article.
    package var url: String?
    /// BCP 47, as declared.
    package var language: String?
    /// Plain title.
    package var title: String
    /// When the entry says it was published.
    package var published: Date?
    /// When it was first seen here.
    package var observed: Date
    /// Every entry of the same identity in order of arrival, this one included.
    package var revisions: [EntryNumber]
    /// By topic.
    package var decisions: [Decision]

    static func fetch(_ database: Database, name: String, path: String) throws -> EntryExplanation? {
        guard let number = try number(database, name: name) else { return nil }
        let row = try database.first(
            """
            SELECT e.external_id, f.url, e.guid, e.outlet, e.url, e.lang, e.title, e.published, e.observed, e.root
            FROM entries e JOIN feeds f ON f.id = e.feed WHERE e.number = ?
            """, [number])
        guard let row else { return nil }
        return EntryExplanation(
            number: EntryNumber(rawValue: number), externalID: try row.decode(atIndex: 0),
            feed: try row.decode(atIndex: 1), guid: try row.decode(atIndex: 2),
            outlet: try row.decode(atIndex: 3),
            url: try row.decode(atIndex: 4), language: try row.decode(atIndex: 5),
            title: try row.decode(atIndex: 6),
            published: try row.decode(Int64?.self, atIndex: 7).map(Milliseconds.date),
            observed: Milliseconds.date(try row.decode(atIndex: 8)),
            revisions: try database.all(
                "SELECT number FROM entries WHERE root = ? ORDER BY number",
                [try row.decode(Int64.self, atIndex: 9)]
            ).map { EntryNumber(rawValue: try $0.decode(atIndex: 0)) },
            decisions: try decisions(database, number: number, path: path))
    }

    private static func number(_ database: Database, name: String) throws -> Int64? {
        let found = try database.integer(
            "SELECT number FROM entries WHERE external_id = ? ORDER BY number DESC LIMIT 1", [name.storable])
        if let found { return found }
        if let number = Int64(name.trimmingPrefix("entry_")) { return number }
        if let url = CanonicalURL.canonical(name),
            let number = try database.integer(
                "SELECT number FROM entries WHERE canonical_url = ? ORDER BY number DESC LIMIT 1",
                [url.storable])
        {
            return number
        }
        return try database.integer(
            "SELECT number FROM entries WHERE guid = ? ORDER BY number DESC LIMIT 1", [name.storable])
    }

    /// What was decided on the entry in each topic, by topic.
    static func decisions(_ database: Database, number: Int64, path: String) throws -> [Decision] {
        let rows = try database.all(
            """
            SELECT t.name, d.on_topic, d.outcome, d.score, d.near_duplicate_of, d.revision_of, d.developments,
                d.reasons, d.topic
            FROM decisions d JOIN topics t ON t.id = d.topic WHERE d.entry = ? ORDER BY t.name
            """, [number])
        return try rows.map { row in
            let word = try row.decode(String.self, atIndex: 2)
            guard let outcome = Outcome(rawValue: word) else {
                throw StorageError(code: .badValue, path: path, reason: "outcome “\(word)”")
            }
            return Decision(
                entry: EntryNumber(rawValue: number), topic: try row.decode(atIndex: 0),
                onTopic: try row.decode(atIndex: 1), outcome: outcome,
                developments: try JSONText.decode(
                    [DevelopmentID].self, try row.decode(atIndex: 6), path: path),
                opened: try opened(database, number: number, topic: try row.decode(atIndex: 8)),
                nearDuplicateOf: try row.decode(Int64?.self, atIndex: 4).map(EntryNumber.init(rawValue:)),
                revisionOf: try row.decode(Int64?.self, atIndex: 5).map(EntryNumber.init(rawValue:)),
                score: try row.decode(atIndex: 3),
                reasons: try JSONText.decode([String].self, try row.decode(atIndex: 7), path: path))
        }
    }

    private static func opened(_ database: Database, number: Int64, topic: Int64) throws -> [Opening] {
        try database.all(
            """
            SELECT id, topic, kind, headline, confidence, why, entry, first_published FROM developments
            WHERE entry = ? AND topic = ? ORDER BY number
            """, [number, topic]
        ).map { try StoredDevelopment.opening($0) }
    }
}
