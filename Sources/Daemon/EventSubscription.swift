import ControlProtocol
import ControlServer
import Foundation
import Synchronization

/// What one watcher has not read yet, as lines of JSON.
package final class EventSubscription: ControlStream {
    /// Events that wait for a slow reader; those after them are only counted. With headlines cut, about 1 MiB.
    package static let maximumWaiting = 1024
    /// Events that go out in one piece.
    private static let sentAtOnce = 64

    private struct State {
        var waiting: [ControlEvent] = []
        var missed = 0
        var isEnding = false
        var hasEnded = false
    }

    private let state = Mutex(State())
    private let wakeup = Wakeup()
    private let now: @Sendable () -> Date
    private let onEnd: @Sendable () -> Void

    init(now: @escaping @Sendable () -> Date, onEnd: @escaping @Sendable () -> Void) {
        self.now = now
        self.onEnd = onEnd
    }

    /// Adds an event, or counts it as missed.
    func offer(_ event: ControlEvent) {
        state.withLock { state in
            guard !state.isEnding else { return }
            // Once one was missed all are, until what waits was read: the gap stands where it happened.
            if state.missed > 0 || state.waiting.count >= Self.maximumWaiting {
                state.missed += 1
            } else {
                state.waiting.append(event)
            }
        }
        wakeup.raise()
    }

    /// One JSON object per line.
    package var mediaType: String { MediaType.jsonLines }
    /// It ends when the daemon or its reader does.
    package var length: Int? { nil }

    /// Waits for events; nil after the last, which says that the daemon stops.
    package func next() async throws -> [UInt8]? {
        while true {
            if let events = take() { return try events.flatMap { try ControlCoding.line($0) } }
            if state.withLock({ $0.hasEnded }) { return nil }
            await wakeup.wait()
            try Task.checkCancellation()
        }
    }

    private func take() -> [ControlEvent]? {
        state.withLock { state in
            var events = Array(state.waiting.prefix(Self.sentAtOnce))
            state.waiting.removeFirst(events.count)
            guard state.waiting.isEmpty else { return events }
            if state.missed > 0 {
                events.append(ControlEvent(time: now(), kind: .missed(count: state.missed)))
                state.missed = 0
            }
            if state.isEnding, !state.hasEnded {
                events.append(ControlEvent(time: now(), kind: .end))
                state.hasEnded = true
            }
            return events.isEmpty ? nil : events
        }
    }

    /// Ends the stream after what waits, with a line that says so.
    package func stop() {
        state.withLock { $0.isEnding = true }
        onEnd()
        wakeup.raise()
    }
}
