import Foundation
import GRDB
import Scheduling

extension NewsStore {
    /// What is remembered of every feed that was ever polled, by address.
    package func feedRecords() throws -> [String: FeedRecord] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT url, schedule, etag, last_modified, body_hash, contacted_at FROM feeds")
            var records: [String: FeedRecord] = [:]
            for row in rows {
                let url: String = row[0]
                let validators = StoredValidators(
                    etag: row[2], lastModified: row[3], bodyHash: (row[4] as Int64?).map { UInt64(bitPattern: $0) })
                records[url] = FeedRecord(
                    url: url,
                    schedule: try (row[1] as String?).map {
                        try JSONText.decode(FeedSchedule.self, $0, path: path)
                    },
                    validators: validators == StoredValidators() ? nil : validators,
                    contactedAt: (row[5] as Int64?).map(Milliseconds.date))
            }
            return records
        }
    }

    /// Remembers the state of a feed's polling.
    package func saveSchedule(_ schedule: FeedSchedule, feed: String) throws {
        let text = try JSONText.encode(schedule)
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO feeds (url, schedule) VALUES (?, ?)
                    ON CONFLICT (url) DO UPDATE SET schedule = excluded.schedule
                    """, arguments: [feed, text])
        }
    }
}
