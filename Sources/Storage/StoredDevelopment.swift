import Foundation
import GRDB
import Stories

/// A development with everybody who reports it.
package struct StoredDevelopment: Sendable {
    /// One entry that reports it.
    package struct Source: Sendable {
        /// Number of the entry.
        package var entry: EntryNumber
        /// Name of the entry in an archive; nil for entries of feeds.
        package var externalID: String?
        package var outlet: String
        package var title: String
        package var url: String?
        package var language: String?
        package var published: Date?
        /// Its text is a copy of another entry's.
        package var isCopy: Bool
    }

    /// What was said when it opened.
    package var opening: Opening
    package var topic: String
    /// The entry that opened it.
    package var entry: EntryNumber
    /// When an alert or digest told of it; nil while none has.
    package var alertedAt: Date?
    package var isLate: Bool
    /// In order of arrival, the opener first.
    package var sources: [Source]

    /// Outlets that report it in words of their own; at least one.
    package var corroboration: Int {
        max(1, Set(sources.filter { !$0.isCopy }.map(\.outlet)).count)
    }

    static func fetch(_ database: Database, path: String) throws -> [StoredDevelopment] {
        try rows(database, where: "1", [], path: path)
    }

    static func fetch(_ database: Database, ids: [DevelopmentID], path: String) throws -> [StoredDevelopment] {
        guard !ids.isEmpty else { return [] }
        let list = try JSONText.encode(ids)
        return try rows(database, where: "id IN (SELECT value FROM json_each(?))", [list], path: path)
    }

    private static func rows(
        _ database: Database, where condition: String, _ arguments: StatementArguments, path: String
    ) throws -> [StoredDevelopment] {
        let sources = try database.cachedStatement(
            sql: """
                SELECT e.number, e.external_id, e.outlet, e.title, e.url, e.lang, e.published,
                    e.near_duplicate_of IS NOT NULL
                FROM development_entries d JOIN entries e ON e.number = d.entry
                WHERE d.development = ? ORDER BY d.entry
                """)
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, topic, kind, headline, confidence, why, entry, first_published, alerted_at, late
                FROM developments WHERE \(condition) ORDER BY first_published, id
                """, arguments: arguments)
        return try rows.map { row in
            guard let confidence = Confidence(rawValue: row["confidence"]) else {
                throw StorageError(code: .badValue, path: path, reason: "confidence \(row["confidence"] as String)")
            }
            let id: String = row["id"]
            return StoredDevelopment(
                opening: Opening(
                    id: DevelopmentID(rawValue: id), kind: row["kind"], headline: row["headline"],
                    firstPublished: Milliseconds.date(row["first_published"]), confidence: confidence,
                    why: row["why"]),
                topic: row["topic"], entry: EntryNumber(rawValue: row["entry"]),
                alertedAt: (row["alerted_at"] as Int64?).map(Milliseconds.date), isLate: row["late"],
                sources: try Row.fetchAll(sources, arguments: [id]).map(source))
        }
    }

    private static func source(_ row: Row) -> Source {
        Source(
            entry: EntryNumber(rawValue: row[0]), externalID: row[1], outlet: row[2], title: row[3], url: row[4],
            language: row[5], published: (row[6] as Int64?).map(Milliseconds.date), isCopy: row[7])
    }
}
