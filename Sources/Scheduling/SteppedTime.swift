import Foundation
import Synchronization

/// A clock that stands still until it is moved.
package final class SteppedTime: TimeSource {
    private struct Sleeper {
        var deadline: Date
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Date
        /// By how much it was set back in all, in seconds.
        var turnedBack: TimeInterval = 0
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var nextSleeper = 0
    }

    private let state: Mutex<State>

    /// Starts at `now`.
    package init(_ now: Date) {
        state = Mutex(State(now: now))
    }

    /// The instant it was last moved to.
    package func now() -> Date {
        state.withLock { $0.now }
    }

    /// Time since 2001 on a clock that was never set back.
    package func uptime() -> Duration {
        state.withLock { .seconds($0.now.timeIntervalSinceReferenceDate + $0.turnedBack) }
    }

    /// The earliest instant somebody sleeps for; nil when nobody does.
    package var nextDeadline: Date? {
        state.withLock { state in state.sleepers.values.lazy.map(\.deadline).min() }
    }

    /// Moves the clock to `instant`, unless it is past that, and wakes whoever slept until then, in the
    /// order of their deadlines.
    package func advance(to instant: Date) {
        let woken = state.withLock { state -> [Sleeper] in
            state.now = max(state.now, instant)
            let due = state.sleepers.filter { $0.value.deadline <= state.now }
            for key in due.keys { state.sleepers[key] = nil }
            return due.sorted { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }.map(\.value)
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Moves the clock by `duration`.
    package func advance(by duration: Duration) {
        advance(to: now().addingTimeInterval(duration.seconds))
    }

    /// Sets the clock back by `duration`. Whoever sleeps does so for as long as before, as on the machine's clock.
    package func turnBack(by duration: Duration) {
        state.withLock { state in
            state.now -= duration.seconds
            state.turnedBack += duration.seconds
            for key in state.sleepers.keys { state.sleepers[key]?.deadline -= duration.seconds }
        }
    }

    /// Returns when the clock has been moved to `deadline` or past it.
    package func sleep(until deadline: Date) async throws {
        let number = state.withLock { state in
            state.nextSleeper += 1
            return state.nextSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enter(Sleeper(deadline: deadline, continuation: continuation), number)
            }
        } onCancel: {
            let sleeper = state.withLock { state -> Sleeper? in
                guard let sleeper = state.sleepers.removeValue(forKey: number) else {
                    state.cancelled.insert(number)
                    return nil
                }
                return sleeper
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
        state.withLock { state in _ = state.cancelled.remove(number) }
    }

    private func enter(_ sleeper: Sleeper, _ number: Int) {
        let outcome = state.withLock { state -> Result<Void, any Error>? in
            if state.cancelled.remove(number) != nil { return .failure(CancellationError()) }
            if sleeper.deadline <= state.now { return .success(()) }
            state.sleepers[number] = sleeper
            return nil
        }
        if let outcome { sleeper.continuation.resume(with: outcome) }
    }
}
