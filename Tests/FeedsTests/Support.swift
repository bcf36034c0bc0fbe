import Feeds
import Foundation

/// Reads a document given as text.
func parse(_ text: String, baseURL: String? = nil, limits: FeedLimits = .standard) -> ParsedFeed {
    parseFeed(Array(text.utf8), baseURL: baseURL, limits: limits)
}

/// Reads a document in chunks; `entries` holds all of them.
func parse(_ bytes: [UInt8], chunk: Int, limits: FeedLimits = .standard) -> ParsedFeed {
    var parser = FeedParser(limits: limits)
    var entries: [Entry] = []
    for start in stride(from: 0, to: bytes.count, by: chunk) {
        entries += parser.consume(Array(bytes[start..<min(bytes.count, start + chunk)]))
    }
    var parsed = parser.finish()
    parsed.entries = entries + parsed.entries
    return parsed
}

/// An RSS 2.0 document around items.
func rss(_ items: String, channel: String = "") -> String {
    "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>T</title>\(channel)\(items)</channel></rss>"
}

/// The date of an ISO 8601 text in UTC.
func instant(_ text: String) -> Date? { try? Date(text, strategy: .iso8601) }
