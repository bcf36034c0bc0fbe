import FoundationEssentials

/// One item of a feed, as the feed gave it.
public struct Entry: Sendable, Hashable {
    /// Atom id, RSS guid or JSON Feed id, as given; unique only within its feed.
    public var id: String?
    /// The headline.
    public var title: FeedText?
    /// The page the entry is about; absolute where a base is known.
    public var link: String?
    /// When it was first published (pubDate, issued, published, dc:date, else created).
    public var published: Date?
    /// When it was last changed (updated, modified).
    public var updated: Date?
    /// A short form (description, summary).
    public var summary: FeedText?
    /// The full form (content, content:encoded, content_html, content_text).
    public var content: FeedText?
    /// Name of the first author, else the e-mail address.
    public var author: String?
    /// Language the entry or its feed declares, BCP 47 as given.
    public var language: String?

    /// An entry of the given fields.
    public init(
        id: String? = nil, title: FeedText? = nil, link: String? = nil, published: Date? = nil,
        updated: Date? = nil, summary: FeedText? = nil, content: FeedText? = nil, author: String? = nil,
        language: String? = nil
    ) {
        self.id = id
        self.title = title
        self.link = link
        self.published = published
        self.updated = updated
        self.summary = summary
        self.content = content
        self.author = author
        self.language = language
    }
}
