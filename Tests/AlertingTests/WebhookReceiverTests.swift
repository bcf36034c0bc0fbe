import Fetching
import Foundation
import LoopbackServer
import Scheduling
import Synchronization
import Testing

@testable import Alerting

/// What is sent when, by how a receiver answers: the table of `docs/alerts.md`, made by a real server and a clock
/// that the test moves.
@Suite(.timeLimit(.minutes(5))) struct WebhookReceiverTests {
    private static let document = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/alerts.md")
    /// So that a receiver that does not answer costs no 20 s of the test.
    private static let timeout = Duration.milliseconds(200)

    private struct Receiver {
        var name: String
        /// By how many requests came before.
        var answer: @Sendable (Int) -> LoopbackAnswer
    }

    private final class Record: Sendable {
        private let sent = Mutex<[(alert: String, time: Date)]>([])

        /// Returns how many requests came before.
        func add(_ alert: String?, at time: Date) -> Int {
            sent.withLock { sent in
                sent.append((alert ?? "", time))
                return sent.count - 1
            }
        }

        func times(of alert: String) -> [Date] {
            sent.withLock { $0.filter { $0.alert == alert }.map(\.time) }
        }
    }

    private func receivers(gate: LoopbackGate) -> [Receiver] {
        func once(_ answer: LoopbackAnswer) -> @Sendable (Int) -> LoopbackAnswer {
            { $0 == 0 ? answer : LoopbackAnswer(status: 204) }
        }
        return [
            Receiver(name: "204") { _ in LoopbackAnswer(status: 204) },
            Receiver(name: "200 and 1 GB") { _ in LoopbackAnswer(behaviour: .padded(count: 1 << 30)) },
            Receiver(name: "200 and half a body, for ever") { _ in
                LoopbackAnswer(text: "thanks", behaviour: .stall(after: 3))
            },
            Receiver(name: "500, then 204", answer: once(LoopbackAnswer(status: 500))),
            Receiver(
                name: "429 with `Retry-After: 120`, then 204",
                answer: once(LoopbackAnswer(status: 429, headers: [("Retry-After", "120")]))),
            Receiver(
                name: "503 with `Retry-After` as a date two hours ahead, then 204",
                answer: once(
                    LoopbackAnswer(
                        status: 503, headers: [("Retry-After", "Tue, 05 Mar 2024 11:31:00 GMT")]))),
            Receiver(name: "429, 502 or 504, then 204", answer: once(LoopbackAnswer(status: 502))),
            Receiver(name: "301, always") { _ in .redirect(301, to: "/elsewhere") },
            Receiver(name: "500, always") { _ in LoopbackAnswer(status: 500) },
            Receiver(name: "nothing within 20 s, then 204") { count in
                LoopbackAnswer(status: 204, behaviour: count == 0 ? .withheld(gate) : .whole)
            },
            Receiver(name: "closes the connection, then 204") { count in
                LoopbackAnswer(status: 204, behaviour: count == 0 ? .raw([]) : .whole)
            },
            Receiver(name: "410") { _ in LoopbackAnswer(status: 410) },
        ]
    }

    @Test func documentedTableIsWhatHappens() async throws {
        let gate = LoopbackGate()
        var table =
            "| the receiver answers | the first alert is sent after | the second after | in the end |\n|---|---|---|---|\n"
        for receiver in receivers(gate: gate) { table += try await row(of: receiver) }
        gate.open()
        let text = try String(contentsOf: Self.document, encoding: .utf8)
        let isDocumented = text.contains(table)
        #expect(isDocumented, "docs/alerts.md has another table than this:\n\(table)")
    }

    private func row(of receiver: Receiver) async throws -> String {
        let time = SteppedTime(Samples.now)
        let (queue, record) = (MemoryQueue(), Record())
        let server = try LoopbackServer { request in
            receiver.answer(record.add(request["webhook-id"], at: time.now()))
        }
        let ids = ["msg_1", "msg_2"]
        for id in ids { queue.add(PendingAlert(id: id, payload: "{}"), sink: "desk") }
        let transfer = try HTTPTransfer()
        let sink = WebhookSink(
            name: "desk", writer: StandardWebhookWriter(url: server.url("/"), secrets: nil),
            allowPrivate: true, transfer: transfer, time: time, timeout: Self.timeout)
        let opened = try OpenedSink(SinkConfiguration(name: "desk", destination: .stdout, format: .text))
        let worker = DeliveryWorker(
            queue: queue, sinks: [opened], openSink: { _ in sink }, time: time, random: { 0 })
        let run = Task { await worker.run() }
        while queue.rows.contains(where: { $0.state == .pending }) {
            // Only when the lane rests: one in the middle of a delivery must not lose time.
            if let next = time.nextDeadline { time.advance(to: next) }
            await Task.yield()
        }
        await worker.drain(deadline: .distantFuture)
        await run.value
        await transfer.shutdown()
        let times = ids.map { Self.text(record.times(of: $0)) }
        return "| \(receiver.name) | \(times[0]) | \(times[1]) | \(Self.outcome(queue.rows)) |\n"
    }

    private static func outcome(_ rows: [MemoryQueue.Row]) -> String {
        if rows.allSatisfy({ $0.state == .delivered }) { return "delivered" }
        return Set(rows.compactMap(\.error)).sorted().map { "failed: \($0)" }.joined(separator: "; ")
    }

    /// Times since the start, `0 s, 5 min 5 s`.
    private static func text(_ times: [Date]) -> String {
        times.isEmpty
            ? "never"
            : times.map { time in
                let seconds = Int(time.timeIntervalSince(Samples.now))
                let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")]
                let shown = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " ")
                return shown.isEmpty ? "0 s" : shown
            }.joined(separator: ", ")
    }
}
