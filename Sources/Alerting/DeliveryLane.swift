import Foundation
import Scheduling
import Synchronization

/// Delivers the alerts of one sink, in the order of the outbox, one call at a time.
///
/// Claim, send, mark: what was sent and could not be marked is kept and marked before anything else is
/// claimed, so only a crash in between can repeat it.
actor DeliveryLane {
    /// What to do after a step.
    private enum Step {
        case again
        case wait(until: Date?)
    }

    private enum Mark {
        case delivered(alert: String, at: Date)
        case failed(alert: String, error: String, next: Date?)
    }

    /// Attempts in a row that may fail before a daemon that runs once leaves the rest to its next run.
    private static let maxFailuresOfARound = 3
    /// After a failure of the outbox.
    private static let outboxRest: TimeInterval = 5

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
    /// Asked for by the other end.
    private var throttledUntil = Date.distantPast
    private var disabled: String?
    private nonisolated let hasEnded = Atomic<Bool>(false)
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
        self.random = random
        self.report = report
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Name of the sink that it delivers to.
    nonisolated var sinkName: String { sink.name }

    /// There may be something new in the outbox.
    nonisolated func wake() {
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
    }

    /// One attempt for everything that is due, unless several in a row fail. True when all of it was delivered.
    func deliverDue() async -> Bool {
        let before = undelivered
        var isFinished = false
        while !isFinished, !isStopping, !Task.isCancelled {
            if case .wait = await perform(isPatient: false) { isFinished = true }
        }
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
        let now = time.now()
        do {
            try markAll()
            if !isPatient, failures >= Self.maxFailuresOfARound { return .wait(until: nil) }
            let pause = isPatient ? max(restsUntil, throttledUntil) : throttledUntil
            if now < pause, disabled == nil { return .wait(until: pause) }
            let batch = try queue.due(sink: sink.name, now: now, limit: sink.batchLimit)
            guard !batch.isEmpty else {
                // A time that has passed although nothing is due would spin.
                return .wait(until: try queue.nextTime(sink: sink.name).map { $0 > now ? $0 : now + 1 })
            }
            let results: [DeliveryResult]
            if let disabled {
                results = batch.map { _ in .disabled(reason: disabled) }
            } else {
                results = await sink.deliver(batch.map(\.alert))
            }
            note(results, of: batch, isAborted: Task.isCancelled)
            try markAll()
            return Task.isCancelled ? .wait(until: nil) : .again
        } catch {
            undelivered += 1
            report(
                DeliveryReport(sink: sink.name, alert: nil, outcome: .outboxUnavailable(reason: "\(error)")))
            return .wait(until: time.now() + Self.outboxRest)
        }
    }

    /// Turns results into marks. Of an aborted batch only what arrived is marked: the rest is to be tried again
    /// at the next start, as after a crash.
    private func note(_ results: [DeliveryResult], of batch: [QueuedDelivery], isAborted: Bool) {
        let now = time.now()
        var hasFailed = false
        for (delivery, result) in zip(batch, results) {
            let id = delivery.alert.id
            switch result {
            case .delivered:
                unmarked.append(.delivered(alert: id, at: now))
                tell(id, .delivered)
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
        unmarked.append(.failed(alert: delivery.alert.id, error: reason, next: next))
        tell(delivery.alert.id, .postponed(reason: reason, until: next))
    }

    private func fail(_ alert: String, _ reason: String) {
        undelivered += 1
        unmarked.append(.failed(alert: alert, error: reason, next: nil))
        tell(alert, .failed(reason: reason))
    }

    private func tell(_ alert: String, _ outcome: DeliveryReport.Outcome) {
        report(DeliveryReport(sink: sink.name, alert: alert, outcome: outcome))
    }

    private func markAll() throws {
        while let mark = unmarked.first {
            switch mark {
            case .delivered(let alert, let at):
                try queue.delivered(alert: alert, sink: sink.name, at: at)
            case .failed(let alert, let error, let next):
                try queue.failed(alert: alert, sink: sink.name, error: error, next: next)
            }
            unmarked.removeFirst()
        }
    }
}
