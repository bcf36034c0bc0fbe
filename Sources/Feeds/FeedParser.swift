/// Push parser for one document: give it the bytes as they come, take the entries as they finish.
///
/// A value with one owner; not to be used after `finish()`.
public struct FeedParser: Sendable {
    /// A parser for one transfer. `contentType` is the HTTP header's value, `baseURL` the address of the document.
    public init(contentType: String? = nil, baseURL: String? = nil, limits: FeedLimits = .standard) {}

    /// Reads on and returns the entries completed by these bytes.
    public mutating func consume(_ bytes: [UInt8]) -> [Entry] { [] }

    /// Ends the document and returns the entries not handed out yet, with the feed's own fields.
    public mutating func finish() -> ParsedFeed { ParsedFeed() }
}

/// Reads a whole document at once; `entries` holds all of them.
public func parseFeed(
    _ bytes: [UInt8], contentType: String? = nil, baseURL: String? = nil, limits: FeedLimits = .standard
) -> ParsedFeed {
    var parser = FeedParser(contentType: contentType, baseURL: baseURL, limits: limits)
    let first = parser.consume(bytes)
    var parsed = parser.finish()
    parsed.entries.insert(contentsOf: first, at: 0)
    return parsed
}
