import Fetching
import Foundation
import LoopbackServer
import Scheduling
import Testing

@testable import Alerting

/// Real requests, by the reference library of Standard Webhooks.
@Suite(
    .enabled(
        if: Judge.webhooks.isPresent, "SKIPPED: no Python with standardwebhooks; `make interop` brings one"),
    .timeLimit(.minutes(5)))
struct StandardWebhooksTests {
    private static let old = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let new = "whsec_" + Data(repeating: 7, count: 32).base64EncodedString()

    /// What the library needs of a request.
    private struct Given: Encodable {
        var secret: String
        var headers: [String: String]
        var body: String
    }

    private func request(secrets: String, age: Duration = .zero) async throws -> LoopbackRequest {
        let server = try LoopbackServer { _ in LoopbackAnswer() }
        let transfer = try HTTPTransfer()
        // The library compares with its own clock.
        let sink = WebhookSink(
            name: "desk",
            writer: StandardWebhookWriter(url: server.url("/"), secrets: try WebhookSecrets(text: secrets)),
            allowPrivate: true, transfer: transfer, time: SteppedTime(Date() - age.seconds))
        #expect(try await sink.deliver([Samples.pending("dev_größe")]) == [.delivered])
        await transfer.shutdown()
        return try #require(server.requests.first)
    }

    private func verdict(_ request: LoopbackRequest, secret: String, body: String? = nil) throws -> [String] {
        let given = Given(
            secret: secret,
            headers: Dictionary(
                request.headers.map { ($0.name.lowercased(), $0.value) },
                uniquingKeysWith: { first, _ in first }),
            body: body ?? String(decoding: request.body, as: UTF8.self))
        return Judge.webhooks.verdicts(on: String(decoding: try JSONEncoder().encode(given), as: UTF8.self))
    }

    @Test func everySecretOfARotationVerifies() async throws {
        let request = try await request(secrets: "\(Self.new)\n\(Self.old)\n")
        #expect(try verdict(request, secret: Self.old) == ["verified"])
        #expect(try verdict(request, secret: Self.new) == ["verified"])
    }

    @Test func otherSecretsBodiesAndTimesDoNot() async throws {
        let request = try await request(secrets: Self.old)
        #expect(try verdict(request, secret: Self.new) == ["No matching signature found"])
        #expect(try verdict(request, secret: Self.old, body: "{}") == ["No matching signature found"])
        let late = try await self.request(secrets: Self.old, age: .seconds(3600))
        #expect(try verdict(late, secret: Self.old) == ["Message timestamp too old"])
    }
}
