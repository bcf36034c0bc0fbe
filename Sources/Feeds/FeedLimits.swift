/// Bounds on what one document may cost. Beyond them the rest is left out and `isComplete` is false.
public struct FeedLimits: Sendable, Hashable {
    /// Entries per document.
    public var maxEntries = 10_000
    /// Bytes of UTF-8 in one field.
    public var maxFieldBytes = 1 << 20
    /// Levels of elements.
    public var maxDepth = 256
    /// Bytes of the decoded body.
    public var maxBodyBytes = 16 << 20
    /// Attributes read of one element.
    public var maxAttributes = 256
    /// Bytes that entities declared in the document may expand to, over the whole document.
    public var maxExpansionBytes = 1 << 20
    /// Problems kept; later ones are only counted by being left out.
    public var maxProblems = 100

    /// The limits for documents from the network.
    public static let standard = FeedLimits()

    /// Limits for a user's own files: no bound on entries or body, the rest as `standard`.
    public static let ownFile = {
        var limits = FeedLimits()
        limits.maxEntries = .max
        limits.maxBodyBytes = .max
        return limits
    }()

    /// The standard limits, to be changed.
    public init() {}
}
