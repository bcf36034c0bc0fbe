import Fetching
import Scheduling

/// Posts every alert to an endpoint as Standard Webhooks 1.0.0 says.
package final class WebhookSink: AlertSink {
    /// 20 s for a whole request: the standard recommends 15 to 30.
    static let timeout = Duration.seconds(20)
    /// 64 KiB of an answer are read; nobody looks at them.
    static let maxAnswerBytes = 64 << 10

    package let name: String
    package let batchLimit = 1
    private let url: String
    private let secrets: WebhookSecrets?
    private let allowPrivate: Bool
    private let transfer: HTTPTransfer
    private let time: any TimeSource

    /// Without `secrets` requests are not signed. `allowPrivate`: the endpoint may be on a private, loopback or
    /// link-local address. `transfer` stays the caller's.
    package init(
        name: String, url: String, secrets: WebhookSecrets?, allowPrivate: Bool, transfer: HTTPTransfer,
        time: any TimeSource
    ) {
        self.name = name
        self.url = url
        self.secrets = secrets
        self.allowPrivate = allowPrivate
        self.transfer = transfer
        self.time = time
    }

    package func deliver(_ alerts: [PendingAlert]) async -> [DeliveryResult] {
        var results: [DeliveryResult] = []
        for alert in alerts { results.append(await post(alert)) }
        return results
    }

    private func post(_ alert: PendingAlert) async -> DeliveryResult {
        let request: HTTPRequest
        do throws(AlertingError) {
            request = try self.request(for: alert)
        } catch {
            return .retry(reason: error.message, after: nil)
        }
        do throws(TransferError) {
            return result(of: try await transfer.perform(request))
        } catch {
            // Without its subject: the address of an endpoint is often all the secret that it has.
            return .retry(reason: error.reason, after: nil)
        }
    }

    private func request(for alert: PendingAlert) throws(AlertingError) -> HTTPRequest {
        let body = Array(alert.payload.utf8)
        let timestamp = Int64(time.now().timeIntervalSince1970.rounded(.down))
        var request = HTTPRequest(url: url)
        request.method = "POST"
        request.body = body
        request.allowPrivate = allowPrivate
        request.limits.total = Self.timeout
        request.limits.maxBodyBytes = Self.maxAnswerBytes
        request.headers = [
            ("Content-Type", "application/json"), ("User-Agent", "newswatch"), ("webhook-id", alert.id),
            ("webhook-timestamp", String(timestamp)),
        ]
        if let secrets {
            let signature = try secrets.signature(id: alert.id, timestamp: timestamp, body: body)
            request.headers.append(("webhook-signature", signature))
        }
        return request
    }

    /// The status alone decides: an answer whose body was cut has come all the same.
    private func result(of response: HTTPResponse) -> DeliveryResult {
        let after = RetryAfter.delay(response.headers, now: time.now())
        return switch response.status {
        case 200..<300: .delivered
        case 410: .disabled(reason: "status 410, the endpoint wants no more alerts")
        case 300..<400: .retry(reason: "status \(response.status), redirects are not followed", after: after)
        default: .retry(reason: "status \(response.status)", after: after)
        }
    }
}
