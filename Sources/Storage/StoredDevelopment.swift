import Foundation
import GRDB
import Stories

/// A development with everybody who reports it.
package struct StoredDevelopment: Sendable {
    /// An entry that reports it.
    package struct Report: Sendable, Hashable {
        /// Number of the entry.
        package var entry: EntryNumber
        /// Name of the entry in an archive; nil for entries of feeds.
        package var externalID: String?
    }

    /// How what was told of it stands.
    package enum Standing: String, Sendable {
        /// As it was told.
        case told
        /// Nothing more of it is told.
        case muted
        /// It was taken back.
        case retracted
    }

    /// What one outlet wrote about it, as it was first seen.
    package struct Source: Sendable, Hashable {
        /// Number of the entry.
        package var entry: EntryNumber
        /// Name of the entry in an archive; nil for entries of feeds.
        package var externalID: String?
        /// Registrable domain, or the source's name.
        package var outlet: String
        /// Title there.
        package var title: String
        /// Address of the article.
        package var url: String?
        /// BCP 47, as declared.
        package var language: String?
        /// When the outlet says it published.
        package var published: Date?
        /// Its text is a copy of another entry's.
        package var isCopy: Bool
    }

    /// What was said when it opened.
    package var opening: Opening
    /// `TopicProfile.id`.
    package var topic: String
    /// The entry that opened it.
    package var entry: EntryNumber
    /// When the entry that opened it was seen.
    package var openedAt: Date
    /// When an alert or digest first told of it; nil while none has.
    package var alertedAt: Date?
    /// It happened while nobody was watching.
    package var isLate: Bool
    /// Whether an operator has muted or retracted it.
    package var standing: Standing
    /// The development that it turned out to be the same as, whose entries are its own.
    package var mergedInto: DevelopmentID?
    /// Every entry that reports it, copies and revisions too, in order of arrival.
    package var entries: [Report]
    /// In order of arrival, the opener first; revisions of an article by the same outlet are left out.
    package var sources: [Source]

    /// Independent outlets: those that report it in words of their own; at least one.
    package var corroboration: Int { corroboration(without: nil) }

    /// As `corroboration`, if the entry were not there.
    package func corroboration(without entry: EntryNumber?) -> Int {
        max(1, Set(sources.filter { !$0.isCopy && $0.entry != entry }.map(\.outlet)).count)
    }

    static func fetch(_ database: Database, topic: String?, limit: Int?) throws -> [StoredDevelopment] {
        let named = topic == nil ? "1" : "topic = (SELECT id FROM topics WHERE name = ?)"
        let condition = "merged_into IS NULL AND \(named)"
        let arguments = StatementArguments(topic.map { [$0.storable] } ?? [])
        return try rows(
            database, where: "\(condition) ORDER BY first_published DESC, id DESC LIMIT ?",
            arguments + [limit.map { max(0, $0) } ?? -1])
    }

    static func fetch(_ database: Database, ids: [DevelopmentID]) throws -> [StoredDevelopment] {
        guard !ids.isEmpty else { return [] }
        return try rows(
            database, where: "id IN (SELECT value FROM json_each(?)) ORDER BY first_published DESC, id DESC",
            [try JSONText.encode(ids)])
    }

    /// In the order in which they were opened.
    static func fetch(_ database: Database, numbers: ClosedRange<Int64>) throws -> [StoredDevelopment] {
        try rows(
            database, where: "number BETWEEN ? AND ? ORDER BY number DESC",
            [numbers.lowerBound, numbers.upperBound])
    }

    private static func rows(
        _ database: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> [StoredDevelopment] {
        let rows = try database.all(
            """
            SELECT id, (SELECT name FROM topics t WHERE t.id = d.topic), kind, headline, confidence, why, entry,
                first_published, opened_at, alerted_at, late, number, gloss, standing,
                (SELECT m.id FROM developments m WHERE m.number = d.merged_into)
            FROM developments d WHERE \(condition)
            """, arguments)
        return try rows.reversed().map { row in
            var development = StoredDevelopment(
                opening: try opening(row, gloss: try row.decode(atIndex: 12)),
                topic: try row.decode(atIndex: 1),
                entry: EntryNumber(rawValue: try row.decode(atIndex: 6)),
                openedAt: Milliseconds.date(try row.decode(atIndex: 8)),
                alertedAt: try row.decode(Int64?.self, atIndex: 9).map(Milliseconds.date),
                isLate: try row.decode(atIndex: 10), standing: try standing(row),
                mergedInto: try row.decode(String?.self, atIndex: 14).map(DevelopmentID.init(rawValue:)),
                entries: [], sources: [])
            try development.readReports(database, number: try row.decode(atIndex: 11))
            return development
        }
    }

    private static func standing(_ row: Row) throws -> Standing {
        // The table's CHECK lets no other word in.
        Standing(rawValue: try row.decode(atIndex: 13)) ?? .told
    }

    /// The opening of a row whose columns begin with id, topic, kind, headline, confidence, why, entry,
    /// first_published.
    static func opening(_ row: Row, gloss: String? = nil) throws -> Opening {
        // The table's CHECK lets no other word in.
        let confidence = Confidence(rawValue: try row.decode(atIndex: 4)) ?? .low
        return Opening(
            id: DevelopmentID(rawValue: try row.decode(atIndex: 0)), kind: try row.decode(atIndex: 2),
            headline: try row.decode(atIndex: 3), gloss: gloss,
            firstPublished: Milliseconds.date(try row.decode(atIndex: 7)),
            confidence: confidence, why: try row.decode(atIndex: 5))
    }

    private struct Article: Hashable {
        var root: Int64
        var outlet: String
    }

    private mutating func readReports(_ database: Database, number: Int64) throws {
        var seen: Set<Article> = []
        let rows = try database.all(
            """
            SELECT e.number, e.external_id, e.outlet, e.title, e.url, e.lang, e.published, d.is_copy, e.root
            FROM development_entries d JOIN entries e ON e.number = d.entry
            WHERE d.development = ? ORDER BY d.entry
            """, [number])
        for row in rows {
            let source = Source(
                entry: EntryNumber(rawValue: try row.decode(atIndex: 0)),
                externalID: try row.decode(atIndex: 1),
                outlet: try row.decode(atIndex: 2), title: try row.decode(atIndex: 3),
                url: try row.decode(atIndex: 4), language: try row.decode(atIndex: 5),
                published: try row.decode(Int64?.self, atIndex: 6).map(Milliseconds.date),
                isCopy: try row.decode(atIndex: 7))
            entries.append(Report(entry: source.entry, externalID: source.externalID))
            if seen.insert(Article(root: try row.decode(atIndex: 8), outlet: source.outlet)).inserted {
                sources.append(source)
            }
        }
    }
}
