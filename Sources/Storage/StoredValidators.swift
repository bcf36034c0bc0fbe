/// What a feed's last complete answer gave for asking conditionally, byte for byte as received.
package struct StoredValidators: Sendable, Hashable {
    /// `ETag`.
    package var etag: String?
    /// `Last-Modified`.
    package var lastModified: String?
    /// Hash of the decoded body, for servers that send neither.
    package var bodyHash: UInt64?

    /// All parts.
    package init(etag: String? = nil, lastModified: String? = nil, bodyHash: UInt64? = nil) {
        self.etag = etag
        self.lastModified = lastModified
        self.bodyHash = bodyHash
    }
}
