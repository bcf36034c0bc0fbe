import Fetching
import Scheduling

/// Sends every alert to an endpoint by HTTP, as its writer writes it. How an answer is judged is Standard Webhooks
/// 1.0.0, whoever answers.
package final class WebhookSink: AlertSink {
    /// 20 s for a whole request: the standard recommends 15 to 30.
    static let timeout = Duration.seconds(20)
    /// 64 KiB of an answer are read; nobody looks at more.
    static let maxAnswerBytes = 64 << 10
    /// 60 s of rest for the whole sink when an endpoint is overloaded and does not say for how long.
    static let throttle = Duration.seconds(60)
    /// Too many requests, bad gateway, gateway timeout: the standard's signs of an overload.
    static let statusesOfOverload: Set = [429, 502, 504]

    package let name: String
    package let batchLimit = 1
    private let writer: any AlertWriter
    private let allowPrivate: Bool
    private let transfer: HTTPTransfer
    private let time: any TimeSource
    private let timeout: Duration

    /// `allowPrivate`: the endpoint may be on a private, loopback or link-local address. `transfer` stays the caller's.
    init(
        name: String, writer: any AlertWriter, allowPrivate: Bool, transfer: HTTPTransfer,
        time: any TimeSource, timeout: Duration = WebhookSink.timeout
    ) {
        self.name = name
        self.writer = writer
        self.allowPrivate = allowPrivate
        self.transfer = transfer
        self.time = time
        self.timeout = timeout
    }

    package func deliver(_ alerts: [PendingAlert]) async -> [DeliveryResult] {
        var results: [DeliveryResult] = []
        for alert in alerts { results.append(await send(alert)) }
        return results
    }

    private func send(_ alert: PendingAlert) async -> DeliveryResult {
        let request: HTTPRequest
        do throws(AlertingError) {
            request = try self.request(for: alert)
        } catch {
            return error.code == .payload
                ? .rejected(reason: error.message) : .retry(reason: error.message, after: nil)
        }
        do throws(TransferError) {
            return result(of: try await transfer.perform(request))
        } catch {
            // Without its subject: the address of an endpoint is often all the secret that it has.
            return .retry(reason: error.reason, after: nil)
        }
    }

    private func request(for alert: PendingAlert) throws(AlertingError) -> HTTPRequest {
        var request = try writer.request(for: alert, now: time.now())
        request.headers.append(("User-Agent", "newswatch"))
        request.allowPrivate = allowPrivate
        request.limits.total = timeout
        request.limits.maxBodyBytes = Self.maxAnswerBytes
        return request
    }

    /// The status alone decides: an answer whose body was cut has come all the same.
    private func result(of response: HTTPResponse) -> DeliveryResult {
        let asked = RetryAfter.delay(response.headers, now: time.now()) ?? writer.patience(in: response)
        return switch response.status {
        case 200..<300: writer.receipt(in: response).map { .named(receipt: $0) } ?? .delivered
        case 410: .disabled(reason: "status 410, the endpoint wants no more alerts")
        case 300..<400: .retry(reason: "status \(response.status), redirects are not followed", after: asked)
        case let status where Self.statusesOfOverload.contains(status):
            .retry(reason: "status \(status)", after: asked ?? Self.throttle)
        default: .retry(reason: "status \(response.status)", after: asked)
        }
    }
}
