import Foundation
import GRDB

/// What a killed daemon has left on the disk.
struct Remains {
    /// Entries that are stored.
    let entries: Int
    /// Ids of the alerts that are not delivered, by sink.
    let pending: [String: Set<String>]
    /// Attempts that the most tried of these has behind it.
    let attempts: Int

    /// Reads copies of the database and its journal: opening them in their place would do the daemon's work of
    /// recovery.
    init(database: String) throws {
        let folder = try Repository.temporaryFolder("remains")
        // A folder left behind in the temporary directory harms no result.
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.appending(path: "copy.db").path
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: database + suffix) {
            try FileManager.default.copyItem(atPath: database + suffix, toPath: copy + suffix)
        }
        let queue = try DatabaseQueue(path: copy)
        (entries, pending, attempts) = try queue.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT d.sink, a.id, d.attempts FROM deliveries d JOIN alerts a ON a.sequence = d.alert
                    WHERE d.state = 'pending'
                    """)
            return (
                try Int.fetchOne(database, sql: "SELECT count(*) FROM entries") ?? 0,
                Dictionary(grouping: rows) { $0["sink"] as String }.mapValues {
                    Set($0.map { $0["id"] as String })
                },
                rows.map { $0["attempts"] as Int }.max() ?? 0
            )
        }
        try queue.close()
    }
}
