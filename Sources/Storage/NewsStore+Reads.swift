import Foundation
import GRDB
import Stories

/// What control, timeline and explanation read.
extension NewsStore {
    /// Totals since the database was made.
    package struct Counts: Sendable, Equatable {
        package var entries: Int
        /// Entries that are the same again in another feed, or copy another entry's text.
        package var duplicates: Int
        package var developments: Int
        package var pendingDeliveries: Int
        package var failedDeliveries: Int
    }

    /// Totals since the database was made.
    package func counts() throws -> Counts {
        try read { database in
            func count(_ sql: String) throws -> Int { try Int.fetchOne(database, sql: sql) ?? 0 }
            return Counts(
                entries: try count("SELECT count(*) FROM entries"),
                duplicates: try count(
                    "SELECT count(*) FROM entries WHERE near_duplicate_of IS NOT NULL OR is_duplicate"),
                developments: try count("SELECT count(*) FROM developments"),
                pendingDeliveries: try count("SELECT count(*) FROM deliveries WHERE state = 'pending'"),
                failedDeliveries: try count("SELECT count(*) FROM deliveries WHERE state = 'failed'"))
        }
    }

    /// All developments, oldest first.
    package func developments() throws -> [StoredDevelopment] {
        try read { try StoredDevelopment.fetch($0, path: path) }
    }

    /// How many entries each feed has given.
    package func entryCounts() throws -> [String: Int] {
        try read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT feed, count(*) FROM entries GROUP BY feed")
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as Int) })
        }
    }

    /// How far the topic's digest has come.
    package func introduction(topic: String) throws -> Introduction {
        try read { try IngestTransaction(database: $0, path: path).introduction(topic: topic) }
    }
}
