import Foundation
import GRDB

/// The outbox as delivery sees it. Every change is a transaction of its own.
extension NewsStore {
    /// Deliveries to `sink` that are due, oldest alert first, at most `limit`.
    package func dueDeliveries(sink: String, now: Date, limit: Int) throws -> [Delivery] {
        try deliveries(
            where: "d.sink = ? AND d.state = 'pending' AND d.next_attempt <= ? ORDER BY d.alert LIMIT ?",
            [sink, Milliseconds.of(now), limit])
    }

    /// When the next delivery to `sink` is due; nil when nothing is pending.
    package func nextDelivery(sink: String) throws -> Date? {
        try read { database in
            try Int64.fetchOne(
                database, sql: "SELECT min(next_attempt) FROM deliveries WHERE sink = ? AND state = 'pending'",
                arguments: [sink]
            ).map(Milliseconds.date)
        }
    }

    /// All deliveries in the order of the outbox, or only those that were given up.
    package func deliveries(failedOnly: Bool = false) throws -> [Delivery] {
        try deliveries(where: (failedOnly ? "d.state = 'failed'" : "1") + " ORDER BY d.alert, d.sink", [])
    }

    /// Deliveries to `sink` that are neither delivered nor given up, oldest first.
    package func pendingDeliveries(sink: String) throws -> [Delivery] {
        try deliveries(where: "d.sink = ? AND d.state = 'pending' ORDER BY d.alert", [sink])
    }

    /// The sink has it. A delivery that is not pending any more is left as it is, here and below.
    package func markDelivered(alert: String, sink: String, at time: Date) throws {
        try update(
            alert, sink, "state = 'delivered', attempts = attempts + 1, delivered_at = ?", [Milliseconds.of(time)])
    }

    /// An attempt failed; it is tried again at `nextAttempt`, or given up when that is nil.
    package func markFailed(alert: String, sink: String, error: String, nextAttempt: Date?) throws {
        if let nextAttempt {
            try update(
                alert, sink, "attempts = attempts + 1, last_error = ?, next_attempt = ?",
                [error, Milliseconds.of(nextAttempt)])
        } else {
            try update(alert, sink, "state = 'failed', attempts = attempts + 1, last_error = ?", [error])
        }
    }

    /// Queues an alert that belongs to no entry, such as a test.
    package func enqueue(_ alert: OutboxAlert, sinks: [String]) throws {
        try ingest { try $0.enqueue(alert, sinks: sinks) }
    }

    private func update(
        _ alert: String, _ sink: String, _ assignment: String, _ arguments: StatementArguments
    ) throws {
        try write { database in
            try database.execute(
                sql: """
                    UPDATE deliveries SET \(assignment) WHERE state = 'pending' AND sink = ?
                        AND alert = (SELECT sequence FROM alerts WHERE id = ?)
                    """,
                arguments: arguments + [sink, alert])
        }
    }

    private func deliveries(where condition: String, _ arguments: StatementArguments) throws -> [Delivery] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT a.sequence, a.id, a.type, d.sink, d.state, d.attempts, d.next_attempt, d.last_error,
                        a.created, d.delivered_at, a.payload
                    FROM deliveries d JOIN alerts a ON a.sequence = d.alert WHERE \(condition)
                    """, arguments: arguments
            ).map { row in
                Delivery(
                    sequence: row[0], alertID: row[1], type: row[2], sink: row[3],
                    state: Delivery.State(rawValue: row[4]) ?? .pending, attempts: row[5],
                    nextAttempt: Milliseconds.date(row[6]), lastError: row[7],
                    created: Milliseconds.date(row[8]), delivered: (row[9] as Int64?).map(Milliseconds.date),
                    payload: row[10])
            }
        }
    }
}
