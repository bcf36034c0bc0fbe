import Foundation

/// The machine's clock.
package struct SystemTime: TimeSource {
    /// A sleep looks at the clock at least this often, so that a clock set forward, or a laptop woken up,
    /// is noticed within a minute.
    private static let longestNap: TimeInterval = 60

    /// The one there is.
    package init() {}

    /// The present instant.
    package func now() -> Date { Date() }

    /// Returns when the clock shows `deadline`.
    package func sleep(until deadline: Date) async throws {
        try Task.checkCancellation()
        while true {
            let rest = deadline.timeIntervalSince(now())
            guard rest > 0 else { return }
            try await Task.sleep(for: .seconds(min(rest, Self.longestNap)))
        }
    }
}
