import Foundation
import Scheduling

/// What is remembered of a feed between runs.
package struct FeedRecord: Sendable {
    /// Address as configured; the key.
    package var url: String
    /// State of its polling; nil before the first poll.
    package var schedule: FeedSchedule?
    /// Validators of the last complete document; nil asks unconditionally.
    package var validators: StoredValidators?
    /// When its first document was taken in; nil before.
    package var contactedAt: Date?
    /// Entries stored from it since the database was made, revisions included.
    package var entryCount: Int
}
