/// A document that was received, whole or in part.
package struct FetchedDocument: Sendable, Equatable {
    /// The last answer's status.
    package var status: Int
    /// Where it came from, without credentials.
    package var effectiveURL: String
    /// The `Content-Type` field.
    package var contentType: String?
    /// What the next poll may send: to be kept only when the document is whole *and* was wholly read.
    package var validators: Validators
    /// Decoded bytes.
    package var bytes: Int
    /// The decoded body, unless it was handed on in chunks.
    package var body: [UInt8]
    /// Whether the body is the same, byte for byte, as that of the last whole document.
    package var isUnchanged: Bool
    /// Where the feed has moved to for good, without credentials; nil if it has not moved.
    package var permanentlyMovedTo: String?
    /// How long the server calls it fresh.
    package var maxAge: Duration?

    /// A document as received.
    package init(
        status: Int, effectiveURL: String, contentType: String?, validators: Validators, bytes: Int,
        body: [UInt8] = [], isUnchanged: Bool = false, permanentlyMovedTo: String? = nil,
        maxAge: Duration? = nil
    ) {
        self.status = status
        self.effectiveURL = effectiveURL
        self.contentType = contentType
        self.validators = validators
        self.bytes = bytes
        self.body = body
        self.isUnchanged = isUnchanged
        self.permanentlyMovedTo = permanentlyMovedTo
        self.maxAge = maxAge
    }
}
