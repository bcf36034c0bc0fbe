import Fetching
import Foundation
import Scheduling
import Storage
import Synchronization

/// Carries alerts from the outbox to the sinks: one lane for each sink, so that one that is down holds up no
/// other.
package final class DeliveryWorker: Sendable {
    /// Sinks that are open and wait to be taken over, see ``adopt(_:)``.
    package struct PreparedSinks: Sendable {
        fileprivate let sinks: [OpenedSink]
    }

    private struct State {
        var lanes: [DeliveryLane]
        /// What the lanes of the same places deliver to.
        var sinks: [OpenedSink]
        /// Lanes of sinks that went, until their delivery in flight is done.
        var leaving: [DeliveryLane] = []
    }

    private enum Command {
        case run(DeliveryLane)
        case stop(DeliveryLane)
    }

    private let state: Mutex<State>
    private let commands: AsyncStream<Command>
    private let command: AsyncStream<Command>.Continuation
    private let openLane: @Sendable (any AlertSink, DeliveryLane?) -> DeliveryLane
    private let openSink: @Sendable (OpenedSink) -> any AlertSink
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
        let prepared = try Self.open(sinks)
        self.init(
            queue: store, sinks: prepared.sinks, openSink: { $0.sink(transfer: transfer, time: time) },
            time: time, random: random, report: report)
    }

    init(
        queue: any DeliveryQueue, sinks: [OpenedSink],
        openSink: @escaping @Sendable (OpenedSink) -> any AlertSink,
        time: any TimeSource, random: @escaping @Sendable () -> Double,
        report: @escaping @Sendable (DeliveryReport) -> Void = { _ in }
    ) {
        self.time = time
        self.openSink = openSink
        openLane = { sink, predecessor in
            DeliveryLane(
                sink: sink, queue: queue, time: time, random: random, report: report, after: predecessor)
        }
        (commands, command) = AsyncStream.makeStream()
        let lanes = sinks.map { [openLane] in openLane(openSink($0), nil) }
        state = Mutex(State(lanes: lanes, sinks: sinks))
        for lane in lanes { command.yield(.run(lane)) }
    }

    /// Delivers until the task is cancelled or `drain` is called. May be called once.
    package func run() async {
        await withDiscardingTaskGroup { group in
            for await command in commands {
                group.addTask { [self] in
                    switch command {
                    case .run(let lane): await lane.run()
                    case .stop(let lane):
                        await lane.stop()
                        state.withLock { $0.leaving.removeAll { $0 === lane } }
                    }
                }
            }
        }
    }

    /// Reads what the sinks need, without touching those in use. Throws when a secret file cannot be used.
    package static func open(_ sinks: [SinkConfiguration]) throws(AlertingError) -> PreparedSinks {
        var opened: [OpenedSink] = []
        for sink in sinks { opened.append(try OpenedSink(sink)) }
        return PreparedSinks(sinks: opened)
    }

    /// Takes over other sinks while it runs. One that is as before goes on undisturbed, with what it knows of its
    /// endpoint. A delivery in flight to one that changed or went ends first: what comes after it goes the new
    /// way. Nothing leaves the outbox: what waits for a sink that went is there when it comes back.
    package func adopt(_ prepared: PreparedSinks) {
        state.withLock { state in
            var lanes: [DeliveryLane] = []
            for sink in prepared.sinks {
                let place = state.sinks.firstIndex { $0.configuration.name == sink.configuration.name }
                if let place, state.sinks[place] == sink {
                    lanes.append(state.lanes[place])
                } else {
                    // One that went and comes back may still have a delivery in flight too.
                    let predecessor =
                        place.map { state.lanes[$0] }
                        ?? state.leaving.last { $0.sinkName == sink.configuration.name }
                    let lane = openLane(openSink(sink), predecessor)
                    lanes.append(lane)
                    command.yield(.run(lane))
                }
            }
            for lane in state.lanes where !lanes.contains(where: { $0 === lane }) {
                lane.end()
                state.leaving.append(lane)
                command.yield(.stop(lane))
            }
            state.lanes = lanes
            state.sinks = prepared.sinks
        }
    }

    /// To be called after alerts were put into the outbox.
    package func wake() {
        for lane in lanes { lane.wake() }
    }

    private var lanes: [DeliveryLane] { state.withLock(\.lanes) }

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
        command.finish()
        let lanes = state.withLock { $0.lanes + $0.leaving }
        let alarm = Task { [time] in
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
