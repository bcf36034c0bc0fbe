import Fetching
import Foundation

/// The alert's own JSON document, signed as Standard Webhooks 1.0.0 says.
struct StandardWebhookWriter: AlertWriter {
    let url: String
    /// Without them requests are not signed.
    let secrets: WebhookSecrets?

    func request(for alert: PendingAlert, now: Date) throws(AlertingError) -> HTTPRequest {
        let body = Array(alert.payload.utf8)
        let timestamp = Int64(now.timeIntervalSince1970.rounded(.down))
        var request = HTTPRequest(url: url)
        request.method = "POST"
        request.body = body
        request.headers = [
            ("Content-Type", "application/json"), ("webhook-id", alert.id),
            ("webhook-timestamp", String(timestamp)),
        ]
        if let secrets {
            let signature = try secrets.signature(id: alert.id, timestamp: timestamp, body: body)
            request.headers.append(("webhook-signature", signature))
        }
        return request
    }
}
