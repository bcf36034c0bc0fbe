/// Exponential back-off with full jitter: each attempt waits a random time below a bound that doubles. Full
/// jitter spreads many clients of one recovering server best (Brooker, "Exponential Backoff And Jitter", AWS
/// Architecture Blog, 2015).
package struct Backoff: Sendable, Equatable {
    /// The bound of the first attempt.
    package var base: Duration
    /// The bound never grows beyond this.
    package var cap: Duration
    /// No wait is shorter than this.
    package var floor: Duration

    /// A bound that starts at `base` and doubles up to `cap`.
    package init(base: Duration, cap: Duration, floor: Duration = .zero) {
        self.base = max(base, .zero)
        self.cap = max(cap, self.base)
        self.floor = min(max(floor, .zero), self.cap)
    }

    /// How long to wait after failure number `attempt`, counted from 0. `jitter` is a random number in 0..<1
    /// that the caller draws; anything outside is taken as the nearest end.
    package func delay(attempt: Int, jitter: Double) -> Duration {
        let bound = bound(attempt: attempt)
        let share = jitter.isFinite ? min(max(jitter, 0), 1) : 1
        return max(floor, .milliseconds(Int64(bound.seconds * 1000 * share)))
    }

    /// The longest wait after failure number `attempt`, counted from 0.
    package func bound(attempt: Int) -> Duration {
        var bound = base
        for _ in 0..<min(max(attempt, 0), 64) where bound < cap {
            bound = bound * 2
        }
        return max(floor, min(bound, cap))
    }
}
