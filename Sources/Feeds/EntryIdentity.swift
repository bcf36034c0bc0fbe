/// What makes an entry the same entry when it is seen again.
public struct EntryIdentity: Sendable, Hashable, Codable {
    /// Guid as given, unique only within its feed.
    public var guid: String?
    /// `CanonicalURL.canonical` of the link.
    public var canonicalURL: String?
    /// Fixed 64-bit hash of the folded plain title and plain text; the same in every process and release.
    public var contentHash: UInt64

    /// An identity of known parts.
    public init(guid: String?, canonicalURL: String?, contentHash: UInt64) {
        self.guid = guid
        self.canonicalURL = canonicalURL
        self.contentHash = contentHash
    }

    /// The identity of an entry as read.
    public init(entry: Entry) {
        self.init(
            guid: entry.id, canonicalURL: entry.link.flatMap(CanonicalURL.canonical),
            contentHash: ContentHash.hash(
                title: entry.title?.plainText ?? "",
                text: (entry.content ?? entry.summary)?.plainText ?? ""))
    }
}
