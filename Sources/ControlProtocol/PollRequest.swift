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
        let container = try decoder.container(keyedBy: Key.self)
        for key in container.allKeys where key.stringValue != Key.feed.stringValue {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: container, debugDescription: "unknown key")
        }
        feed = try container.decodeIfPresent(String.self, forKey: .feed)
        if feed?.isEmpty == true {
            throw DecodingError.dataCorruptedError(
                forKey: .feed, in: container, debugDescription: "must not be empty")
        }
    }

    /// Writes no key for “all feeds”.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encodeIfPresent(feed, forKey: .feed)
    }

    /// Any key, so that unknown ones are seen.
    private struct Key: CodingKey {
        static let feed = Key("feed")

        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) {
            stringValue = name
        }

        init?(stringValue: String) {
            self.init(stringValue)
        }

        init?(intValue: Int) {
            return nil
        }
    }
}
