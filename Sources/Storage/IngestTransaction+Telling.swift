import Foundation
import GRDB
import Stories

/// Who was told of what, and what is kept back from whom.
extension IngestTransaction {
    /// Sinks that were told of a development, or have the alert that tells of it in their outbox, and the id of that
    /// alert.
    package func told(_ development: DevelopmentID) throws -> [String: String] {
        let rows = try database.all(
            """
            SELECT t.sink, a.id FROM told t JOIN alerts a ON a.sequence = t.alert
            WHERE t.development = (SELECT number FROM developments WHERE id = ?)
            """, [development.rawValue])
        return try rows.reduce(into: [:]) { told, row in
            told[try row.decode(String.self, atIndex: 0)] = try row.decode(String.self, atIndex: 1)
        }
    }

    /// Keeps a development back from a sink; one that is kept back already is so for the new reason.
    package func withhold(
        _ development: DevelopmentID, from sink: String, because reason: Withholding, isLate: Bool = false
    ) throws {
        if isLate {
            try database.run("UPDATE developments SET late = 1 WHERE id = ?", [development.rawValue])
        }
        try database.run(
            """
            INSERT INTO withheld (development, sink, reason) SELECT number, ?, ? FROM developments WHERE id = ?
            ON CONFLICT (development, sink) DO UPDATE SET reason = excluded.reason
            """, [sink.storable, reason.rawValue, development.rawValue])
    }

    /// Sinks that a development is kept back from, in the order of their names.
    package func withheld(_ development: DevelopmentID) throws -> [(sink: String, reason: Withholding)] {
        let rows = try database.all(
            """
            SELECT sink, reason FROM withheld WHERE development = (SELECT number FROM developments WHERE id = ?)
            ORDER BY sink
            """, [development.rawValue])
        return try rows.map { row in
            (
                try row.decode(String.self, atIndex: 0),
                try Self.reason(row.decode(String.self, atIndex: 1), path)
            )
        }
    }

    /// Developments that wait for a digest to a sink, in the order in which they opened.
    package func folded(sink: String) throws -> [(development: DevelopmentID, reason: Withholding)] {
        let rows = try database.all(
            """
            SELECT d.id, w.reason FROM withheld w INDEXED BY withheld_sink JOIN developments d
                ON d.number = w.development
            WHERE w.sink = ? AND w.reason <> 'corroboration' ORDER BY w.development
            """, [sink.storable])
        return try rows.map { row in
            (
                DevelopmentID(rawValue: try row.decode(atIndex: 0)),
                try Self.reason(row.decode(String.self, atIndex: 1), path)
            )
        }
    }

    /// Developments that a sink is not told of for want of outlets, in the order in which they opened.
    package func uncorroborated(sink: String) throws -> [DevelopmentID] {
        try database.all(
            """
            SELECT d.id FROM withheld w JOIN developments d ON d.number = w.development
            WHERE w.sink = ? AND w.reason = 'corroboration' ORDER BY w.development
            """, [sink.storable]
        ).map { DevelopmentID(rawValue: try $0.decode(atIndex: 0)) }
    }

    /// Keeps a development back from a sink no longer.
    package func release(_ development: DevelopmentID, to sink: String) throws {
        try database.run(
            """
            DELETE FROM withheld WHERE sink = ? AND development = (SELECT number FROM developments WHERE id = ?)
            """, [sink.storable, development.rawValue])
    }

    /// When the newest alerts to a sink were put into its outbox, newest first, `count` of them at most.
    package func newestAlerts(sink: String, count: Int) throws -> [Date] {
        try database.all(
            """
            SELECT a.created FROM deliveries d JOIN alerts a ON a.sequence = d.alert
            WHERE d.sink = ? ORDER BY d.alert DESC LIMIT ?
            """, [sink.storable, max(0, count)]
        ).map { Milliseconds.date(try $0.decode(atIndex: 0)) }
    }

    private static func reason(_ word: String, _ path: String) throws -> Withholding {
        // The table's CHECK lets no other word in.
        guard let reason = Withholding(rawValue: word) else {
            throw StorageError(code: .badValue, path: path, reason: "withheld for “\(word)”")
        }
        return reason
    }
}
