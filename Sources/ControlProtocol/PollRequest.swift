/// The body of `POST /api/v1/poll`; an empty body asks for all feeds.
package struct PollRequest: Codable, Sendable, Equatable {
    /// The URL or the configured name of one feed; nil asks for all feeds.
    package var feed: String?

    /// Asks for one feed, or for all.
    package init(feed: String?) {
        self.feed = feed
    }

    /// Refuses unknown keys and an empty feed: a misspelt key must not turn one feed into all feeds.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        try container.refuseKeys(except: [Self.feedKey.stringValue])
        feed = try container.decodeIfPresent(String.self, forKey: Self.feedKey)
        if feed?.isEmpty == true {
            throw DecodingError.dataCorruptedError(
                forKey: Self.feedKey, in: container, debugDescription: "must not be empty")
        }
    }

    /// Writes no key for “all feeds”.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: AnyKey.self)
        try container.encodeIfPresent(feed, forKey: Self.feedKey)
    }

    private static let feedKey = AnyKey("feed")
}
