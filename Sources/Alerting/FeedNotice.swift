import Foundation

/// A turn in the life of a feed that somebody should know of.
package struct FeedNotice: Sendable, Hashable, Codable {
    /// Which turn.
    package enum Event: String, Sendable, Codable, CaseIterable {
        case broken, recovered, gone, moved, silent

        /// The type of the alert that tells of it.
        package var alertType: AlertType {
            switch self {
            case .broken: .feedBroken
            case .recovered: .feedRecovered
            case .gone: .feedGone
            case .moved: .feedMoved
            case .silent: .feedSilent
            }
        }
    }

    /// Which turn.
    package var event: Event
    /// Address of the feed, as configured.
    package var feed: String
    /// Its name, where it has one.
    package var name: String?
    /// One sentence on what is wrong, or is well again.
    package var message: String
    /// Where it moved to.
    package var movedTo: String?
    /// When it last brought something new before this turn; nil where it never had.
    package var lastNews: Date?

    /// All parts.
    package init(
        event: Event, feed: String, name: String?, message: String, movedTo: String? = nil,
        lastNews: Date? = nil
    ) {
        self.event = event
        self.feed = feed
        self.name = name
        self.message = message
        self.movedTo = movedTo
        self.lastNews = lastNews
    }

    private enum CodingKeys: String, CodingKey {
        case event, feed, name, message
        case movedTo = "moved_to"
        case lastNews = "last_news"
    }
}
