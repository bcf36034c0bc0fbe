/// An answer.
package struct HTTPResponse: Sendable, Equatable {
    /// The status code.
    package var status: Int
    /// The fields of the final answer; those of `1xx` answers before it are dropped.
    package var headers: HTTPHeaders
    /// The decoded body, unless it was handed on in chunks.
    package var body: [UInt8] = []
    /// Bytes of the decoded body, handed on or not.
    package var bodyBytes = 0
    /// Whether everything that was wanted has arrived.
    package var isComplete = true
    /// What ended the transfer early; nil when it is complete.
    package var failure: TransferError?
    /// The URL asked, without credentials and fragment.
    package var effectiveURL: String

    /// An answer without a body yet.
    package init(status: Int, headers: HTTPHeaders = HTTPHeaders(), effectiveURL: String) {
        self.status = status
        self.headers = headers
        self.effectiveURL = effectiveURL
    }
}
