import Fetching
import Foundation
import LoopbackServer
import Scheduling
import Testing

@testable import Alerting

@Suite(.timeLimit(.minutes(5))) struct WebhookSinkTests {
    private let transfer: HTTPTransfer
    private let time = SteppedTime(Samples.now)
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    init() throws {
        transfer = try HTTPTransfer()
    }

    private func sink(_ url: String, secret: String? = nil, allowPrivate: Bool = true) throws -> WebhookSink {
        let secrets = try secret.map { try WebhookSecrets(text: $0) }
        return WebhookSink(
            name: "desk", writer: StandardWebhookWriter(url: url, secrets: secrets),
            allowPrivate: allowPrivate, transfer: transfer, time: time)
    }

    /// What one delivery comes to when the endpoint gives this answer.
    private func result(_ answer: LoopbackAnswer) async throws -> DeliveryResult? {
        let server = try LoopbackServer { _ in answer }
        let results = try await sink(server.url("/hook")).deliver([Samples.pending("dev_a")])
        await transfer.shutdown()
        return results.first
    }

    @Test func requestIsTheStandards() async throws {
        let server = try LoopbackServer { _ in LoopbackAnswer(status: 204) }
        let alert = try Samples.pending("dev_a")
        #expect(
            try await sink(server.url("/hook?key=1"), secret: Self.secret).deliver([alert]) == [.delivered])
        await transfer.shutdown()
        let request = try #require(server.requests.first)
        #expect(request.method == "POST")
        #expect(request.target == "/hook?key=1")
        #expect(request.body == Array(alert.payload.utf8))
        #expect(request["content-type"] == "application/json")
        #expect(request["webhook-id"] == alert.id)
        #expect(request["webhook-timestamp"] == "1709631060")
        let expected = try WebhookSecrets(text: Self.secret)
            .signature(id: alert.id, timestamp: 1_709_631_060, body: request.body)
        #expect(request["webhook-signature"] == expected)
        #expect(request["expect"] == nil)
    }

    @Test(arguments: [
        (#"{"event_id":"$one"}"#, DeliveryResult.named(receipt: "$one")),
        (#"{"event_id":"one"}"#, .delivered),
        ("{}", .delivered), ("", .delivered),
    ])
    func aMatrixRoomNamesWhatItTookAndShowsWhatFollowsAsAReply(
        answer: String, result: DeliveryResult
    ) async throws {
        let server = try LoopbackServer { _ in LoopbackAnswer(text: answer) }
        let writer = try AlertFormat.matrix.writer(
            url: server.url("/!room:matrix.example"), credential: .token(try BearerToken(text: "swordfish")),
            policy: SinkPolicy())
        let sink = WebhookSink(
            name: "room", writer: writer, allowPrivate: true, transfer: transfer, time: time)
        var alert = try Samples.pending("dev_a")
        #expect(await sink.deliver([alert]) == [result])
        alert.precedent = "$zero"
        #expect(await sink.deliver([alert]) == [result])
        await transfer.shutdown()
        // A connection that the server closes between two requests costs curl a request more.
        let requests = [try #require(server.requests.first), try #require(server.requests.last)]
        let relations = try requests.map { request in
            try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
        }.map { $0?["m.relates_to"] as? [String: [String: String]] }
        #expect(relations == [nil, ["m.in_reply_to": ["event_id": "$zero"]]])
    }

    @Test func withoutSecretNothingIsSigned() async throws {
        let server = try LoopbackServer { _ in LoopbackAnswer() }
        _ = try await sink(server.url("/")).deliver([Samples.pending("dev_a")])
        await transfer.shutdown()
        #expect(server.requests.first?["webhook-id"] != nil)
        #expect(server.requests.first?["webhook-signature"] == nil)
    }

    @Test(arguments: [200, 201, 202, 204, 299])
    func successIsDelivered(_ status: Int) async throws {
        #expect(try await result(LoopbackAnswer(status: status)) == .delivered)
    }

    @Test(arguments: [400, 401, 404, 500, 503])
    func otherStatusesAreTriedAgain(_ status: Int) async throws {
        #expect(
            try await result(LoopbackAnswer(status: status)) == .retry(reason: "status \(status)", after: nil)
        )
    }

    @Test(arguments: [429, 502, 504])
    func overloadWithoutATimeHoldsTheSinkForAMinute(_ status: Int) async throws {
        #expect(
            try await result(LoopbackAnswer(status: status))
                == .retry(reason: "status \(status)", after: .seconds(60)))
    }

    @Test func payloadThatIsNoAlertIsRejectedByWhatShowsItToPeople() async throws {
        let sink = WebhookSink(
            name: "desk",
            writer: AlertMessenger(
                writer: SlackWriter(url: "http://127.0.0.1:1/"), policy: SinkPolicy()), allowPrivate: true,
            transfer: transfer, time: time)
        let results = await sink.deliver([PendingAlert(id: "msg_1", payload: "{}")])
        await transfer.shutdown()
        guard case .rejected? = results.first else {
            Issue.record("\(results)")
            return
        }
    }

    @Test func goneDisables() async throws {
        #expect(
            try await result(LoopbackAnswer(status: 410))
                == .disabled(reason: "status 410, the endpoint wants no more alerts"))
    }

    @Test func redirectIsAFailureAndNotFollowed() async throws {
        let server = try LoopbackServer { request in
            request.path == "/hook" ? .redirect(307, to: "/elsewhere") : LoopbackAnswer()
        }
        #expect(
            try await sink(server.url("/hook")).deliver([Samples.pending("dev_a")])
                == [.retry(reason: "status 307, redirects are not followed", after: nil)])
        await transfer.shutdown()
        #expect(server.requests.map(\.path) == ["/hook"])
    }

    @Test(arguments: [
        ("120", 120), ("0", 0), ("Tue, 05 Mar 2024 09:32:00 GMT", 60), ("Tue, 05 Mar 2024 09:00:00 GMT", 0),
    ])
    func retryAfterIsRead(_ value: String, _ seconds: Int) async throws {
        #expect(
            try await result(LoopbackAnswer(status: 429, headers: [("Retry-After", value)]))
                == .retry(reason: "status 429", after: .seconds(seconds)))
    }

    @Test func statusDecidesThoughTheAnswerIsCutOrBoundless() async throws {
        #expect(
            try await result(LoopbackAnswer(text: "thanks a lot", behaviour: .cut(after: 3))) == .delivered)
    }

    @Test func boundlessAnswerIsNotRead() async throws {
        let server = try LoopbackServer { _ in LoopbackAnswer(behaviour: .padded(count: 64 << 20)) }
        #expect(try await sink(server.url("/")).deliver([Samples.pending("dev_a")]) == [.delivered])
        await transfer.shutdown()
        #expect(server.bytesSent < 16 << 20)
    }

    @Test func privateAddressIsRefusedUnlessAllowed() async throws {
        let server = try LoopbackServer { _ in LoopbackAnswer() }
        let results = try await sink(server.url("/hook"), allowPrivate: false).deliver([
            Samples.pending("dev_a")
        ])
        await transfer.shutdown()
        guard case .retry(let reason, nil)? = results.first else {
            Issue.record("\(results)")
            return
        }
        #expect(!reason.contains("/hook"))
        #expect(server.requests.isEmpty)
    }

    @Test func closedPortIsARetryThatDoesNotShowTheAddress() async throws {
        let url: String
        do {
            let server = try LoopbackServer { _ in LoopbackAnswer() }
            url = server.url("/token-in-path")
            server.stop()
        }
        let results = try await sink(url).deliver([Samples.pending("dev_a")])
        await transfer.shutdown()
        guard case .retry(let reason, nil)? = results.first else {
            Issue.record("\(results)")
            return
        }
        #expect(!reason.contains("token-in-path"))
    }

    @Test func cancellingBreaksOffAnEndpointThatStalls() async throws {
        let gate = LoopbackGate()
        let server = try LoopbackServer { _ in LoopbackAnswer(behaviour: .withheld(gate)) }
        let sink = try sink(server.url("/"))
        let alert = try Samples.pending("dev_a")
        let delivery = Task { await sink.deliver([alert]) }
        #expect(await server.waitForRequests(1))
        delivery.cancel()
        guard case .retry? = await delivery.value.first else {
            Issue.record("delivered although cancelled")
            return
        }
        gate.open()
        await transfer.shutdown()
    }

    @Test func limitsAreTheDocumentedOnes() {
        #expect(WebhookSink.timeout == .seconds(20))
        #expect(WebhookSink.maxAnswerBytes == 65_536)
        #expect(WebhookSink.throttle == .seconds(60))
    }
}
