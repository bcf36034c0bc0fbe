import Foundation

/// The machine's clock.
package struct SystemTime: TimeSource {
    /// A sleep looks at the clock at least this often, so that a clock set forward, or a laptop woken up,
    /// is noticed within a minute.
    private static let longestNap: TimeInterval = 60
    /// A century: what lies further ahead does not fit every clock.
    private static let longestSleep: TimeInterval = 100 * 365 * 86_400

    private static let start = ContinuousClock.now
    private let wall: @Sendable () -> Date

    /// The one there is.
    package init() { self.init(wall: { Date() }) }

    /// A machine whose clock shows what `wall` returns.
    init(wall: @escaping @Sendable () -> Date) { self.wall = wall }

    /// The present instant.
    package func now() -> Date { wall() }

    /// Time since the process first asked.
    package func uptime() -> Duration { ContinuousClock.now - Self.start }

    /// Returns when the clock shows `deadline`, or when as much time has passed as it lay ahead: a clock that is set
    /// back a day must not make a sleep of a second last a day.
    package func sleep(until deadline: Date) async throws {
        try Task.checkCancellation()
        let end = ContinuousClock.now + .seconds(min(deadline.timeIntervalSince(now()), Self.longestSleep))
        while true {
            let rest = min(deadline.timeIntervalSince(now()), (end - ContinuousClock.now).seconds)
            guard rest > 0 else { return }
            try await Task.sleep(for: .seconds(min(rest, Self.longestNap)))
        }
    }
}
