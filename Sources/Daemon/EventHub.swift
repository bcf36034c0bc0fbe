import ControlProtocol
import Foundation
import Synchronization

/// Tells everybody who watches the daemon what it does. Publishing never waits: who reads too slowly misses
/// events and is told how many.
///
/// Safe from any task.
package final class EventHub: Sendable {
    /// Watchers at a time; a quarter of the connections, so that they cannot lock anybody out.
    package static let maximumWatchers = 16
    /// The daemon is silent for this long at most, so that a watcher notices when it is dead.
    package static let heartbeat = Duration.seconds(15)

    private struct State {
        var watchers: [Int: EventSubscription] = [:]
        var last = 0
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> Date

    /// A hub without watchers, whose events have the time that `now` returns.
    package init(now: @escaping @Sendable () -> Date) {
        self.now = now
    }

    /// Tells every watcher of `kind`, which is not even made without any.
    package func publish(_ kind: @autoclosure () -> ControlEvent.Kind) {
        let watchers = state.withLock { Array($0.watchers.values) }
        guard !watchers.isEmpty else { return }
        let event = ControlEvent(time: now(), kind: kind())
        for watcher in watchers { watcher.offer(event) }
    }

    /// Begins to watch: the first event greets, whatever is published meanwhile. Throws `conflict` when too many do.
    package func subscribe() throws(ControlFailure) -> EventSubscription {
        let greeting = ControlEvent(
            time: now(),
            kind: .watching(
                version: NewswatchVersion.current,
                heartbeatSeconds: Int(Self.heartbeat.components.seconds)))
        let watcher = state.withLock { state -> EventSubscription? in
            guard state.watchers.count < Self.maximumWatchers else { return nil }
            state.last += 1
            let number = state.last
            let watcher = EventSubscription(now: now) { [weak self] in self?.remove(number) }
            watcher.offer(greeting)
            state.watchers[number] = watcher
            return watcher
        }
        guard let watcher else {
            throw .conflict("\(Self.maximumWatchers) are watching already, which is as many as may")
        }
        return watcher
    }

    /// How many watch.
    package var watcherCount: Int { state.withLock { $0.watchers.count } }

    private func remove(_ number: Int) {
        _ = state.withLock { $0.watchers.removeValue(forKey: number) }
    }
}
