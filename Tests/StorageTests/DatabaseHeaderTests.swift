import Foundation
import Storage
import Testing

/// A database looked at without SQLite.
@Suite struct DatabaseHeaderTests {
    let path = FileManager.default.temporaryDirectory.appending(
        path: "header-\(UUID().uuidString.prefix(8)).db"
    ).path

    private func remove() {
        // Left-overs in the temporary directory harm no result.
        for suffix in ["", "-wal", "-shm", ".lock"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
    }

    @Test func aDatabaseOfOursHasTheCurrentSchema() throws {
        defer { remove() }
        try NewsStore(path: path).close()
        #expect(
            try DatabaseHeader.read(path: path)
                == DatabaseHeader(
                    isOurs: true, schemaVersion: DatabaseHeader.currentSchema, hasJournal: false))
    }

    @Test func anOpenDatabaseIsReadBesideItsJournal() throws {
        defer { remove() }
        let store = try NewsStore(path: path)
        #expect(try DatabaseHeader.read(path: path).hasJournal)
        try store.close()
    }

    @Test func whatIsNoDatabaseIsSaidToBeNone() throws {
        defer { remove() }
        #expect(throws: StorageError.self) { try DatabaseHeader.read(path: path) }
        try Data().write(to: URL(filePath: path))
        #expect(
            try DatabaseHeader.read(path: path)
                == DatabaseHeader(isOurs: false, schemaVersion: 0, hasJournal: false))
        try Data("not a database".utf8).write(to: URL(filePath: path))
        #expect(throws: StorageError(code: .notADatabase, path: path, reason: "not a SQLite file")) {
            try DatabaseHeader.read(path: path)
        }
    }

    @Test func theHolderOfALockIsToldWithoutTakingIt() throws {
        defer { remove() }
        #expect(try DatabaseLock.holder(of: path) == nil)
        let lock = try DatabaseLock(path: path, holder: "newswatchd (process 7)")
        #expect(try DatabaseLock.holder(of: path) == "newswatchd (process 7)")
        lock.release()
        #expect(try DatabaseLock.holder(of: path) == nil)
        let again = try DatabaseLock(path: path, holder: "another")
        again.release()
    }
}
