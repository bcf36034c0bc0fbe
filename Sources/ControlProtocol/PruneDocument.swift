import Foundation

/// What pruning has forgotten.
package struct PruneDocument: Codable, Sendable, Equatable {
    /// What is older went.
    package var before: Date
    /// Entries that were off topic everywhere.
    package var entries: Int
    /// Alerts that every sink has.
    package var alerts: Int

    /// Counts ≥ 0.
    package init(before: Date, entries: Int, alerts: Int) {
        self.before = before
        self.entries = entries
        self.alerts = alerts
    }
}
