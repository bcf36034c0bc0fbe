import Foundation
import GRDB
import Stories

/// Everything that users know of the database, in parts: entries with their decisions in order of arrival, then
/// the developments. All parts show the database as it was when the export began; writers go on meanwhile.
///
/// The journal cannot be cut back while an export of a database in use is held.
package actor NewsExport {
    /// An entry as it is stored.
    package struct Entry: Sendable {
        /// Its number.
        package var number: EntryNumber
        /// The first entry of the same identity; itself unless it is a revision.
        package var first: EntryNumber
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
        /// Plain text; nil once it was pruned.
        package var text: String?
        /// When the entry says it was published.
        package var published: Date?
        /// When it was first seen here.
        package var observed: Date
        /// The same again as an entry stored before.
        package var isDuplicate: Bool
        /// The entry whose text it copies.
        package var nearDuplicateOf: EntryNumber?
        /// The entry of the same identity that it revises.
        package var revisionOf: EntryNumber?
        /// By topic.
        package var decisions: [Decision]
    }

    /// What comes next; never empty.
    package enum Part: Sendable {
        case entries([Entry])
        case developments([StoredDevelopment])
    }

    private enum Position {
        case entries(after: Int64)
        case developments(after: Int64)
        case end
    }

    /// A part of entries ends with the one that makes its texts this long, in bytes.
    private static let partBytes = 256 << 10
    /// A part has this many entries at most.
    private static let partEntries = 500
    /// Developments in a part, each with its sources.
    private static let partDevelopments = 50

    private let reader: any DatabaseReader
    private let path: String
    private var position = Position.entries(after: 0)

    init(_ reader: any DatabaseReader, path: String) {
        self.reader = reader
        self.path = path
    }

    /// The next part; nil when all were given. Throws a `StorageError`, or `CancellationError`.
    package func next() async throws -> Part? {
        switch position {
        case .entries(let last):
            let entries = try await read { [path] in try Self.entries($0, after: last, path: path) }
            guard let newest = entries.last?.number else {
                position = .developments(after: 0)
                return try await next()
            }
            position = .entries(after: newest.rawValue)
            return .entries(entries)
        case .developments(let last):
            let numbers = try await read {
                try Int64.fetchAll(
                    $0, sql: "SELECT number FROM developments WHERE number > ? ORDER BY number LIMIT ?",
                    arguments: [last, Self.partDevelopments])
            }
            guard let first = numbers.first, let newest = numbers.last else {
                position = .end
                return nil
            }
            position = .developments(after: newest)
            return .developments(try await read { try StoredDevelopment.fetch($0, numbers: first...newest) })
        case .end:
            return nil
        }
    }

    private func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        do {
            return try await reader.read(body)
        } catch let error as DatabaseError {
            throw StorageError(error, path: path)
        } catch let error as RowDecodingError {
            throw StorageError(error, path: path)
        }
    }

    private static func entries(_ database: Database, after last: Int64, path: String) throws -> [Entry] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT e.number, e.root, e.external_id, f.url, e.guid, e.outlet, e.url, e.lang, e.title, t.text,
                    e.published, e.observed, e.is_duplicate, e.near_duplicate_of, e.revision_of
                FROM entries e JOIN feeds f ON f.id = e.feed LEFT JOIN texts t ON t.entry = e.number
                WHERE e.number > ? ORDER BY e.number LIMIT ?
                """, arguments: [last, partEntries])
        var entries: [Entry] = []
        var bytes = 0
        while bytes < partBytes, let row = try rows.next() {
            let entry = try entry(row, in: database, path: path)
            bytes += entry.title.utf8.count + (entry.text?.utf8.count ?? 0)
            entries.append(entry)
        }
        return entries
    }

    private static func entry(_ row: Row, in database: Database, path: String) throws -> Entry {
        let number: Int64 = try row.decode(atIndex: 0)
        return Entry(
            number: EntryNumber(rawValue: number), first: EntryNumber(rawValue: try row.decode(atIndex: 1)),
            externalID: try row.decode(atIndex: 2), feed: try row.decode(atIndex: 3),
            guid: try row.decode(atIndex: 4), outlet: try row.decode(atIndex: 5),
            url: try row.decode(atIndex: 6), language: try row.decode(atIndex: 7),
            title: try row.decode(atIndex: 8), text: try row.decode(atIndex: 9),
            published: try row.decode(Int64?.self, atIndex: 10).map(Milliseconds.date),
            observed: Milliseconds.date(try row.decode(atIndex: 11)),
            isDuplicate: try row.decode(atIndex: 12),
            nearDuplicateOf: try row.decode(Int64?.self, atIndex: 13).map(EntryNumber.init(rawValue:)),
            revisionOf: try row.decode(Int64?.self, atIndex: 14).map(EntryNumber.init(rawValue:)),
            decisions: try EntryExplanation.decisions(database, number: number, path: path))
    }
}

extension NewsStore {
    /// Begins an export of the database as it is now.
    package func export() throws -> NewsExport {
        guard let pool = database as? DatabasePool else {
            // In memory, or read under the daemon's lock: nobody writes meanwhile.
            return NewsExport(database, path: path)
        }
        do {
            return NewsExport(try pool.makeSnapshot(), path: path)
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// `PRAGMA user_version`: which schema the database has.
    package func schemaVersion() throws -> Int {
        Int(try read { try $0.integer("PRAGMA user_version") ?? 0 })
    }
}
