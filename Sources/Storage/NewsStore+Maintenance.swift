import Foundation
import GRDB
import Glibc

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
    /// Takes seconds for each gigabyte; writers go on.
    package func check() throws -> [String] {
        try read { database in
            var faults = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            for row in try Row.fetchAll(database, sql: "PRAGMA foreign_key_check") {
                let table = try row.decode(String.self, atIndex: 0)
                let parent = try row.decode(String.self, atIndex: 2)
                faults.append("a row of \(table) names a row of \(parent) that is not there")
            }
            return faults
        }
    }

    /// Writes a copy of the database as it is now to `destination`, which must not exist. Entries may come in
    /// meanwhile. The copy appears under its name when it is whole and on the disk.
    package func backup(to destination: String) throws {
        var status = stat()
        guard lstat(destination, &status) != 0 else {
            throw StorageError(errno: EEXIST, path: destination)
        }
        let partial = destination + ".partial"
        let descriptor = open(partial, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard descriptor >= 0 else { throw StorageError(errno: errno, path: partial) }
        defer { Glibc.close(descriptor) }
        do {
            let copy = try DatabaseQueue(path: partial)
            try database.backup(to: copy)
            // Out of WAL, so that the copy is one file.
            try copy.writeWithoutTransaction {
                _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE")
            }
            try copy.close()
        } catch {
            unlink(partial)
            throw StorageError(error, path: partial)
        }
        // link(2) and not rename(2): it never replaces a file that appeared meanwhile.
        guard fsync(descriptor) == 0, link(partial, destination) == 0 else {
            let reason = errno
            unlink(partial)
            throw StorageError(errno: reason, path: destination)
        }
        unlink(partial)
        try Self.syncFolder(of: destination)
    }

    /// A new file is safe once its folder is (fsync(2), notes).
    private static func syncFolder(of path: String) throws(StorageError) {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError(errno: errno, path: folder) }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StorageError(errno: errno, path: folder) }
    }

    /// Forgets entries seen before `time` that are off topic everywhere and part of no development, and the
    /// texts of the others. Developments, their sources and decisions stay, and so does all that the engine's
    /// memory is rebuilt from, provided that `time` lies before the copy window. Returns how many entries went.
    ///
    /// Works through the entries in parts, so that documents can be taken in between. Throws a `StorageError`, or
    /// `CancellationError` between two parts; what was done until then stays done.
    package func prune(before time: Date) async throws -> Int {
        let time = Milliseconds.of(time)
        let newest = try read { try $0.integer("SELECT max(number) FROM entries") } ?? 0
        var removed = 0
        for first in stride(from: Int64(0), through: newest, by: Self.prunedAtOnce) {
            try Task.checkCancellation()
            removed += try write {
                try prune($0, numbers: [first, first + Int64(Self.prunedAtOnce)], before: time)
            }
            await Task.yield()
        }
        return removed
    }

    /// Numbers that one transaction of `prune` looks at: some ten milliseconds of work.
    private static let prunedAtOnce = 2000

    private func prune(_ database: Database, numbers: [Int64], before time: Int64) throws -> Int {
        let old = "number >= ? AND number < ? AND observed < ? AND engine_time < ?"
        let arguments = StatementArguments(numbers + [time, time])
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
}
