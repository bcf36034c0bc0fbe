import Foundation
import GRDB
import Stories

extension IngestTransaction {
    /// Puts an alert into the outbox, once for each sink. An id that is there already keeps its payload for those who
    /// have it; sinks that did not have it get it as it is now.
    ///
    /// - Parameters:
    ///   - notBefore: it is held back until then.
    ///   - following: a development that was told before and that this is more about: it goes out after whatever else
    ///     of that development is still on its way to the same sink.
    package func enqueue(
        _ alert: OutboxAlert, sinks: [String], notBefore: Date? = nil, following: DevelopmentID? = nil
    ) throws {
        let created = Milliseconds.of(alert.created)
        let payload = alert.payload.storable
        try database.run(
            "INSERT INTO alerts (id, type, created, payload) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            [alert.id, alert.type, created, payload])
        for sink in sinks {
            try database.run(
                """
                INSERT INTO deliveries (sink, alert, next_attempt, payload, after)
                SELECT ?, sequence, ?, nullif(?, payload),
                    (SELECT t.latest FROM told t JOIN developments d ON d.number = t.development
                        WHERE d.id = ? AND t.sink = ?)
                FROM alerts WHERE id = ? ON CONFLICT DO NOTHING
                """,
                [
                    sink.storable, notBefore.map(Milliseconds.of) ?? created, payload, following?.rawValue,
                    sink.storable, alert.id,
                ])
            for development in alert.developments {
                try database.run(
                    """
                    INSERT INTO told (development, sink, alert, latest)
                    SELECT d.number, ?, a.sequence, a.sequence FROM developments d, alerts a
                    WHERE d.id = ? AND a.id = ? ON CONFLICT DO NOTHING
                    """, [sink.storable, development.rawValue, alert.id])
            }
            if let following {
                try database.run(
                    """
                    UPDATE told SET latest = (SELECT sequence FROM alerts WHERE id = ?)
                    WHERE sink = ? AND development = (SELECT number FROM developments WHERE id = ?)
                    """, [alert.id, sink.storable, following.rawValue])
            }
        }
        for development in alert.developments {
            // The first time that it was told is what counts.
            try database.run(
                "UPDATE developments SET alerted_at = ?, late = max(late, ?) WHERE id = ? AND alerted_at IS NULL",
                [created, alert.isLate, development.rawValue])
        }
    }
}
