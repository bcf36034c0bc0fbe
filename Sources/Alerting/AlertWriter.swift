import Fetching
import Foundation

/// Writes alerts as one kind of receiver takes them.
protocol AlertWriter: Sendable {
    /// The whole request but for its limits. `now` is the time of this attempt. The alert's id goes along where the
    /// receiver has a place for it, so that it can tell a repetition. Throws code `payload` for an alert that can
    /// never be written.
    func request(for alert: PendingAlert, now: Date) throws(AlertingError) -> HTTPRequest

    /// What the receiver calls an alert that it took; nil where it has no names.
    func receipt(in response: HTTPResponse) -> String?

    /// How long the receiver wants to be left alone, where it says so in the body and not by `Retry-After`.
    func patience(in response: HTTPResponse) -> Duration?
}

extension AlertWriter {
    func receipt(in response: HTTPResponse) -> String? { nil }

    func patience(in response: HTTPResponse) -> Duration? { nil }
}

extension HTTPRequest {
    /// A request with a JSON document, its keys in alphabetical order.
    static func json(
        _ document: some Encodable, to url: String, method: String = "POST", token: BearerToken? = nil
    ) throws(AlertingError) -> HTTPRequest {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var request = HTTPRequest(url: url)
        request.method = method
        request.headers = [("Content-Type", "application/json")]
        if let token { request.headers.append(("Authorization", token.authorization)) }
        do {
            request.body = [UInt8](try encoder.encode(document))
        } catch {
            throw AlertingError(code: .payload, message: "a message could not be encoded: \(error)")
        }
        return request
    }
}
