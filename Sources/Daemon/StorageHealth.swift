import Alerting
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
        /// When it is tried again; nil: after a restart.
        package var nextTry: Date?

        /// Whether it is to be tried at `now`. A try that lies further ahead than any was planned on another clock.
        func isDue(now: Date) -> Bool {
            nextTry.map { $0 <= now || $0.timeIntervalSince(now) > StorageHealth.longestWait } ?? false
        }
    }

    private struct State {
        var trouble: Trouble?
        /// Failures since something was stored.
        var failures = 0
    }

    /// Between two tries: 5 s doubled up to a minute, so that all goes on soon after there is room again.
    private static let firstWait: TimeInterval = 5
    static let longestWait: TimeInterval = 60

    private let state = Mutex(State())
    private let path: String
    private let tell: @Sendable (ServiceNotice) -> Void

    /// Nothing is known to be wrong with the database at `path`. `tell` is given what an operator should know; what
    /// cannot be stored is in the log.
    package init(path: String, tell: @escaping @Sendable (ServiceNotice) -> Void) {
        self.path = path
        self.tell = tell
    }

    /// What is wrong; nil when nothing is.
    package var trouble: Trouble? { state.withLock(\.trouble) }

    /// A write failed; with `isLasting` it is not tried again before the next start. True when none had failed before.
    func failed(_ reason: String, isLasting: Bool = false, now: Date) -> Bool {
        let isNews = note(reason, isLasting: isLasting, now: now)
        if isNews {
            tell(
                notice(.failing, "The database cannot be written (\(reason)); no feed is asked until it can.")
            )
        }
        return isNews
    }

    private func note(_ reason: String, isLasting: Bool, now: Date) -> Bool {
        state.withLock { state in
            let known = state.trouble
            // What was begun before the first failure fails too, and says nothing new.
            if let known, !known.isDue(now: now) { return false }
            state.failures += 1
            let wait = min(Self.firstWait * pow(2, Double(min(state.failures, 10) - 1)), Self.longestWait)
            state.trouble = Trouble(
                since: known?.since ?? now, reason: reason,
                nextTry: isLasting ? nil : now.addingTimeInterval(wait))
            return known == nil
        }
    }

    /// A try succeeded. False when nothing was wrong.
    func recovered(now: Date) -> Bool {
        let past = state.withLock { state in
            defer { state.trouble = nil }
            return state.trouble
        }
        guard let past else { return false }
        let (since, until) = (Timestamp.text(past.since), Timestamp.text(now))
        tell(
            notice(
                .recovered,
                "The database could not be written from \(since) to \(until); feeds are asked again."))
        return true
    }

    private func notice(_ state: ServiceNotice.State, _ message: String) -> ServiceNotice {
        ServiceNotice(subject: .storage, state: state, name: path, message: message)
    }

    /// A document was stored: the next failure is a first one.
    func stored() {
        state.withLock { $0.failures = 0 }
    }
}
