import Foundation
import Scheduling

/// When an alert that could not be delivered is tried again: the example schedule of Standard Webhooks 1.0.0,
/// ten attempts over three days and three hours.
enum DeliverySchedule {
    /// Waits before each attempt, the first included, in seconds.
    static let waits: [Double] = [
        0, 5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600,
    ]
    /// A fifth of the wait at most is added, so that what failed together does not come back together.
    static let jitterShare = 0.2
    /// Retry-After beyond seven days is cut, as for feeds.
    static let maxRetryAfter = 7.0 * 86_400

    /// The wait before the next attempt, in seconds, after `attempts` were made; nil when there is none left.
    /// `jitter` is a random number from 0 up to 1; `retryAfter` is what the other end asked for.
    static func wait(afterAttempts attempts: Int, jitter: Double, retryAfter: Duration? = nil)
        -> TimeInterval?
    {
        guard attempts >= 1, attempts < waits.count else { return nil }
        let wait = waits[attempts] * (1 + jitterShare * min(max(jitter, 0), 1))
        return max(wait, min(retryAfter?.seconds ?? 0, maxRetryAfter))
    }

    /// How long the whole sink rests after `failures` attempts in a row failed, in seconds: 5 s doubled up to
    /// 5 minutes. A backlog then does not spend its attempts on an endpoint that is down.
    static func rest(afterFailures failures: Int) -> TimeInterval {
        guard failures > 0 else { return 0 }
        return min(5 * pow(2, Double(min(failures, 30) - 1)), 300)
    }
}
