import Foundation
import GRDB
import Scheduling

extension IngestTransaction {
    /// Remembers the validators of a complete document.
    package func storeValidators(_ validators: StoredValidators, feed: String) throws {
        try setValidators(validators, feed: feed)
    }

    /// Makes the next poll of `feed` unconditional.
    package func clearValidators(feed: String) throws {
        try setValidators(StoredValidators(), feed: feed)
    }

    private func setValidators(_ validators: StoredValidators, feed: String) throws {
        try database.run(
            "UPDATE feeds SET etag = ?, last_modified = ?, body_hash = ? WHERE id = ?",
            [
                validators.etag?.storable, validators.lastModified?.storable,
                validators.bodyHash.map { Int64(bitPattern: $0) }, try feedID(feed),
            ])
    }

    /// Remembers that a first document of `feed` was taken in; later ones change nothing.
    package func markContacted(feed: String, at time: Date) throws {
        try database.run(
            "UPDATE feeds SET contacted_at = ? WHERE id = ? AND contacted_at IS NULL",
            [Milliseconds.of(time), try feedID(feed)])
    }

    /// Remembers the state of a feed's polling, together with what the poll brought.
    package func saveSchedule(_ schedule: FeedSchedule, feed: String) throws {
        try database.run(
            "UPDATE feeds SET schedule = ? WHERE id = ?", [try JSONText.encode(schedule), try feedID(feed)])
    }
}
