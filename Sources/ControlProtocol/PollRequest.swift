/// The body of `POST /api/v1/poll`; an empty body asks for all feeds.
package struct PollRequest: Codable, Sendable, Equatable {
    /// The URL or the configured name of one feed; nil asks for all feeds.
    package var feed: String?

    /// Asks for one feed, or for all.
    package init(feed: String?) {
        self.feed = feed
    }
}
