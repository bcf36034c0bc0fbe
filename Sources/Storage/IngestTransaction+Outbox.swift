import GRDB

extension IngestTransaction {
    /// Puts an alert into the outbox, once for each sink. An id that is there already is left as it is; sinks
    /// that did not have it get it.
    package func enqueue(_ alert: OutboxAlert, sinks: [String]) throws {
        let created = Milliseconds.of(alert.created)
        try database.run(
            "INSERT INTO alerts (id, type, created, payload) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            [alert.id, alert.type, created, alert.payload.storable])
        for sink in sinks {
            try database.run(
                """
                INSERT INTO deliveries (sink, alert, next_attempt) SELECT ?, sequence, ? FROM alerts WHERE id = ?
                ON CONFLICT DO NOTHING
                """, [sink.storable, created, alert.id])
        }
        for development in alert.developments {
            // The first time that it was told is what counts.
            try database.run(
                "UPDATE developments SET alerted_at = ?, late = ? WHERE id = ? AND alerted_at IS NULL",
                [created, alert.isLate, development.rawValue])
        }
    }
}
