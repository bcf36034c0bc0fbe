/// What is known of a document before its first byte.
package struct FeedResponseHead: Sendable, Equatable {
    /// 200 or 203.
    package var status: Int
    /// Where it came from, without credentials: the base of its relative links.
    package var effectiveURL: String
    /// The `Content-Type` field.
    package var contentType: String?

    /// What an answer's head says.
    package init(status: Int, effectiveURL: String, contentType: String?) {
        self.status = status
        self.effectiveURL = effectiveURL
        self.contentType = contentType
    }
}
