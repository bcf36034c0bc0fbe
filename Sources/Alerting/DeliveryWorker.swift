import Fetching
import Foundation
import Scheduling
import Storage

/// Carries alerts from the outbox to the sinks: one lane for each sink, so that one that is down holds up no
/// other.
package final class DeliveryWorker: Sendable {
    private let lanes: [DeliveryLane]
    private let time: any TimeSource

    /// Opens no sink before its first delivery. `store` and `transfer` stay the caller's, and must outlive
    /// `run`. Throws when a secret file cannot be used.
    ///
    /// - Parameters:
    ///   - random: numbers from 0 up to 1, for jitter.
    ///   - report: told of every outcome; called from any thread.
    package convenience init(
        store: NewsStore, sinks: [SinkConfiguration], transfer: HTTPTransfer, time: any TimeSource,
        random: @escaping @Sendable () -> Double,
        report: @escaping @Sendable (DeliveryReport) -> Void = { _ in }
    ) throws(AlertingError) {
        var opened: [any AlertSink] = []
        for sink in sinks { opened.append(try sink.sink(transfer: transfer, time: time)) }
        self.init(queue: store, sinks: opened, time: time, random: random, report: report)
    }

    init(
        queue: any DeliveryQueue, sinks: [any AlertSink], time: any TimeSource,
        random: @escaping @Sendable () -> Double,
        report: @escaping @Sendable (DeliveryReport) -> Void = { _ in }
    ) {
        self.time = time
        lanes = sinks.map {
            DeliveryLane(sink: $0, queue: queue, time: time, random: random, report: report)
        }
    }

    /// Delivers until the task is cancelled or `drain` is called. May be called once.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            for lane in lanes {
                group.addTask { await lane.run() }
            }
        }
    }

    /// To be called after alerts were put into the outbox.
    package func wake() {
        for lane in lanes { lane.wake() }
    }

    /// One attempt for everything that is due, for a daemon that runs once; a sink that fails three times in a
    /// row is left to the next run. Not while `run` runs. True when all of it was delivered.
    package func deliverDue() async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            for lane in lanes {
                group.addTask { await lane.deliverDue() }
            }
            return await group.reduce(true) { $0 && $1 }
        }
    }

    /// Claims nothing more, and waits for the deliveries in flight until `deadline`; then they are broken off
    /// and stay in the outbox. After it `run` returns.
    package func drain(deadline: Date) async {
        let alarm = Task { [lanes, time] in
            do {
                try await time.sleep(until: deadline)
            } catch {
                // All deliveries are done: nothing is left to break off.
                return
            }
            for lane in lanes { await lane.abort() }
        }
        await withTaskGroup(of: Void.self) { group in
            for lane in lanes {
                group.addTask { await lane.stop() }
            }
        }
        alarm.cancel()
    }
}
