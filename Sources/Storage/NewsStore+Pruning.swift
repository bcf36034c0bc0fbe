import Foundation
import GRDB

/// Forgetting what is old.
extension NewsStore {
    /// What was forgotten.
    package struct Pruned: Sendable, Equatable {
        /// Entries that are off topic everywhere.
        package var entries = 0
        /// Alerts that every sink has.
        package var alerts = 0

        /// Nothing.
        package init() {}
    }

    /// Numbers that one transaction of `prune` looks at: some ten milliseconds of work.
    private static let prunedAtOnce: Int64 = 2000

    /// Forgets entries seen before `time` that are off topic everywhere and part of no development, the texts of the
    /// others, and alerts made before `time` that every sink has. Developments, their sources and decisions stay, who was
    /// told of them, alerts that were given up, and all that the engine's memory is rebuilt from, provided that `time` lies
    /// before the copy window.
    ///
    /// Works in parts, so that documents can be taken in between. Throws a `StorageError`, or `CancellationError` between
    /// two parts; what was done until then stays done.
    package func prune(before time: Date) async throws -> Pruned {
        let time = Milliseconds.of(time)
        var pruned = Pruned()
        pruned.entries = try await pruneInParts("entries", key: "number") { database, numbers in
            try pruneEntries(database, numbers: numbers, before: time)
        }
        pruned.alerts = try await pruneInParts("alerts", key: "sequence") { database, numbers in
            try pruneAlerts(database, numbers: numbers, before: time)
        }
        return pruned
    }

    private func pruneInParts(
        _ table: String, key: String, _ prune: (Database, Range<Int64>) throws -> Int
    ) async throws -> Int {
        let newest = try read { try $0.integer("SELECT max(\(key)) FROM \(table)") } ?? 0
        var removed = 0
        for first in stride(from: Int64(0), through: newest, by: Int64.Stride(Self.prunedAtOnce)) {
            try Task.checkCancellation()
            removed += try write { try prune($0, first..<(first + Self.prunedAtOnce)) }
            await Task.yield()
        }
        return removed
    }

    private func pruneEntries(
        _ database: Database, numbers: Range<Int64>, before time: Int64
    ) throws -> Int {
        let old = "number >= ? AND number < ? AND observed < ? AND engine_time < ?"
        let arguments: StatementArguments = [numbers.lowerBound, numbers.upperBound, time, time]
        try database.run(
            "DELETE FROM texts WHERE entry IN (SELECT number FROM entries WHERE \(old))", arguments)
        try database.run(
            """
            DELETE FROM entries WHERE \(old)
                AND NOT EXISTS (SELECT 1 FROM decisions WHERE entry = number AND on_topic)
                AND NOT EXISTS (SELECT 1 FROM development_entries WHERE entry = number)
                AND NOT EXISTS (SELECT 1 FROM developments d WHERE d.entry = entries.number)
            """, arguments)
        return database.changesCount
    }

    /// An alert that told a development keeps its row, without its text: whoever was told by it must not be told again.
    private func pruneAlerts(
        _ database: Database, numbers: Range<Int64>, before time: Int64
    ) throws -> Int {
        let done = """
            sequence >= ? AND sequence < ? AND created < ? AND payload <> ''
                AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.alert = sequence AND d.state <> 'delivered')
            """
        let arguments: StatementArguments = [numbers.lowerBound, numbers.upperBound, time]
        try database.run(
            "DELETE FROM deliveries WHERE alert IN (SELECT sequence FROM alerts WHERE \(done))", arguments)
        try database.run(
            """
            DELETE FROM alerts WHERE \(done)
                AND sequence NOT IN (SELECT alert FROM told UNION SELECT latest FROM told)
            """, arguments)
        let removed = database.changesCount
        try database.run("UPDATE alerts SET payload = '' WHERE \(done)", arguments)
        return removed + database.changesCount
    }
}
