import Foundation
import GRDB

/// The outbox as delivery sees it. Every change is a transaction of its own; sinks know nothing of each other.
extension NewsStore {
    /// Deliveries to `sink` that are due, oldest alert first, at most `limit`. Those not marked come again. One that
    /// follows another of the same development is not due while that is pending.
    package func dueDeliveries(sink: String, now: Date, limit: Int) throws -> [Delivery] {
        try read { try due($0, sink: sink, now: now, limit: limit) }
    }

    /// As `dueDeliveries`, and writes down, before anything is sent, that an attempt begins: one cut off by a
    /// crash is counted too.
    package func claimDueDeliveries(sink: String, now: Date, limit: Int) throws -> [Delivery] {
        try write { database in
            try due(database, sink: sink, now: now, limit: limit).map { delivery in
                try database.run(
                    "UPDATE deliveries SET attempts = attempts + 1, claimed_at = ? WHERE sink = ? AND alert = ?",
                    [Milliseconds.of(now), sink.storable, delivery.sequence])
                var claimed = delivery
                claimed.attempts += 1
                return claimed
            }
        }
    }

    /// When the next delivery to `sink` is due; nil when nothing is pending.
    package func nextDelivery(sink: String) throws -> Date? {
        try read { database in
            // The earliest is mostly the first; those that follow another are few.
            try database.integer(
                """
                SELECT next_attempt FROM deliveries d INDEXED BY deliveries_time
                WHERE sink = ? AND state = 'pending' AND \(Self.isUnblocked) ORDER BY next_attempt LIMIT 1
                """, [sink.storable]
            ).map(Milliseconds.date)
        }
    }

    /// All deliveries in the order of the outbox, or only those that were given up.
    package func deliveries(failedOnly: Bool = false) throws -> [Delivery] {
        try read { database in
            try list(
                database,
                failedOnly
                    ? "FROM deliveries d JOIN alerts a ON a.sequence = d.alert WHERE d.state = 'failed' "
                        + "ORDER BY d.alert, d.sink"
                    : "FROM alerts a JOIN deliveries d ON d.alert = a.sequence ORDER BY a.sequence, d.sink",
                [])
        }
    }

    /// The deliveries of one alert, by sink; none when there is no such alert.
    package func deliveries(alert: String) throws -> [Delivery] {
        try read {
            try list(
                $0, "FROM alerts a JOIN deliveries d ON d.alert = a.sequence WHERE a.id = ? ORDER BY d.sink",
                [alert.storable])
        }
    }

    /// The sink has it, and calls it `receipt`, if anything. A delivery that is not pending any more is left as it is,
    /// here and below.
    package func markDelivered(alert: String, sink: String, receipt: String? = nil, at time: Date) throws {
        try mark(
            alert, sink: sink, "state = 'delivered', delivered_at = ?, receipt = ?",
            [Milliseconds.of(time), receipt?.storable])
    }

    /// An attempt failed; it is tried again at `nextAttempt`, or given up when that is nil.
    package func markFailed(alert: String, sink: String, error: String, nextAttempt: Date?) throws {
        if let nextAttempt {
            try mark(
                alert, sink: sink, "last_error = ?, next_attempt = ?",
                [error.storable, Milliseconds.of(nextAttempt)])
        } else {
            try mark(alert, sink: sink, "state = 'failed', last_error = ?", [error.storable])
        }
    }

    /// Follows a clock that was set back by `seconds`: what was tried is tried again as soon as before.
    package func turnBackDeliveries(sink: String, by seconds: TimeInterval) throws {
        try write {
            try $0.run(
                """
                UPDATE deliveries SET next_attempt = next_attempt - ?
                WHERE sink = ? AND state = 'pending' AND attempts > 0
                """, [Int64(seconds * 1000), sink.storable])
        }
    }

    /// What was tried and waits is due at `time`: the sink works again.
    package func bringDeliveriesForward(sink: String, to time: Date) throws {
        try write {
            try $0.run(
                """
                UPDATE deliveries SET next_attempt = ?
                WHERE sink = ? AND state = 'pending' AND attempts > 0 AND next_attempt > ?
                """, [Milliseconds.of(time), sink.storable, Milliseconds.of(time)])
        }
    }

    /// Queues an alert again, with its attempts at 0: to those of `sinks` that gave it up or, when none did, to
    /// those that had it. Returns their names; none when there is no such alert, or all of it is still pending.
    package func redeliver(alert: String, sinks: [String], now: Date) throws -> [String] {
        try write { database in
            let rows = try database.all(
                """
                SELECT d.sink, a.sequence, d.state FROM alerts a JOIN deliveries d ON d.alert = a.sequence
                WHERE a.id = ? AND d.state IN ('failed', 'delivered') ORDER BY d.sink
                """, [alert.storable])
            let done = try rows.map {
                (
                    sink: try $0.decode(String.self, atIndex: 0),
                    sequence: try $0.decode(Int64.self, atIndex: 1),
                    isFailed: try $0.decode(String.self, atIndex: 2) == Delivery.State.failed.rawValue
                )
            }.filter { sinks.contains($0.sink) }
            let failed = done.filter(\.isFailed)
            return try (failed.isEmpty ? done : failed).map { sink, sequence, _ in
                try database.run(
                    """
                    UPDATE deliveries SET state = 'pending', attempts = 0, claimed_at = NULL, next_attempt = ?,
                        last_error = NULL, delivered_at = NULL, repeated = repeated OR state = 'delivered'
                    WHERE sink = ? AND alert = ?
                    """, [Milliseconds.of(now), sink, sequence])
                return sink
            }
        }
    }

    /// Queues an alert that belongs to no entry, such as a test.
    package func enqueue(_ alert: OutboxAlert, sinks: [String]) throws {
        try ingest { try $0.enqueue(alert, sinks: sinks) }
    }

    /// Ends an attempt; one that was not claimed is counted now.
    private func mark(
        _ alert: String, sink: String, _ assignment: String, _ arguments: StatementArguments
    ) throws {
        try write {
            try $0.run(
                """
                UPDATE deliveries SET \(assignment), attempts = attempts + (claimed_at IS NULL), claimed_at = NULL
                WHERE sink = ? AND alert = (SELECT sequence FROM alerts WHERE id = ?) AND state = 'pending'
                """, arguments + [sink.storable, alert.storable])
        }
    }

    /// What it follows is not on its way any more.
    private static let isUnblocked = """
        (d.after IS NULL OR NOT EXISTS (SELECT 1 FROM deliveries b
            WHERE b.sink = d.sink AND b.alert = d.after AND b.state = 'pending'))
        """

    private func due(_ database: Database, sink: String, now: Date, limit: Int) throws -> [Delivery] {
        // In the order of the outbox; a sink rests as a whole, so nearly all that is pending is due. What was never tried
        // and is not held back is due whatever the clock says: it may have been set back since.
        try list(
            database,
            """
            FROM deliveries d INDEXED BY deliveries_order JOIN alerts a ON a.sequence = d.alert
            WHERE d.sink = ? AND d.state = 'pending' AND \(Self.isUnblocked)
                AND (d.next_attempt <= ? OR (d.attempts = 0 AND d.next_attempt = a.created))
            ORDER BY d.alert LIMIT ?
            """, [sink.storable, Milliseconds.of(now), max(0, limit)])
    }

    private func list(
        _ database: Database, _ rest: String, _ arguments: StatementArguments
    ) throws -> [Delivery] {
        try database.all(Delivery.columns + " " + rest, arguments).map { try Delivery($0, path: path) }
    }
}
