import Fetching
import Foundation
import LoopbackServer
import Scheduling
import Storage
import Synchronization
import Testing

@testable import Alerting

/// The whole way: a real outbox, a real socket, a clock that the test moves.
@Suite(.timeLimit(.minutes(5))) struct OutboxDeliveryTests {
    private let folder: TemporaryFolder
    private let store: NewsStore
    private let transfer: HTTPTransfer
    private let time = SteppedTime(Samples.now)

    init() throws {
        folder = try TemporaryFolder()
        store = try NewsStore(path: folder.path + "/news.db")
        transfer = try HTTPTransfer()
    }

    private func worker(_ sinks: [SinkConfiguration]) throws -> DeliveryWorker {
        try DeliveryWorker(store: store, sinks: sinks, transfer: transfer, time: time, random: { 0 })
    }

    private func webhook(_ server: LoopbackServer, name: String = "desk") -> SinkConfiguration {
        SinkConfiguration(
            name: name, destination: .webhook(url: server.url("/hook"), secretFile: nil, allowPrivate: true),
            format: .json)
    }

    private func file(_ format: AlertFormat = .json) -> SinkConfiguration {
        SinkConfiguration(name: "log", destination: .file(path: folder.path + "/alerts"), format: format)
    }

    /// Puts test alerts into the outbox and returns their ids.
    private func enqueue(_ count: Int, sinks: [String]) throws -> [String] {
        try (0..<count).map { index in
            let alert = try AlertComposer.test(at: Samples.now + Double(index))
            try store.enqueue(
                OutboxAlert(
                    id: alert.id, type: alert.type.rawValue, created: Samples.now,
                    payload: try AlertJSON.text(of: alert)), sinks: sinks)
            return alert.id
        }
    }

    /// Delivers, moving the clock from one instant that somebody waits for to the next, until `isDone`.
    private func run(_ worker: DeliveryWorker, until isDone: () throws -> Bool) async throws {
        let run = Task { await worker.run() }
        while try !isDone() {
            // Only when every lane rests; one that is in the middle of a delivery must not lose time.
            if let next = time.nextDeadline { time.advance(to: next) }
            await Task.yield()
        }
        await worker.drain(deadline: .distantFuture)
        await run.value
    }

    private func states() throws -> [Delivery.State] {
        try store.deliveries().map(\.state)
    }

    @Test func failureThenSuccessIsDeliveredWithTheSameIdAndLaterTimestamp() async throws {
        let answers = Mutex([500])
        let server = try LoopbackServer { _ in
            LoopbackAnswer(status: answers.withLock { $0.popLast() ?? 200 })
        }
        let ids = try enqueue(1, sinks: ["desk"])
        try await run(worker([webhook(server)])) { try states() == [.delivered] }
        #expect(server.requests.map { $0["webhook-id"] } == [ids[0], ids[0]])
        #expect(server.requests.map { $0["webhook-timestamp"] } == ["1709631060", "1709631065"])
        #expect(server.requests[0].body == server.requests[1].body)
        let delivery = try #require(try store.deliveries().first)
        #expect(delivery.attempts == 2)
        await transfer.shutdown()
    }

    @Test func throttlingEndpointIsLeftAloneAsLongAsItAsks() async throws {
        let answers = Mutex([429])
        let server = try LoopbackServer { _ in
            let status = answers.withLock { $0.popLast() ?? 200 }
            return LoopbackAnswer(status: status, headers: status == 429 ? [("Retry-After", "600")] : [])
        }
        _ = try enqueue(2, sinks: ["desk"])
        try await run(worker([webhook(server)])) { try states() == [.delivered, .delivered] }
        #expect(
            server.requests.map { $0["webhook-timestamp"] } == ["1709631060", "1709631660", "1709631660"])
        await transfer.shutdown()
    }

    @Test func aSinkThatWasDownForADayGetsEverythingInOrderAndNoAttemptsWereUsedUp() async throws {
        let day: TimeInterval = 86_400
        let server = try LoopbackServer { [time] _ in
            LoopbackAnswer(status: time.now() < Samples.now + day ? 503 : 204)
        }
        let ids = try enqueue(40, sinks: ["desk"])
        try await run(worker([webhook(server)])) { try states().allSatisfy { $0 == .delivered } }
        let attempts = try store.deliveries().map(\.attempts)
        #expect(try #require(attempts.max()) < 10)
        let arrived = server.requests.suffix(40).compactMap { $0["webhook-id"] }
        // The one that found out that the sink is back comes first.
        #expect(Array(arrived.dropFirst()) == ids.filter { $0 != arrived[0] })
        #expect(time.now() < Samples.now + day + 301)
        print(
            "a day without the sink: \(server.requests.count - 40) attempts for 40 alerts, "
                + "\(attempts.max() ?? 0) at most for one")
        await transfer.shutdown()
    }

    @Test func aLineThatWasCutAndBelongsToNoAlertIsMovedOutAtTheStart() async throws {
        try folder.write("alerts", "a whole line\nhalf of ano")
        try await run(worker([file()])) { folder.holds("alerts.torn") }
        #expect(try folder.read("alerts") == "a whole line\n")
        #expect(try folder.read("alerts.torn") == "half of ano\n")
    }

    @Test func endpointThatIsGoneFailsItsAlertsAndKeepsThem() async throws {
        let server = try LoopbackServer { _ in LoopbackAnswer(status: 410) }
        _ = try enqueue(3, sinks: ["desk"])
        #expect(try await worker([webhook(server)]).deliverDue() == false)
        #expect(server.requests.count == 1)
        let failed = try store.deliveries(failedOnly: true)
        #expect(failed.count == 3)
        #expect(failed.allSatisfy { $0.lastError == "status 410, the endpoint wants no more alerts" })
        await transfer.shutdown()
    }

    @Test func stalledEndpointHoldsUpNoOtherSinkAndShutdownBreaksItOff() async throws {
        let gate = LoopbackGate()
        let server = try LoopbackServer { _ in LoopbackAnswer(behaviour: .withheld(gate)) }
        _ = try enqueue(3, sinks: ["desk", "log"])
        let worker = try worker([webhook(server), file(.text)])
        let run = Task { await worker.run() }
        #expect(await server.waitForRequests(1))
        while try store.nextDelivery(sink: "log") != nil { await Task.yield() }
        #expect(try folder.read("alerts").split(separator: "\n").count == 3)
        let drain = Task { await worker.drain(deadline: Samples.now + 5) }
        while time.nextDeadline == nil { await Task.yield() }
        time.advance(by: .seconds(5))
        await drain.value
        await run.value
        #expect(try store.deliveries().count { $0.sink == "desk" && $0.state == .pending } == 3)
        gate.open()
        await transfer.shutdown()
    }

    @Test func shutdownLetsTheWebhookInFlightFinish() async throws {
        let gate = LoopbackGate()
        let server = try LoopbackServer { _ in LoopbackAnswer(behaviour: .withheld(gate)) }
        _ = try enqueue(2, sinks: ["desk"])
        let worker = try worker([webhook(server)])
        let run = Task { await worker.run() }
        #expect(await server.waitForRequests(1))
        let drain = Task { await worker.drain(deadline: .distantFuture) }
        gate.open()
        await drain.value
        await run.value
        #expect(try states() == [.delivered, .pending])
        await transfer.shutdown()
    }

    @Test func alertsOfABatchOutliveACrashExactlyOnceInAFile() async throws {
        _ = try enqueue(250, sinks: ["log"])
        // Before the crash: a batch was written and nothing of it marked.
        let first = try store.dueDeliveries(sink: "log", now: Samples.now, limit: 100)
        _ = await FileSink(name: "log", path: folder.path + "/alerts", format: .json)
            .deliver(first.map { PendingAlert(id: $0.alertID, payload: $0.payload) })
        #expect(try await worker([file()]).deliverDue())
        let lines = try folder.read("alerts").split(separator: "\n").map(String.init)
        #expect(lines == (try store.deliveries().map(\.payload)))
        #expect(try states().allSatisfy { $0 == .delivered })
        await transfer.shutdown()
    }

    @Test func unusableSecretFileIsToldBeforeAnythingIsSent() throws {
        let sink = SinkConfiguration(
            name: "desk",
            destination: .webhook(
                url: "http://127.0.0.1:1/", secretFile: folder.path + "/none", allowPrivate: true),
            format: .json)
        #expect(
            throws: AlertingError(code: .secret, message: "secret file \(folder.path)/none cannot be read")
        ) { try worker([sink]) }
    }
}
