import Foundation
import Scheduling
import Synchronization

/// Delivers the alerts of one sink, in the order of the outbox, one call at a time.
///
/// Claim, send, mark. While the outbox takes no notes, as on a full disk, what can be read of it is sent on credit: the
/// marks are kept in memory and written when it does again, and only a crash in between can repeat what they stand for.
actor DeliveryLane {
    /// What to do after a step.
    private enum Step {
        case again
        case wait(until: Date?)
    }

    /// How an attempt ended, until the outbox knows it.
    private struct Mark {
        enum Ending {
            case delivered(receipt: String?, at: Date)
            case failed(error: String, next: Date?)
        }

        var alert: String
        var ending: Ending

        /// Whether the alert is not to be sent at `now`, whatever the outbox says.
        func rules(now: Date) -> Bool {
            switch ending {
            case .delivered, .failed(_, next: nil): true
            case .failed(_, let next?): next > now
            }
        }
    }

    /// Attempts in a row that failed, and the sink was down: what waits for it goes out once it is back.
    private static let failuresOfAnOutage = 3
    /// Attempts in a row that may fail before a daemon that runs once leaves the rest to its next run.
    private static let maxFailuresOfARound = 3
    /// Marks that are kept while they cannot be written. With more nothing is sent: a crash would repeat it all.
    static let maxUnmarked = 1000

    private let sink: any AlertSink
    private let queue: any DeliveryQueue
    private let time: any TimeSource
    private let random: @Sendable () -> Double
    private let report: @Sendable (DeliveryReport) -> Void
    private let signals: AsyncStream<Void>
    private nonisolated let signal: AsyncStream<Void>.Continuation

    private var unmarked: [Mark] = []
    /// Attempts in a row that failed.
    private var failures = 0
    /// Attempts, and tries to read or write the outbox, that failed since the start.
    private var undelivered = 0
    private var restsUntil = Date.distantPast
    /// Tries to read or write the outbox in a row that failed.
    private var outboxFailures = 0
    /// The outbox is not written to before.
    private var outboxRestsUntil = Date.distantPast
    /// Asked for by the other end.
    private var throttledUntil = Date.distantPast
    private var disabled: String?
    private var clock: ClockWatch
    /// Seconds by which the clock was set back and the outbox does not know of yet.
    private var turnedBack: TimeInterval = 0
    private nonisolated let hasEnded = Atomic<Bool>(false)
    private nonisolated let hasNews = Atomic<Bool>(false)
    private var current: Task<Step, Never>?
    /// The lane that delivered to the sink of the same name before it changed.
    private var predecessor: DeliveryLane?

    init(
        sink: any AlertSink, queue: any DeliveryQueue, time: any TimeSource,
        random: @escaping @Sendable () -> Double, report: @escaping @Sendable (DeliveryReport) -> Void,
        after predecessor: DeliveryLane? = nil
    ) {
        self.predecessor = predecessor
        self.sink = sink
        self.queue = queue
        self.time = time
        clock = ClockWatch(time)
        self.random = random
        self.report = report
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Name of the sink that it delivers to.
    nonisolated var sinkName: String { sink.name }

    /// There may be something new in the outbox, which therefore can be written.
    nonisolated func wake() {
        hasNews.store(true, ordering: .releasing)
        signal.yield()
    }

    /// Claims nothing more from now on; a delivery in flight goes on.
    nonisolated func end() {
        hasEnded.store(true, ordering: .releasing)
        signal.yield()
    }

    private nonisolated var isStopping: Bool { hasEnded.load(ordering: .acquiring) }

    /// Delivers until stopped or cancelled, once the predecessor's delivery in flight is done. A delivery in flight
    /// at the end is finished first.
    func run() async {
        await predecessor?.stop()
        unmarked = await predecessor?.handOver() ?? []
        predecessor = nil
        if unmarked.isEmpty, hasNothingPending { await sink.repair() }
        var iterator = signals.makeAsyncIterator()
        while !isStopping, !Task.isCancelled {
            guard case .wait(let until) = await perform(isPatient: true) else { continue }
            if isStopping { break }
            let alarm = until.map { until in
                Task { [time, signal] in
                    do {
                        try await time.sleep(until: until)
                        signal.yield()
                    } catch {
                        // Woken before: the alarm is not needed.
                    }
                }
            }
            _ = await iterator.next(isolation: self)
            alarm?.cancel()
        }
        markAll()
    }

    private var hasNothingPending: Bool {
        do {
            return try queue.nextTime(sink: sink.name) == nil
        } catch {
            noteOutboxFailure(error)
            return false
        }
    }

    /// One attempt for everything that is due, unless several in a row fail. True when all of it was delivered.
    func deliverDue() async -> Bool {
        let before = undelivered
        var isFinished = false
        while !isFinished, !isStopping, !Task.isCancelled {
            if case .wait = await perform(isPatient: false) { isFinished = true }
        }
        markAll()
        return isFinished && undelivered == before
    }

    /// Claims nothing more and returns when the delivery in flight is done and marked.
    func stop() async {
        end()
        await predecessor?.stop()
        _ = await current?.value
    }

    /// What was sent and could not be marked, for whoever delivers to this sink after it.
    private func handOver() async -> [Mark] {
        let earlier = await predecessor?.handOver() ?? []
        defer { unmarked = [] }
        return earlier + unmarked
    }

    /// Breaks off the delivery in flight; it stays in the outbox as it was.
    func abort() async {
        current?.cancel()
        await predecessor?.abort()
    }

    /// A step in a task of its own: cancelling whoever waits for it must not break off a delivery.
    private func perform(isPatient: Bool) async -> Step {
        let step = Task { await self.step(isPatient: isPatient) }
        current = step
        defer { current = nil }
        return await step.value
    }

    private func step(isPatient: Bool) async -> Step {
        let now = present()
        if hasNews.exchange(false, ordering: .acquiring) { outboxRestsUntil = .distantPast }
        if now >= outboxRestsUntil { markAll() }
        if !isPatient, failures >= Self.maxFailuresOfARound { return .wait(until: nil) }
        let pause = isPatient ? max(restsUntil, throttledUntil) : throttledUntil
        if now < pause, disabled == nil {
            return .wait(until: unmarked.isEmpty ? pause : min(pause, markTime))
        }
        do {
            let batch = try nextBatch(now: now)
            guard !batch.isEmpty else {
                guard unmarked.isEmpty else { return .wait(until: markTime) }
                // A time that has passed although nothing is due would spin.
                return .wait(until: try queue.nextTime(sink: sink.name).map { $0 > now ? $0 : now + 1 })
            }
            let results: [DeliveryResult]
            if let disabled {
                results = batch.map { _ in .disabled(reason: disabled) }
            } else {
                results = await sink.deliver(batch.map(\.alert))
            }
            let wasDown = failures >= Self.failuresOfAnOutage
            note(results, of: batch, isAborted: Task.isCancelled)
            if present() >= outboxRestsUntil { markAll() }
            if wasDown, failures == 0, unmarked.isEmpty {
                try queue.bringForward(sink: sink.name, to: present())
            }
            return Task.isCancelled ? .wait(until: nil) : .again
        } catch {
            noteOutboxFailure(error)
            return .wait(until: markTime)
        }
    }

    /// When the outbox is tried again.
    private var markTime: Date { max(outboxRestsUntil, present() + 1) }

    /// The present instant. A clock that was set back is followed: nothing waits longer than it was to.
    private func present() -> Date {
        let (now, back) = clock.look(at: time)
        restsUntil -= back
        throttledUntil -= back
        outboxRestsUntil -= back
        turnedBack += back
        return now
    }

    /// What is due: claimed, or, while that cannot be written, on credit.
    private func nextBatch(now: Date) throws -> [QueuedDelivery] {
        if unmarked.isEmpty, now >= outboxRestsUntil {
            do {
                if turnedBack > 0 {
                    try queue.turnBack(sink: sink.name, by: turnedBack)
                    turnedBack = 0
                }
                let batch = try queue.claim(sink: sink.name, now: now, limit: sink.batchLimit)
                outboxFailures = 0
                return batch
            } catch {
                noteOutboxFailure(error)
            }
        }
        guard unmarked.count < Self.maxUnmarked else { return [] }
        let marks = Dictionary(grouping: unmarked, by: \.alert)
        return try queue.due(sink: sink.name, now: now, limit: sink.batchLimit + marks.count)
            .filter { marks[$0.alert.id]?.last?.rules(now: now) != true }.prefix(sink.batchLimit)
            .map { due in
                QueuedDelivery(
                    alert: due.alert, attempts: due.attempts + marks[due.alert.id, default: []].count)
            }
    }

    /// Tells of it, unless it was told in this step already.
    private func noteOutboxFailure(_ error: any Error) {
        let now = present()
        guard now >= outboxRestsUntil else { return }
        undelivered += 1
        outboxFailures += 1
        outboxRestsUntil = now + DeliverySchedule.rest(afterFailures: outboxFailures)
        report(
            DeliveryReport(sink: sink.name, alert: nil, outcome: .outboxUnavailable(reason: "\(error)")))
    }

    /// Turns results into marks. Of an aborted batch only what arrived is marked: the rest is to be tried again
    /// at the next start, as after a crash.
    private func note(_ results: [DeliveryResult], of batch: [QueuedDelivery], isAborted: Bool) {
        let now = present()
        var hasFailed = false
        for (delivery, result) in zip(batch, results) {
            let id = delivery.alert.id
            switch result {
            case .delivered: arrived(id, receipt: nil, at: now)
            case .named(let receipt): arrived(id, receipt: receipt, at: now)
            case .retry(let reason, let after) where !isAborted:
                hasFailed = true
                postpone(delivery, reason: reason, after: after, now: now)
            case .retry:
                break
            case .rejected(let reason):
                fail(id, reason)
            case .disabled(let reason):
                disabled = reason
                fail(id, reason)
            }
        }
        if isAborted { return }
        failures = hasFailed ? failures + 1 : 0
        restsUntil = now + DeliverySchedule.rest(afterFailures: failures)
    }

    private func arrived(_ alert: String, receipt: String?, at now: Date) {
        unmarked.append(Mark(alert: alert, ending: .delivered(receipt: receipt, at: now)))
        tell(alert, .delivered)
    }

    private func postpone(_ delivery: QueuedDelivery, reason: String, after: Duration?, now: Date) {
        undelivered += 1
        if let after {
            let seconds = min(after.seconds, DeliverySchedule.maxRetryAfter)
            throttledUntil = max(throttledUntil, now + seconds)
        }
        let wait = DeliverySchedule.wait(
            afterAttempts: delivery.attempts + 1, jitter: random(), retryAfter: after)
        guard let wait else {
            fail(delivery.alert.id, "\(reason); attempt \(delivery.attempts + 1) was the last")
            return
        }
        let next = now + wait
        unmarked.append(Mark(alert: delivery.alert.id, ending: .failed(error: reason, next: next)))
        tell(delivery.alert.id, .postponed(reason: reason, until: next))
    }

    private func fail(_ alert: String, _ reason: String) {
        undelivered += 1
        unmarked.append(Mark(alert: alert, ending: .failed(error: reason, next: nil)))
        tell(alert, .failed(reason: reason))
    }

    private func tell(_ alert: String, _ outcome: DeliveryReport.Outcome) {
        report(DeliveryReport(sink: sink.name, alert: alert, outcome: outcome))
    }

    /// Writes what is known and not yet noted, as far as the outbox takes it.
    private func markAll() {
        do {
            while let mark = unmarked.first {
                switch mark.ending {
                case .delivered(let receipt, let at):
                    try queue.delivered(alert: mark.alert, sink: sink.name, receipt: receipt, at: at)
                case .failed(let error, let next):
                    try queue.failed(alert: mark.alert, sink: sink.name, error: error, next: next)
                }
                unmarked.removeFirst()
                outboxFailures = 0
            }
        } catch {
            noteOutboxFailure(error)
        }
    }
}
