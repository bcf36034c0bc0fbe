import Foundation
import GRDB
import Stories

/// Everything that newswatch remembers, in one SQLite file. The only code that knows SQLite.
///
/// Safe from any task. Writers wait for each other; readers of a file do not wait for writers (WAL). The caller
/// holds the `DatabaseLock` of the path for as long as the store lives.
package final class NewsStore: Sendable {
    /// How long a statement waits for a lock that another connection (a backup, a shell) holds.
    static let busyTimeout: TimeInterval = 5

    let database: any DatabaseWriter
    /// Path of the file, or `:memory:`.
    package let path: String

    /// Opens the database at `path` and brings its schema up to date; nil keeps everything in memory.
    ///
    /// Throws a `StorageError`; a file that is no database of ours, damaged or newer is left as it is.
    package init(path: String?) throws(StorageError) {
        self.path = path ?? ":memory:"
        var configuration = Configuration()
        configuration.busyMode = .timeout(Self.busyTimeout)
        configuration.foreignKeysEnabled = true
        configuration.label = "newswatch"
        configuration.prepareDatabase { database in
            // FULL: an acknowledged document survives a power cut; measured far above what feeds need.
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        do {
            database =
                if let path { try DatabasePool(path: path, configuration: configuration) } else {
                    try DatabaseQueue(configuration: configuration)
                }
            try Self.checkOrigin(database, path: self.path)
            try Schema.migrator.migrate(database)
        } catch {
            throw StorageError(error, path: self.path)
        }
    }

    /// Opens the file for reading only; for looking at it while no daemon runs.
    package init(readingPath path: String) throws(StorageError) {
        self.path = path
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(Self.busyTimeout)
        do {
            database = try DatabaseQueue(path: path, configuration: configuration)
            try Self.checkOrigin(database, path: path)
        } catch {
            throw StorageError(error, path: path)
        }
    }

    private static func checkOrigin(_ database: any DatabaseWriter, path: String) throws {
        try database.read { database in
            let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
            guard tables == 0 || application == Schema.applicationID else {
                throw StorageError(code: .notADatabase, path: path, reason: "made by another program")
            }
            if tables > 0, try Schema.migrator.hasBeenSuperseded(database) {
                throw StorageError(code: .newerSchema, path: path, reason: "unknown migration")
            }
        }
    }

    /// Runs `body` in one transaction: all of it is stored, or, when anything throws, nothing.
    ///
    /// Synchronous; the pipeline's actor is its only caller. Rethrows what `body` throws, and SQLite's own
    /// faults as `StorageError`.
    package func ingest<T>(_ body: (IngestTransaction) throws -> T) throws -> T {
        do {
            return try database.write { try body(IngestTransaction(database: $0, path: path)) }
        } catch let error as DatabaseError {
            throw StorageError(error, path: path)
        }
    }

    /// Gives every stored change in the order of entries, for rebuilding the engine's memory. Streams.
    package func changes(_ body: (EntryNumber, [UInt8]) throws -> Void) throws {
        try read { database in
            let rows = try Row.fetchCursor(database, sql: "SELECT number, change FROM entries ORDER BY number")
            while let row = try rows.next() {
                let change: Data = row[1]
                try body(EntryNumber(rawValue: row[0]), Array(change))
            }
        }
    }

    func read<T>(_ body: (Database) throws -> T) throws -> T {
        do {
            return try database.read(body)
        } catch let error as DatabaseError {
            throw StorageError(error, path: path)
        }
    }

    func write<T>(_ body: (Database) throws -> T) throws -> T {
        do {
            return try database.write(body)
        } catch let error as DatabaseError {
            throw StorageError(error, path: path)
        }
    }
}
