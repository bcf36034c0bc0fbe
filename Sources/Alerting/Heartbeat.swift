import Foundation

/// Nothing new, and somebody still watches: what tells silence from a fault.
package struct Heartbeat: Sendable, Hashable, Codable {
    /// When the sink was last sent something else, or the watch began.
    package var since: Date
    /// Feeds that are watched.
    package var feeds: Int
    /// Of these, those that answer as they should.
    package var healthyFeeds: Int
    /// When the newest entry came in; nil when none ever has.
    package var lastEntry: Date?
    /// Whether polling is paused.
    package var isPaused: Bool

    /// All parts.
    package init(since: Date, feeds: Int, healthyFeeds: Int, lastEntry: Date?, isPaused: Bool) {
        self.since = since
        self.feeds = feeds
        self.healthyFeeds = healthyFeeds
        self.lastEntry = lastEntry
        self.isPaused = isPaused
    }

    private enum CodingKeys: String, CodingKey {
        case since, feeds
        case healthyFeeds = "healthy_feeds"
        case lastEntry = "last_entry"
        case isPaused = "paused"
    }

    /// For people.
    package var sentence: String {
        let watch = isPaused ? "polling is paused" : "still watching"
        let feeds = "\(healthyFeeds) of \(feeds) \(feeds == 1 ? "feed" : "feeds") healthy"
        let entry = lastEntry.map { "last entry at \(Timestamp.text($0))" } ?? "no entry yet"
        return "Nothing new since \(Timestamp.text(since)): \(watch), \(feeds), \(entry)."
    }
}
