import Foundation

/// Where the time comes from, so that a test or a replay can be the one who moves it.
package protocol TimeSource: Sendable {
    /// The present instant.
    func now() -> Date
    /// Time since an instant that never changes; runs evenly, whatever is done to the clock.
    func uptime() -> Duration
    /// Returns when `deadline` has come. Throws `CancellationError` when the task is cancelled before.
    func sleep(until deadline: Date) async throws
}
