import Foundation
import GRDB

/// What an operator does with the database now and then.
extension NewsStore {
    /// How the database is kept, as SQLite itself reports it.
    package struct Settings: Sendable, Equatable {
        /// For example `3.40.1`.
        package var sqliteVersion: String
        /// `wal` in a file, `memory` without one.
        package var journalMode: String
        /// 2 is FULL: every commit is on the disk before it is acknowledged.
        package var synchronous: Int
        /// References between tables are checked.
        package var foreignKeys: Bool
    }

    /// What is in force on the connection that writes.
    package func settings() throws -> Settings {
        try write { database in
            Settings(
                sqliteVersion: try database.first("SELECT sqlite_version()")?.decode(atIndex: 0) ?? "",
                journalMode: try database.first("PRAGMA journal_mode")?.decode(atIndex: 0) ?? "",
                synchronous: Int(try database.integer("PRAGMA synchronous") ?? 0),
                foreignKeys: try database.integer("PRAGMA foreign_keys") == 1)
        }
    }

    /// Reads the whole database and returns what is wrong with it, one sentence each; nothing when it is sound.
    /// Damage that SQLite cannot read past is one of them. Takes seconds for each gigabyte; writers go on.
    package func check() throws -> [String] {
        do {
            return try read { try Self.faults($0) }
        } catch {
            return [try fault(error)]
        }
    }

    /// As ``check()``, without holding a thread of the shared pool meanwhile. Cancelling the task ends it with
    /// `CancellationError`.
    package func checkInBackground() async throws -> [String] {
        do {
            return try await database.read { try Self.faults($0) }
        } catch {
            return [try fault(error)]
        }
    }

    /// Damage in words; throws everything else.
    private func fault(_ error: any Error) throws -> String {
        if error is CancellationError { throw error }
        let error = StorageError(error, path: path)
        guard error.code == .corrupt else { throw error }
        return error.reason
    }

    /// Faults of a kind that are told; the first of them is reason enough to restore a backup.
    private static let maximumFaults = 100

    private static func faults(_ database: Database) throws -> [String] {
        var faults = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
        // As many as integrity_check tells by itself; a damaged file may have millions.
        let orphans = "SELECT * FROM pragma_foreign_key_check LIMIT \(maximumFaults)"
        for row in try Row.fetchAll(database, sql: orphans) {
            let table = try row.decode(String.self, atIndex: 0)
            let parent = try row.decode(String.self, atIndex: 2)
            faults.append("a row of \(table) names a row of \(parent) that is not there")
        }
        return faults
    }

    /// As ``check()`` in a fraction of the time: every page is read, indexes are not compared with their tables.
    package func quickCheck() throws -> [String] {
        do {
            return try read { try String.fetchAll($0, sql: "PRAGMA quick_check").filter { $0 != "ok" } }
        } catch {
            return [try fault(error)]
        }
    }

    /// Writes something that means nothing, and waits until it is on the disk. Throws a `StorageError` as long as the
    /// database takes nothing.
    package func probe() throws {
        do {
            try writeProbe()
        } catch let error as StorageError where error.code == .full {
            // A journal that can be written back and cut may be all the room that the disk lacks.
            try translated {
                try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            }
            try writeProbe()
        }
    }

    private func writeProbe() throws {
        try write {
            try $0.run(
                """
                INSERT INTO meta (key, value) VALUES ('probe', '') ON CONFLICT (key) DO UPDATE SET value = excluded.value
                """, [])
        }
    }

    /// What the database takes on the disk, in bytes, its journal apart.
    package func sizeInBytes() throws -> Int64 {
        try read { database in
            try (database.integer("PRAGMA page_count") ?? 0) * (database.integer("PRAGMA page_size") ?? 0)
        }
    }

    /// Writes a copy of the database as it is now to `destination`, which must not exist. Entries may come in
    /// meanwhile. The copy appears under its name when it is whole and on the disk.
    package func backup(to destination: String) throws {
        let file = try NewFile(path: destination)
        try copy(to: file.partialPath)
        try file.publish()
    }

    /// Writes a copy of the database as it is now over the file at `destination`, out of WAL, so that it is one
    /// file. Entries may come in meanwhile. Blocks its thread; throws `CancellationError` soon after
    /// `isCancelled` returns true, and leaves what there is of the copy to the caller.
    package func copy(to destination: String, isCancelled: @escaping () -> Bool = { false }) throws {
        do {
            let copy = try DatabaseQueue(path: destination)
            try database.backup(to: copy, pagesPerStep: Self.pagesCopiedAtOnce) { progress in
                if !progress.isCompleted, isCancelled() { throw CancellationError() }
            }
            try copy.writeWithoutTransaction {
                _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE")
            }
            try copy.close()
        } catch let error as CancellationError {
            throw error
        } catch {
            throw StorageError(error, path: destination)
        }
    }

    /// 4 MiB of pages as SQLite makes them: some milliseconds between two looks at whether to go on.
    private static let pagesCopiedAtOnce: CInt = 1024
}
