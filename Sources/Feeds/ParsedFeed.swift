/// What `FeedParser.finish()` hands back.
public struct ParsedFeed: Sendable, Hashable {
    /// The format found, nil when the document is no feed.
    public var format: FeedFormat?
    /// The document's own fields.
    public var feed: Feed
    /// Entries not yet handed out by `consume`, in document order.
    public var entries: [Entry]
    /// What was wrong and repaired, in document order, at most `FeedLimits.maxProblems`.
    public var problems: [FeedProblem]
    /// Set when the document is not a feed at all.
    public var error: FeedError?
    /// False when the document was cut, hit a limit or could not be used: validators must then be cleared.
    public var isComplete: Bool

    /// A result of the given parts.
    public init(
        format: FeedFormat? = nil, feed: Feed = Feed(), entries: [Entry] = [], problems: [FeedProblem] = [],
        error: FeedError? = nil, isComplete: Bool = false
    ) {
        self.format = format
        self.feed = feed
        self.entries = entries
        self.problems = problems
        self.error = error
        self.isComplete = isComplete
    }
}
