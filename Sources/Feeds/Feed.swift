import FoundationEssentials

/// What a document says about itself, apart from its entries.
public struct Feed: Sendable, Hashable {
    /// Name of the feed, as plain text or HTML as given.
    public var title: String?
    /// The site's page; absolute where a base is known.
    public var link: String?
    /// updated, lastBuildDate, else pubDate or dc:date.
    public var updated: Date?
    /// Declared language, BCP 47 as given.
    public var language: String?
    /// How long the feed asks not to be polled again (RSS `ttl`, `sy:updatePeriod` ÷ `sy:updateFrequency`).
    public var timeToLive: Duration?
    /// Hours of the day, 0…23 GMT, in which the feed asks not to be polled (RSS `skipHours`).
    public var skipHours: Set<Int>

    /// A feed of the given fields.
    public init(
        title: String? = nil, link: String? = nil, updated: Date? = nil, language: String? = nil,
        timeToLive: Duration? = nil, skipHours: Set<Int> = []
    ) {
        self.title = title
        self.link = link
        self.updated = updated
        self.language = language
        self.timeToLive = timeToLive
        self.skipHours = skipHours
    }
}
