/// Why a transfer failed.
package struct TransferError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What to switch on.
    package enum Code: String, Sendable {
        /// The URL cannot be read, or is neither http nor https.
        case invalidURL
        /// A header, method or option cannot be sent as it is.
        case invalidRequest
        /// Only private addresses, which may not be asked.
        case addressRefused
        /// The host's name has no address, or no name server answered.
        case resolve
        /// No connection.
        case connect
        /// The TLS handshake or the certificate.
        case tls
        /// A time limit struck.
        case timeout
        /// Too few bytes for too long.
        case stalled
        /// The decoded body exceeds its limit.
        case bodyTooLarge
        /// The headers exceed their limit.
        case headersTooLarge
        /// The peer closed before the end.
        case cut
        /// What the peer sends is not HTTP, or not in the encoding that it names.
        case malformed
        /// More redirects than allowed, one that leads in a circle, or one that leads nowhere.
        case redirect
        /// The task was cancelled.
        case cancelled
        /// ``HTTPTransfer/shutdown()`` was called.
        case shutDown
        /// libcurl reports something else.
        case other
    }

    /// What happened.
    package var code: Code
    /// The URL without credentials, or what else was asked.
    package var subject: String
    /// A sentence for people, without secrets.
    package var reason: String

    /// One failure of one request.
    package init(_ code: Code, _ subject: String, _ reason: String) {
        self.code = code
        self.subject = subject
        self.reason = reason
    }

    /// One line.
    package var description: String {
        "\(subject): \(reason)"
    }
}
