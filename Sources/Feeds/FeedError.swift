/// Why a document gave no feed.
public enum FeedError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No bytes, or only white space.
    case empty
    /// Readable, but none of the known formats; says what was found instead.
    case notAFeed(String)
    /// JSON that could not be read; says why.
    case invalidJSON(String)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .empty: "the document is empty"
        case .notAFeed(let found): "not a feed: \(found)"
        case .invalidJSON(let reason): "JSON that cannot be read: \(reason)"
        }
    }
}
