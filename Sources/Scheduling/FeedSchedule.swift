import Foundation

/// Everything that is known about when to ask one feed. Storage keeps it over restarts.
package struct FeedSchedule: Sendable, Codable, Equatable {
    /// The feed's address as configured: its name everywhere.
    package let url: String
    /// Where it has permanently moved to, as its server said; requests start there.
    package var movedTo: String? { didSet { host = Self.host(of: address) } }
    /// The host that is asked: lower case, without port.
    package private(set) var host: String
    /// The interval that the configuration gives this feed; it is kept as it is.
    package var ownInterval: Duration?
    /// The interval in force.
    package var interval: Duration
    /// How it is doing.
    package var state: FeedState = .new
    /// When it was asked last.
    package var lastPoll: Date?
    /// When it is asked next; nil when only `ctl poll` asks it again.
    package var nextPoll: Date?
    /// Why then, as a sentence.
    package var nextPollReason: String
    /// Not before this, whoever asks: the end of a Retry-After.
    package var notBefore: Date?
    /// Failures in a row.
    package var failures = 0
    /// The status of the last answer.
    package var lastStatus: Int?
    /// Why the last poll failed; nil after a good one.
    package var lastError: String?
    /// Entries it has brought, over its whole life.
    package var entryCount = 0
    /// When it first gave a whole document.
    package var firstAnswer: Date?
    /// When it last brought something new.
    package var lastNews: Date?
    /// How often it brings something new.
    package var rhythm = FeedRhythm()
    /// Its own wish in the last document, see ``PollHints/timeToLive``.
    package var timeToLive: Duration?
    /// Its own wish in the last document, see ``PollHints/skipHours``.
    package var skipHours: Set<Int> = []

    /// A feed that has never been asked, due at `firstPoll`.
    package init(url: String, interval: Duration, ownInterval: Duration? = nil, firstPoll: Date) {
        self.url = url
        self.interval = ownInterval ?? interval
        self.ownInterval = ownInterval
        host = Self.host(of: url)
        nextPoll = firstPoll
        nextPollReason = "never asked yet"
    }

    /// Follows a clock that was set back by `seconds`: what lay ahead lies as far ahead as before.
    package mutating func turnBack(by seconds: TimeInterval) {
        lastPoll? -= seconds
        nextPoll? -= seconds
        notBefore? -= seconds
        firstAnswer? -= seconds
        lastNews? -= seconds
    }

    /// Where requests start: ``movedTo`` if it has moved, ``url`` otherwise.
    package var address: String { movedTo ?? url }

    /// The lower-case host name of `url` without credentials, port, brackets and final dot; the whole text if
    /// there is none, so that something unreadable still has a host of its own.
    package static func host(of url: String) -> String {
        let bytes = Array(url.utf8)
        var start = 0
        if let colon = firstIndex(of: "://", in: bytes) { start = colon + 3 }
        let end = bytes[start...].firstIndex {
            [UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0)
        }
        var authority = bytes[start..<(end ?? bytes.count)]
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) { authority = authority[(at + 1)...] }
        if authority.first == UInt8(ascii: "["), let close = authority.firstIndex(of: UInt8(ascii: "]")) {
            authority = authority[(authority.startIndex + 1)..<close]
        } else if let colon = authority.firstIndex(of: UInt8(ascii: ":")) {
            authority = authority[..<colon]
        }
        if authority.last == UInt8(ascii: ".") { authority.removeLast() }
        return authority.isEmpty ? url : String(decoding: authority, as: UTF8.self).lowercased()
    }

    private static func firstIndex(of needle: String, in bytes: [UInt8]) -> Int? {
        let needle = Array(needle.utf8)
        guard bytes.count >= needle.count else { return nil }
        return (0...(bytes.count - needle.count)).first {
            bytes[$0..<($0 + needle.count)].elementsEqual(needle)
        }
    }
}
