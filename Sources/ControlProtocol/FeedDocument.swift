import Foundation

/// One feed as `ctl feeds` shows it. Every key is always written; what is not known yet is null.
package struct FeedDocument: Codable, Sendable, Equatable {
    package var url: String
    package var name: String?
    /// `new`, `healthy`, `failing`, `silent` or `gone`.
    package var state: String
    /// The last HTTP status, nil before the first answer.
    package var lastStatus: Int?
    package var lastPoll: Date?
    package var nextPoll: Date?
    /// Why the next poll is when it is, as a sentence.
    package var nextPollReason: String?
    package var entryCount: Int
    /// Failures in a row; 0 after a success.
    package var failures: Int
    package var lastError: String?

    /// A feed's schedule and health at one moment.
    package init(
        url: String, name: String?, state: String, lastStatus: Int?, lastPoll: Date?, nextPoll: Date?,
        nextPollReason: String?, entryCount: Int, failures: Int, lastError: String?
    ) {
        self.url = url
        self.name = name
        self.state = state
        self.lastStatus = lastStatus
        self.lastPoll = lastPoll
        self.nextPoll = nextPoll
        self.nextPollReason = nextPollReason
        self.entryCount = entryCount
        self.failures = failures
        self.lastError = lastError
    }

    private enum CodingKeys: String, CodingKey {
        case url, name, state
        case lastStatus = "last_status"
        case lastPoll = "last_poll"
        case nextPoll = "next_poll"
        case nextPollReason = "next_poll_reason"
        case entryCount = "entry_count"
        case failures
        case lastError = "last_error"
    }

    /// Written by hand so that unknown values appear as null instead of missing keys.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(url, forKey: .url)
        try container.encode(name, forKey: .name)
        try container.encode(state, forKey: .state)
        try container.encode(lastStatus, forKey: .lastStatus)
        try container.encode(lastPoll, forKey: .lastPoll)
        try container.encode(nextPoll, forKey: .nextPoll)
        try container.encode(nextPollReason, forKey: .nextPollReason)
        try container.encode(entryCount, forKey: .entryCount)
        try container.encode(failures, forKey: .failures)
        try container.encode(lastError, forKey: .lastError)
    }
}
