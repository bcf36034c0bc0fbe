/// What came of a poll.
package enum FetchOutcome: Sendable, Equatable {
    /// 304: nothing has changed.
    case notModified(NotModified)
    /// A whole document.
    case complete(FetchedDocument)
    /// Part of a document. What was handed on stays; validators must be cleared, so that the next poll gets
    /// everything again.
    case incomplete(FetchedDocument, TransferError)
    /// 410, by the feed's own address or by one that it has moved to for good.
    case gone
    /// 429 or 503, and how long the server wants to be left alone, if it says so.
    case throttled(status: Int, retryAfter: Duration?)
    /// Nothing that could be used.
    case failed(FetchFailure)

    /// What is known without a document.
    package struct NotModified: Sendable, Equatable {
        /// Where it came from, without credentials.
        package var effectiveURL: String
        /// To be kept instead of those that were sent: a 304 may bring newer ones (RFC 9110 section 15.4.5).
        package var validators: Validators
        /// See ``FetchedDocument/permanentlyMovedTo``.
        package var permanentlyMovedTo: String?
        /// How long the server calls it fresh.
        package var maxAge: Duration?
    }

    /// The status of the last answer; nil when there was none.
    package var status: Int? {
        switch self {
        case .notModified: 304
        case .complete(let document), .incomplete(let document, _): document.status
        case .gone: 410
        case .throttled(let status, _): status
        case .failed(let failure): failure.status
        }
    }
}
