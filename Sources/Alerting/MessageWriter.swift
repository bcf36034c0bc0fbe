import Fetching
import Foundation

/// Writes messages as one kind of receiver that shows them to people takes them.
protocol MessageWriter: Sendable {
    /// The whole request but for its limits.
    func request(for message: AlertMessage) throws(AlertingError) -> HTTPRequest

    /// See ``AlertWriter/receipt(in:)``.
    func receipt(in response: HTTPResponse) -> String?

    /// See ``AlertWriter/patience(in:)``.
    func patience(in response: HTTPResponse) -> Duration?
}

extension MessageWriter {
    func receipt(in response: HTTPResponse) -> String? { nil }

    func patience(in response: HTTPResponse) -> Duration? { nil }
}

/// Writes alerts as messages for the readers of one sink.
struct AlertMessenger: AlertWriter {
    let writer: any MessageWriter
    /// Whose languages decide which headlines have a gloss.
    let policy: SinkPolicy

    func request(for alert: PendingAlert, now: Date) throws(AlertingError) -> HTTPRequest {
        var message = AlertMessage(try AlertJSON.alert(from: alert.payload), readBy: policy)
        message.precedent = alert.precedent
        return try writer.request(for: message)
    }

    func receipt(in response: HTTPResponse) -> String? { writer.receipt(in: response) }

    func patience(in response: HTTPResponse) -> Duration? { writer.patience(in: response) }
}
