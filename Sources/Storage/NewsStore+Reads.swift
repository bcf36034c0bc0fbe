import Foundation
import GRDB
import Stories

/// What control, timeline and explanation read.
extension NewsStore {
    /// Totals since the database was made; of deliveries, those that stand so now.
    package struct Counts: Sendable, Equatable {
        /// Entries, revisions included.
        package var entries: Int
        /// Entries that are the same again in another feed, or copy another entry's text.
        package var duplicates: Int
        /// Developments opened.
        package var developments: Int
        /// Deliveries that wait for an attempt.
        package var pendingDeliveries: Int
        /// Deliveries that were given up.
        package var failedDeliveries: Int

        /// All parts; an empty database has none of anything.
        package init(
            entries: Int = 0, duplicates: Int = 0, developments: Int = 0, pendingDeliveries: Int = 0,
            failedDeliveries: Int = 0
        ) {
            self.entries = entries
            self.duplicates = duplicates
            self.developments = developments
            self.pendingDeliveries = pendingDeliveries
            self.failedDeliveries = failedDeliveries
        }
    }

    /// Totals since the database was made. Kept by triggers: the cost does not grow with the database.
    package func counts() throws -> Counts {
        try read { database in
            var values: [String: Int] = [:]
            for row in try database.all("SELECT name, value FROM counters") {
                values[try row.decode(atIndex: 0)] = try row.decode(Int.self, atIndex: 1)
            }
            return Counts(
                entries: values["entries", default: 0], duplicates: values["duplicates", default: 0],
                developments: values["developments", default: 0],
                pendingDeliveries: values["pending", default: 0],
                failedDeliveries: values["failed", default: 0])
        }
    }

    /// When the newest entry was seen; nil when there is none.
    package func newestEntryTime() throws -> Date? {
        try read {
            try $0.integer("SELECT observed FROM entries ORDER BY number DESC LIMIT 1").map(Milliseconds.date)
        }
    }

    /// Developments in the order in which they happened: all, those of one topic, the newest `limit`.
    package func developments(topic: String? = nil, limit: Int? = nil) throws -> [StoredDevelopment] {
        try read { try StoredDevelopment.fetch($0, topic: topic, limit: limit) }
    }

    /// What was decided on an entry and why. `name` is its number (`12` or `entry_12`), its id in an archive,
    /// its guid or its address; the newest that answers to it, nil when none does.
    package func explanation(of name: String) throws -> EntryExplanation? {
        try read { try EntryExplanation.fetch($0, name: name, path: path) }
    }
}
