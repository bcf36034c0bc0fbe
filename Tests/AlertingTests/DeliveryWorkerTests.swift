import Foundation
import Scheduling
import Synchronization
import Testing

@testable import Alerting

@Suite(.timeLimit(.minutes(5))) struct DeliveryWorkerTests {
    private let queue = MemoryQueue()
    private let time = SteppedTime(Samples.now)
    private let reports = Reports()

    final class Reports: Sendable {
        private let list = Mutex<[DeliveryReport]>([])
        private let (stream, continuation) = AsyncStream<DeliveryReport>.makeStream()

        func add(_ report: DeliveryReport) {
            list.withLock { $0.append(report) }
            continuation.yield(report)
        }

        var all: [DeliveryReport] { list.withLock { $0 } }

        /// Waits until this many reports have come.
        func wait(for count: Int) async {
            if all.count >= count { return }
            for await _ in stream where all.count >= count { return }
        }
    }

    /// Delivers to `sinks`; those in `later` are opened when the worker adopts a sink of their place's path.
    private func worker(
        _ sinks: [any AlertSink], later: [String: any AlertSink] = [:], jitter: Double = 0
    ) -> DeliveryWorker {
        let byName = Dictionary(uniqueKeysWithValues: sinks.map { ($0.name, $0) })
        return DeliveryWorker(
            queue: queue, sinks: sinks.map { Self.opened($0.name) },
            openSink: { opened in
                if case .file(let path) = opened.configuration.destination, let sink = later[path] {
                    return sink
                }
                return byName[opened.configuration.name] ?? ScriptedSink("nobody")
            }, time: time, random: { jitter }, report: reports.add)
    }

    private static func opened(_ name: String) -> OpenedSink {
        do {
            return try OpenedSink(SinkConfiguration(name: name, destination: .stdout, format: .text))
        } catch {
            preconditionFailure("a sink without a secret opens: \(error)")
        }
    }

    private func file(_ name: String, _ path: String) -> SinkConfiguration {
        SinkConfiguration(name: name, destination: .file(path: path), format: .text)
    }

    private func alert(_ id: String) -> PendingAlert {
        PendingAlert(id: id, payload: "{}")
    }

    /// Moves the clock to each next instant that somebody waits for, until `isDone`.
    private func step(until isDone: () -> Bool) async {
        while !isDone() {
            if let next = time.nextDeadline, next < .distantFuture { time.advance(to: next) }
            await Task.yield()
        }
    }

    @Test func everyDueAlertIsDeliveredInOrder() async {
        let sink = ScriptedSink("a", batchLimit: 2)
        for id in ["msg_1", "msg_2", "msg_3"] { queue.add(alert(id), sink: "a") }
        #expect(await worker([sink]).deliverDue())
        #expect(sink.given == [["msg_1", "msg_2"], ["msg_3"]])
        #expect(queue.rows.allSatisfy { $0.state == .delivered && $0.attempts == 1 })
    }

    @Test func failedAttemptIsMadeAgainOnSchedule() async {
        let sink = ScriptedSink("a", script: [.retry(reason: "status 500", after: nil)])
        queue.add(alert("msg_1"), sink: "a")
        let worker = worker([sink], jitter: 0.5)
        let run = Task { await worker.run() }
        await reports.wait(for: 1)
        #expect(queue.rows[0].next == Samples.now + 5.5)
        #expect(queue.rows[0].error == "status 500")
        await step { reports.all.count >= 2 }
        #expect(time.now() == Samples.now + 5.5)
        #expect(queue.rows[0].state == .delivered)
        await worker.drain(deadline: .distantFuture)
        await run.value
    }

    @Test func tenthFailureIsTheLast() async {
        let sink = ScriptedSink("a", script: Array(repeating: .retry(reason: "down", after: nil), count: 20))
        queue.add(alert("msg_1"), sink: "a")
        let worker = worker([sink])
        let run = Task { await worker.run() }
        await step { reports.all.count >= 10 }
        #expect(
            reports.all.last
                == DeliveryReport(
                    sink: "a", alert: "msg_1", outcome: .failed(reason: "down; attempt 10 was the last")))
        #expect(queue.rows[0].state == .failed)
        #expect(queue.rows[0].attempts == 10)
        // 5 s + 5 min + 30 min + 2 h + 5 h + 10 h + 14 h + 20 h + 24 h
        #expect(time.now() == Samples.now + 5 + 300 + 1800 + 75 * 3600)
        await worker.drain(deadline: .distantFuture)
        await run.value
        #expect(sink.given.count == 10)
    }

    @Test func throttlingHoldsTheWholeSinkAsLongAsAsked() async {
        let sink = ScriptedSink("a", script: [.retry(reason: "status 429", after: .seconds(120))])
        queue.add(alert("msg_1"), sink: "a")
        queue.add(alert("msg_2"), sink: "a")
        let worker = worker([sink])
        let run = Task { await worker.run() }
        await reports.wait(for: 1)
        await step { reports.all.count >= 3 }
        #expect(time.now() == Samples.now + 120)
        #expect(sink.given == [["msg_1"], ["msg_1"], ["msg_2"]])
        await worker.drain(deadline: .distantFuture)
        await run.value
    }

    @Test func aClockThatIsSetBackDelaysNoRetry() async {
        let sink = ScriptedSink("a", script: [.retry(reason: "status 500", after: .seconds(60))])
        queue.add(alert("msg_1"), sink: "a")
        let worker = worker([sink])
        let run = Task { await worker.run() }
        await reports.wait(for: 1)
        while time.nextDeadline == nil { await Task.yield() }
        time.turnBack(by: .seconds(86_400))
        await step { reports.all.count >= 2 }
        #expect(time.now() == Samples.now - 86_400 + 60)
        #expect(sink.given == [["msg_1"], ["msg_1"]])
        await worker.drain(deadline: .distantFuture)
        await run.value
    }

    @Test func aSinkThatIsBackGetsEverythingAtOnce() async {
        let sink = ScriptedSink("a", script: Array(repeating: .retry(reason: "down", after: nil), count: 30))
        for index in 0..<8 { queue.add(alert("msg_\(index)"), sink: "a") }
        let worker = worker([sink])
        let run = Task { await worker.run() }
        await step { queue.rows.contains { $0.state == .delivered } }
        let back = time.now()
        await step { queue.rows.allSatisfy { $0.state == .delivered } }
        #expect(time.now() == back)
        let (first, others) = (sink.given[30][0], sink.given[31...].joined())
        #expect(Array(others) == (0..<8).map { "msg_\($0)" }.filter { $0 != first })
        await worker.drain(deadline: .distantFuture)
        await run.value
    }

    @Test func retryAfterIsCutAtSevenDays() {
        #expect(
            DeliverySchedule.wait(afterAttempts: 1, jitter: 0, retryAfter: .seconds(Int64.max)) == 604_800)
        #expect(DeliverySchedule.wait(afterAttempts: 3, jitter: 0, retryAfter: .seconds(1)) == 1800)
        #expect(DeliverySchedule.wait(afterAttempts: 10, jitter: 0) == nil)
    }

    @Test func deadSinkHoldsUpNoOther() async {
        let dead = ScriptedSink(
            "dead", script: Array(repeating: .retry(reason: "down", after: nil), count: 5))
        let fine = ScriptedSink("fine")
        for id in ["msg_1", "msg_2"] {
            queue.add(alert(id), sink: "dead")
            queue.add(alert(id), sink: "fine")
        }
        #expect(await worker([dead, fine]).deliverDue() == false)
        #expect(fine.given == [["msg_1"], ["msg_2"]])
        // Running once, each alert gets its one attempt.
        #expect(dead.given == [["msg_1"], ["msg_2"]])
    }

    @Test func oneRoundGivesUpASinkThatFailsThreeTimes() async {
        let sink = ScriptedSink("a", script: Array(repeating: .retry(reason: "down", after: nil), count: 9))
        for index in 0..<9 { queue.add(alert("msg_\(index)"), sink: "a") }
        #expect(await worker([sink]).deliverDue() == false)
        #expect(sink.given.count == 3)
        #expect(queue.rows.filter { $0.attempts == 0 }.count == 6)
    }

    @Test func backlogOfADeadSinkDoesNotSpendItsAttempts() async {
        let sink = ScriptedSink(
            "a", script: Array(repeating: .retry(reason: "down", after: nil), count: 1000))
        for index in 0..<50 { queue.add(alert("msg_\(index)"), sink: "a") }
        let worker = worker([sink])
        let run = Task { await worker.run() }
        await step { time.now() >= Samples.now + 3600 }
        await worker.drain(deadline: .distantFuture)
        await run.value
        // 5, 10, 20, … 300 s between attempts: 17 in the first hour, not 50 times 4.
        #expect(sink.given.count < 20)
    }

    @Test func disabledSinkFailsWhatWaitsForIt() async {
        let sink = ScriptedSink("a", script: [.disabled(reason: "status 410")])
        for id in ["msg_1", "msg_2"] { queue.add(alert(id), sink: "a") }
        #expect(await worker([sink]).deliverDue() == false)
        #expect(sink.given == [["msg_1"]])
        #expect(queue.rows.map(\.state) == [.failed, .failed])
        #expect(queue.rows.map(\.error) == ["status 410", "status 410"])
    }

    @Test func rejectedAlertFailsAloneAndAtOnce() async {
        let sink = ScriptedSink("a", batchLimit: 2, script: [.rejected(reason: "no alert")])
        for id in ["msg_1", "msg_2"] { queue.add(alert(id), sink: "a") }
        #expect(await worker([sink]).deliverDue() == false)
        #expect(queue.rows.map(\.state) == [.failed, .delivered])
    }

    @Test func deliveryThatCouldNotBeMarkedIsMarkedLaterAndNotRepeated() async {
        let sink = ScriptedSink("a")
        queue.add(alert("msg_1"), sink: "a")
        queue.failMarking(times: 2)
        let worker = worker([sink])
        let run = Task { await worker.run() }
        await step { queue.rows[0].state != .pending }
        await worker.drain(deadline: .distantFuture)
        await run.value
        #expect(sink.given == [["msg_1"]])
        #expect(
            reports.all.filter { $0.outcome == .outboxUnavailable(reason: "the outbox is broken") }.count == 2
        )
    }

    @Test func outboxThatTakesNoNotesIsDeliveredFromAllTheSame() async {
        let sink = ScriptedSink("a", batchLimit: 2, script: [.retry(reason: "down", after: nil)])
        for index in 0..<5 { queue.add(alert("msg_\(index)"), sink: "a") }
        queue.takeNothing(true)
        let worker = worker([sink])
        let run = Task { await worker.run() }
        await step { sink.given.joined().count >= 6 }
        // Long enough for whatever would repeat itself.
        await step { time.now() >= Samples.now + 3600 }
        #expect(sink.given.joined().sorted() == ["msg_0", "msg_0", "msg_1", "msg_2", "msg_3", "msg_4"])
        #expect(queue.rows.allSatisfy { $0.state == .pending && $0.attempts == 0 })
        queue.takeNothing(false)
        await step { queue.rows.allSatisfy { $0.state == .delivered } }
        await worker.drain(deadline: .distantFuture)
        await run.value
        #expect(queue.rows.map(\.attempts) == [2, 1, 1, 1, 1])
        #expect(sink.given.joined().count == 6)
    }

    @Test func noMoreIsSentOnCreditThanACrashMayRepeat() async {
        let sink = ScriptedSink("a", batchLimit: 100)
        let limit = DeliveryLane.maxUnmarked
        for index in 0..<(limit + 500) { queue.add(alert("msg_\(index)"), sink: "a") }
        queue.takeNothing(true)
        let worker = worker([sink])
        let run = Task { await worker.run() }
        await step { time.now() >= Samples.now + 3600 }
        #expect(sink.given.joined().count == limit)
        queue.takeNothing(false)
        worker.wake()
        await step { queue.rows.allSatisfy { $0.state == .delivered } }
        #expect(sink.given.joined().count == limit + 500)
        await worker.drain(deadline: .distantFuture)
        await run.value
    }

    @Test func whatWasSentOnCreditIsNotedBeforeTheWorkerEnds() async {
        let sink = ScriptedSink("a")
        queue.add(alert("msg_1"), sink: "a")
        queue.takeNothing(true)
        let worker = worker([sink])
        let run = Task { await worker.run() }
        await reports.wait(for: 2)
        queue.takeNothing(false)
        await worker.drain(deadline: .distantFuture)
        await run.value
        #expect(queue.rows[0].state == .delivered)
    }

    @Test func outboxThatCannotBeReadIsReadAgain() async {
        let sink = ScriptedSink("a")
        queue.add(alert("msg_1"), sink: "a")
        queue.failReading(times: 3)
        let worker = worker([sink])
        let run = Task { await worker.run() }
        await step { queue.rows[0].state != .pending }
        await worker.drain(deadline: .distantFuture)
        await run.value
        #expect(time.now() >= Samples.now + 15)
    }

    @Test func wakingDeliversWhatCameSince() async {
        let sink = ScriptedSink("a")
        let worker = worker([sink])
        let run = Task { await worker.run() }
        queue.add(alert("msg_1"), sink: "a")
        worker.wake()
        await reports.wait(for: 1)
        #expect(sink.given == [["msg_1"]])
        await worker.drain(deadline: .distantFuture)
        await run.value
    }

    @Test func drainFinishesTheDeliveryInFlightAndBeginsNoOther() async {
        let gate = Gate()
        let sink = ScriptedSink("a", beforeAnswer: { await gate.pass() })
        for id in ["msg_1", "msg_2"] { queue.add(alert(id), sink: "a") }
        let worker = worker([sink])
        let run = Task { await worker.run() }
        await gate.reached()
        let drain = Task { await worker.drain(deadline: .distantFuture) }
        run.cancel()
        gate.open()
        await drain.value
        await run.value
        #expect(queue.rows.map(\.state) == [.delivered, .pending])
        #expect(sink.given == [["msg_1"]])
    }

    @Test func drainBreaksOffAtItsDeadlineAndLeavesTheAlertPending() async {
        let gate = Gate()
        let sink = ScriptedSink(
            "a", script: [.retry(reason: "cancelled", after: nil)],
            beforeAnswer: { await gate.passOrCancel() })
        queue.add(alert("msg_1"), sink: "a")
        let worker = worker([sink])
        let run = Task { await worker.run() }
        await gate.reached()
        let drain = Task { await worker.drain(deadline: Samples.now + 10) }
        await step { time.now() >= Samples.now + 10 }
        await drain.value
        await run.value
        #expect(queue.rows[0].state == .pending)
        #expect(queue.rows[0].attempts == 0)
    }

    // MARK: Another configuration

    @Test func aSinkThatChangedGetsWhatComesAfterTheDeliveryInFlight() async throws {
        let gate = Gate()
        let old = ScriptedSink("a", beforeAnswer: { await gate.pass() })
        let (between, new) = (ScriptedSink("a"), ScriptedSink("a"))
        for id in ["msg_1", "msg_2"] { queue.add(alert(id), sink: "a") }
        let worker = worker([old], later: ["/between": between, "/new": new])
        let run = Task { await worker.run() }
        await gate.reached()
        // Changed twice while the delivery is under way: what is in between never delivers.
        worker.adopt(try DeliveryWorker.open([file("a", "/between")]))
        worker.adopt(try DeliveryWorker.open([file("a", "/new")]))
        #expect(new.given.isEmpty)
        gate.open()
        await reports.wait(for: 2)
        #expect(old.given == [["msg_1"]])
        #expect(between.given.isEmpty)
        #expect(new.given == [["msg_2"]])
        #expect(queue.rows.map(\.state) == [.delivered, .delivered])
        await worker.drain(deadline: .distantFuture)
        await run.value
    }

    @Test func aSinkThatDidNotChangeKeepsWhatItKnowsOfItsEndpoint() async throws {
        let sink = ScriptedSink("a", script: [.disabled(reason: "status 410")])
        let other = ScriptedSink("b")
        queue.add(alert("msg_1"), sink: "a")
        let stdout = SinkConfiguration(name: "a", destination: .stdout, format: .text)
        let worker = worker([sink], later: ["/b": other])
        let run = Task { await worker.run() }
        await reports.wait(for: 1)
        worker.adopt(try DeliveryWorker.open([stdout, file("b", "/b")]))
        for name in ["a", "b"] { queue.add(alert("msg_2"), sink: name) }
        worker.wake()
        await reports.wait(for: 3)
        #expect(sink.given == [["msg_1"]])
        #expect(other.given == [["msg_2"]])
        await worker.drain(deadline: .distantFuture)
        await run.value
    }

    @Test func whatWaitsForASinkThatWentIsThereWhenItComesBack() async throws {
        let old = ScriptedSink("a", script: [.retry(reason: "down", after: nil)])
        let back = ScriptedSink("a")
        queue.add(alert("msg_1"), sink: "a")
        let worker = worker([old], later: ["/back": back])
        let run = Task { await worker.run() }
        await reports.wait(for: 1)
        worker.adopt(try DeliveryWorker.open([]))
        worker.wake()
        #expect(queue.rows[0].state == .pending)
        time.advance(by: .seconds(60))
        worker.adopt(try DeliveryWorker.open([file("a", "/back")]))
        await reports.wait(for: 2)
        #expect(old.given == [["msg_1"]])
        #expect(back.given == [["msg_1"]])
        await worker.drain(deadline: .distantFuture)
        await run.value
    }

    @Test func aSinkThatComesBackWaitsForTheDeliveryThatWasInFlight() async throws {
        let gate = Gate()
        let old = ScriptedSink("a", beforeAnswer: { await gate.pass() })
        let (back, other) = (ScriptedSink("a"), ScriptedSink("b"))
        for id in ["msg_1", "msg_2"] { queue.add(alert(id), sink: "a") }
        queue.add(alert("msg_1"), sink: "b")
        let worker = worker([old], later: ["/back": back, "/b": other])
        let run = Task { await worker.run() }
        await gate.reached()
        worker.adopt(try DeliveryWorker.open([]))
        worker.adopt(try DeliveryWorker.open([file("a", "/back"), file("b", "/b")]))
        // The other sink has delivered: the one that came back could have too.
        await reports.wait(for: 1)
        #expect(back.given.isEmpty)
        gate.open()
        await reports.wait(for: 3)
        #expect(old.given == [["msg_1"]])
        #expect(back.given == [["msg_2"]])
        await worker.drain(deadline: .distantFuture)
        await run.value
    }

    @Test func whatWasSentAndCouldNotBeMarkedIsMarkedByTheSinkThatFollows() async throws {
        let (old, new) = (ScriptedSink("a"), ScriptedSink("a"))
        queue.add(alert("msg_1"), sink: "a")
        queue.failMarking(times: 1)
        let worker = worker([old], later: ["/new": new])
        let run = Task { await worker.run() }
        await reports.wait(for: 2)
        #expect(queue.rows[0].state == .pending)
        worker.adopt(try DeliveryWorker.open([file("a", "/new")]))
        await step { queue.rows[0].state == .delivered }
        #expect(old.given == [["msg_1"]])
        #expect(new.given.isEmpty)
        await worker.drain(deadline: .distantFuture)
        await run.value
    }

    @Test func drainWaitsForADeliveryToASinkThatWent() async throws {
        let gate = Gate()
        let sink = ScriptedSink("a", beforeAnswer: { await gate.pass() })
        queue.add(alert("msg_1"), sink: "a")
        let worker = worker([sink])
        let run = Task { await worker.run() }
        await gate.reached()
        worker.adopt(try DeliveryWorker.open([]))
        let drain = Task { await worker.drain(deadline: .distantFuture) }
        gate.open()
        await drain.value
        await run.value
        #expect(queue.rows[0].state == .delivered)
    }
}

/// Lets a test hold a sink in the middle of a delivery.
final class Gate: Sendable {
    private let (arrivals, arrived) = AsyncStream<Void>.makeStream()
    private let (openings, opened) = AsyncStream<Void>.makeStream()

    func reached() async {
        for await _ in arrivals { return }
    }

    func open() {
        opened.finish()
    }

    /// Goes on when opened, whatever happens to the task.
    func pass() async {
        arrived.yield()
        let openings = openings
        await Task { for await _ in openings {} }.value
    }

    /// Goes on when opened or cancelled.
    func passOrCancel() async {
        arrived.yield()
        for await _ in openings {}
    }
}
