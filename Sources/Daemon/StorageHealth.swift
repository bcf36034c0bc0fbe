import Foundation
import Synchronization

/// Whether the database takes what is written to it, found out by whoever writes. While it does not, no feed is asked:
/// its entries could not be kept.
///
/// Safe from any task.
package final class StorageHealth: Sendable {
    /// Since when nothing can be stored, and why.
    package struct Trouble: Sendable, Equatable {
        /// The first failure.
        package var since: Date
        /// The last one, in a sentence.
        package var reason: String
        /// When it is tried again.
        package var nextTry: Date
    }

    private struct State {
        var trouble: Trouble?
        /// Failures since something was stored.
        var failures = 0
    }

    /// Between two tries: 5 s doubled up to a minute, so that all goes on soon after there is room again.
    private static let firstWait: TimeInterval = 5
    private static let longestWait: TimeInterval = 60

    private let state = Mutex(State())

    /// Nothing is known to be wrong.
    package init() {}

    /// What is wrong; nil when nothing is.
    package var trouble: Trouble? { state.withLock(\.trouble) }

    /// A write failed; with `isLasting` it is not tried again before the next start. True when none had failed before.
    func failed(_ reason: String, isLasting: Bool = false, now: Date) -> Bool {
        state.withLock { state in
            let known = state.trouble
            // What was begun before the first failure fails too, and says nothing new.
            if let known, now < known.nextTry { return false }
            state.failures += 1
            let wait = min(Self.firstWait * pow(2, Double(min(state.failures, 10) - 1)), Self.longestWait)
            state.trouble = Trouble(
                since: known?.since ?? now, reason: reason,
                nextTry: isLasting ? .distantFuture : now.addingTimeInterval(wait))
            return known == nil
        }
    }

    /// A try succeeded. What was wrong until then; nil when nothing was.
    func recovered() -> Trouble? {
        state.withLock { state in
            defer { state.trouble = nil }
            return state.trouble
        }
    }

    /// A document was stored: the next failure is a first one.
    func stored() {
        state.withLock { $0.failures = 0 }
    }
}
