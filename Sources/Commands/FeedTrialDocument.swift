import Daemon
import Feeds
import Fetching
import Foundation
import Settings

/// What `newswatch feeds test --json` prints.
struct FeedTrialDocument: Encodable {
    /// Entries shown.
    static let maxEntries = 5

    struct EntryFields: Encodable {
        var link: String?
        var published: Date?
        var title: String?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(link, forKey: .link)
            try container.encode(published, forKey: .published)
            try container.encode(title, forKey: .title)
        }

        private enum Key: CodingKey {
            case link, published, title
        }
    }

    struct Problem: Encodable {
        var code: String
        var column: Int
        var line: Int
        var message: String
    }

    var answeredFrom: String?
    var bytes: Int?
    var contentType: String?
    var entries: [EntryFields] = []
    var entryCount: Int?
    var error: String?
    var etag: String?
    var format: String?
    var lastModified: String?
    var movedTo: String?
    var nextPollReason: String
    var nextPollSeconds: Int?
    var problems: [Problem] = []
    var seconds: Double
    var status: Int?
    var title: String?
    var url: String

    init(_ feed: ConfiguredFeed, _ trial: FeedTrial) {
        url = feed.url
        status = trial.outcome.status
        seconds = trial.elapsed / .seconds(1)
        error = trial.failure
        nextPollReason = trial.nextPollReason
        nextPollSeconds = trial.nextPoll.map { Int(($0 / .seconds(1)).rounded()) }
        if let document = trial.document {
            answeredFrom = document.effectiveURL
            bytes = document.bytes
            contentType = document.contentType
            etag = document.validators.etag
            lastModified = document.validators.lastModified
            movedTo = document.permanentlyMovedTo
        }
        // What is no feed has no faults as one.
        guard let parsed = trial.parsed, parsed.error == nil else { return }
        problems = parsed.problems.map {
            Problem(code: $0.code, column: $0.column, line: $0.line, message: $0.message)
        }
        format = parsed.format?.rawValue
        title = FeedProbe.title(of: parsed.feed)
        entryCount = parsed.entries.count
        entries = Self.newest(parsed.entries).map {
            EntryFields(
                link: $0.link, published: $0.published ?? $0.updated,
                title: $0.title.map { PrintableText.line($0.plainText) })
        }
    }

    /// The newest first; those without a date last, in the feed's order.
    private static func newest(_ entries: [Entry]) -> [Entry] {
        func date(_ entry: Entry) -> Date { entry.published ?? entry.updated ?? .distantPast }
        return entries.enumerated()
            .sorted { (date($1.element), $0.offset) < (date($0.element), $1.offset) }
            .prefix(maxEntries).map(\.element)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(answeredFrom, forKey: .answeredFrom)
        try container.encode(bytes, forKey: .bytes)
        try container.encode(contentType, forKey: .contentType)
        try container.encode(entries, forKey: .entries)
        try container.encode(entryCount, forKey: .entryCount)
        try container.encode(error, forKey: .error)
        try container.encode(etag, forKey: .etag)
        try container.encode(format, forKey: .format)
        try container.encode(lastModified, forKey: .lastModified)
        try container.encode(movedTo, forKey: .movedTo)
        try container.encode(nextPollReason, forKey: .nextPollReason)
        try container.encode(nextPollSeconds, forKey: .nextPollSeconds)
        try container.encode(problems, forKey: .problems)
        try container.encode(seconds, forKey: .seconds)
        try container.encode(status, forKey: .status)
        try container.encode(title, forKey: .title)
        try container.encode(url, forKey: .url)
    }

    private enum Key: String, CodingKey {
        case bytes, entries, error, etag, format, problems, seconds, status, title, url
        case answeredFrom = "answered_from"
        case contentType = "content_type"
        case entryCount = "entry_count"
        case lastModified = "last_modified"
        case movedTo = "moved_to"
        case nextPollReason = "next_poll_reason"
        case nextPollSeconds = "next_poll_seconds"
    }
}
