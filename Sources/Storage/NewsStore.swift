import Foundation
import GRDB
import Stories

/// Everything that newswatch remembers, in one SQLite file. The only code that knows SQLite.
///
/// Safe from any task. Writers wait for each other; readers of a file do not wait for writers (WAL). The caller
/// holds the `DatabaseLock` of the path for as long as the store lives.
package final class NewsStore: Sendable {
    /// How long a statement waits for a lock that another connection (a backup, a shell) holds, in seconds.
    static let busyTimeout: TimeInterval = 5
    /// The journal is cut back to this after a checkpoint, so that one long read does not leave a giant behind.
    private static let journalBytes = 64 << 20

    let database: any DatabaseWriter
    /// Path of the file, or `:memory:`.
    package let path: String

    /// Opens the database at `path` and brings its schema up to date; nil keeps everything in memory.
    ///
    /// A new file gets mode 0640. With `maximumBytes` every write that would let the file grow beyond it fails
    /// with code `full`. Throws a `StorageError`; a file that is no database of ours, damaged or newer is left
    /// as it is.
    package init(path: String?, maximumBytes: Int64? = nil) throws(StorageError) {
        self.path = path ?? ":memory:"
        if let path { try DatabaseFile.prepare(path) }
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(Self.busyTimeout)
            configuration.label = "newswatch"
            database =
                if let path { try DatabasePool(path: path, configuration: configuration) } else {
                    try DatabaseQueue(configuration: configuration)
                }
            try database.writeWithoutTransaction { database in
                // FULL: an acknowledged document survives a power cut. Said here and not while the connection is
                // prepared, because GRDB sets NORMAL when it turns WAL on.
                try database.execute(sql: "PRAGMA synchronous = FULL")
                try database.execute(sql: "PRAGMA journal_size_limit = \(Self.journalBytes)")
                if let maximumBytes {
                    let pageBytes = try database.integer("PRAGMA page_size") ?? 4096
                    try database.execute(sql: "PRAGMA max_page_count = \(max(1, maximumBytes / pageBytes))")
                }
            }
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
            try database.read { try DatabaseFile.checkOrigin($0, path: path) }
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// Runs `body` in one transaction: all of it is stored, or, when anything throws, nothing.
    ///
    /// Synchronous; entries are written by the pipeline's actor only. Rethrows what `body` throws, and SQLite's own
    /// faults as `StorageError`.
    package func ingest<T>(_ body: (IngestTransaction) throws -> T) throws -> T {
        try write { try body(IngestTransaction(database: $0, path: path)) }
    }

    /// What the engine's memory is rebuilt from, in the order in which it came.
    package enum Memory: Sendable {
        /// `Change.encoded()` of an entry.
        case change(EntryNumber, [UInt8])
        /// What an operator said, and its number.
        case ruling(Int64, Ruling)
    }

    /// Gives every stored change of the entries behind `entry`, and every ruling behind `ruling` in its place among
    /// them, all as they are at one moment. Streams.
    package func memories(
        after entry: EntryNumber = EntryNumber(rawValue: 0), ruling: Int64 = 0,
        _ body: (Memory) throws -> Void
    ) throws {
        try read { database in
            var rulings = try storedRulings(database, after: ruling)[...]
            let rows = try Row.fetchCursor(
                database, sql: "SELECT entry, change FROM changes WHERE entry > ? ORDER BY entry",
                arguments: [entry.rawValue])
            while let row = try rows.next() {
                let number = EntryNumber(rawValue: try row.decode(atIndex: 0))
                while let next = rulings.first, next.afterEntry < number {
                    try body(.ruling(next.number, next.ruling))
                    rulings.removeFirst()
                }
                let change = try row.decode(Data.self, atIndex: 1)
                try body(.change(number, Array(change)))
            }
            for next in rulings { try body(.ruling(next.number, next.ruling)) }
        }
    }

    private func storedRulings(
        _ database: Database, after number: Int64
    ) throws -> [(number: Int64, afterEntry: EntryNumber, ruling: Ruling)] {
        try database.all(
            "SELECT number, after_entry, ruling FROM rulings WHERE number > ? ORDER BY number", [number]
        ).map { row in
            (
                try row.decode(atIndex: 0), EntryNumber(rawValue: try row.decode(atIndex: 1)),
                try JSONText.decode(Ruling.self, row.decode(atIndex: 2), path: path)
            )
        }
    }

    /// Writes the journal back and ends all connections. The store cannot be used afterwards.
    package func close() throws {
        try translated {
            try database.writeWithoutTransaction { database in
                guard !database.configuration.readonly else { return }
                // GRDB closes its readers last, and SQLite lets only a connection that may write do this. A
                // journal that somebody still reads stays; it is written back at the next start.
                _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
            try database.close()
        }
    }

    func read<T>(_ body: (Database) throws -> T) throws -> T {
        try translated { try database.read(body) }
    }

    func write<T>(_ body: (Database) throws -> T) throws -> T {
        try translated { try database.write(body) }
    }

    /// Errors of SQLite and of stored values as `StorageError`; others as they are.
    func translated<T>(_ work: () throws -> T) throws -> T {
        do {
            return try work()
        } catch let error as DatabaseError {
            throw StorageError(error, path: path)
        } catch let error as RowDecodingError {
            throw StorageError(error, path: path)
        }
    }
}
