import Foundation
import GRDB
import Scheduling

extension NewsStore {
    /// What is remembered of every feed that was ever polled, by address.
    package func feedRecords() throws -> [String: FeedRecord] {
        try read { database in
            var records: [String: FeedRecord] = [:]
            for row in try database.all(Self.feedColumns) {
                let record = try feedRecord(row)
                records[record.url] = record
            }
            return records
        }
    }

    /// Remembers the state of a feed's polling.
    package func saveSchedule(_ schedule: FeedSchedule, feed: String) throws {
        try ingest { try $0.saveSchedule(schedule, feed: feed) }
    }

    /// How many entries each feed has given since the database was made.
    package func entryCounts() throws -> [String: Int] {
        try read { database in
            var counts: [String: Int] = [:]
            for row in try database.all("SELECT url, entry_count FROM feeds") {
                counts[try row.decode(atIndex: 0)] = try row.decode(Int.self, atIndex: 1)
            }
            return counts
        }
    }

    private static let feedColumns =
        "SELECT url, schedule, etag, last_modified, body_hash, contacted_at, entry_count FROM feeds"

    private func feedRecord(_ row: Row) throws -> FeedRecord {
        let validators = StoredValidators(
            etag: try row.decode(atIndex: 2), lastModified: try row.decode(atIndex: 3),
            bodyHash: try row.decode(Int64?.self, atIndex: 4).map { UInt64(bitPattern: $0) })
        return FeedRecord(
            url: try row.decode(atIndex: 0),
            schedule: try row.decode(String?.self, atIndex: 1).map {
                try JSONText.decode(FeedSchedule.self, $0, path: path)
            },
            validators: validators == StoredValidators() ? nil : validators,
            contactedAt: try row.decode(Int64?.self, atIndex: 5).map(Milliseconds.date),
            entryCount: try row.decode(atIndex: 6))
    }
}
