import Foundation
import GRDB
import Testing

/// A database that cannot be used is refused with a word that helps, and stays as it is, byte for byte.
@Suite(.seated) struct RefusedDatabaseTests {
    /// What is wrong with the file, and what is said of it.
    enum Fault: CaseIterable {
        case garbage, damagedPages, newerSchema, anotherProgram

        func apply(to path: String) throws {
            switch self {
            case .garbage:
                try Data("This is a letter to my aunt, and no database.".utf8).write(to: URL(filePath: path))
            case .damagedPages:
                let file = try FileHandle(forUpdating: URL(filePath: path))
                let end = try file.seekToEnd()
                try file.seek(toOffset: 4096)
                try file.write(contentsOf: Data(repeating: 0xA5, count: Int(end) - 4096))
                try file.close()
            case .newerSchema:
                try execute("INSERT INTO grdb_migrations VALUES ('v99'); PRAGMA user_version = 99", in: path)
            case .anotherProgram:
                try execute("PRAGMA application_id = 7", in: path)
            }
        }

        private func execute(_ sql: String, in path: String) throws {
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction {
                try $0.execute(sql: sql)
                // The journal is part of what must not change: there is none.
                _ = try Row.fetchAll($0, sql: "PRAGMA journal_mode = DELETE")
            }
            try queue.close()
        }

        var words: [String] {
            switch self {
            case .garbage: ["is not a newswatch database (not a SQLite file)", "restore a backup"]
            case .damagedPages: ["is damaged", "restore a backup"]
            case .newerSchema: ["was written by a newer newswatch (schema 99)", "install that version again"]
            case .anotherProgram: ["made by another program", "restore a backup"]
            }
        }
    }

    private let room: Newsroom
    private let outlet: Outlet

    init() throws {
        outlet = try Outlet()
        room = try Newsroom(outlet: outlet)
    }

    /// A database that was in use.
    private func usedDatabase() async throws {
        outlet.publish([.firing])
        try await room.start()
        try await room.waitForEntries(1)
        _ = try await room.stop()
    }

    private func expectRefusal(exitCode: Int32, _ words: [String]) async throws {
        let before = try files()
        let result = try await RunningProgram(
            "newswatchd", ["--config", room.configuration], launcher: room.launcher
        ).wait()
        #expect(result.exitCode == exitCode)
        for word in words + ["newswatch.db"] {
            #expect(result.standardError.contains(word), "\(result.standardError)")
        }
        #expect(result.standardError.split(separator: "\n").count == 1)
        #expect(try files() == before)
    }

    /// The database and its journal.
    private func files() throws -> [Data] {
        try ["", "-wal"].map { room.database + $0 }.filter(FileManager.default.fileExists).map {
            try Data(contentsOf: URL(filePath: $0))
        }
    }

    @Test(arguments: Fault.allCases)
    func itStaysAsItIs(fault: Fault) async throws {
        try await usedDatabase()
        try fault.apply(to: room.database)
        try await expectRefusal(exitCode: 74, fault.words)
    }

    @Test(
        .enabled(
            if: SmallDisk.isPossible, "SKIPPED: needs root and unshare; read-only files are not tested here"))
    func aFileThatMayNotBeWrittenIsTold() async throws {
        try await usedDatabase()
        room.launcher = [
            "unshare", "-m", "sh", "-c",
            "mount --bind '\(room.database)' '\(room.database)' && "
                + "mount -o remount,bind,ro '\(room.database)' && exec \"$@\"", "sh",
        ]
        try await expectRefusal(exitCode: 77, ["Read-only file system", "check owner and rights"])
    }

    @Test func checkFindsTheDamageAndSaysWhatToDo() async throws {
        try await usedDatabase()
        try Fault.damagedPages.apply(to: room.database)
        let check = try await RunningProgram.run("newswatch", ["db", "check", "--database", room.database])
        #expect(check.exitCode == 1)
        #expect(check.standardError.contains("restore a backup"))
    }

    @Test func aBackupThatIsPutInItsPlaceGoesOn() async throws {
        try await usedDatabase()
        let backup = room.folder.appending(path: "backup.db").path
        let copied = try await RunningProgram.run(
            "newswatch", ["db", "backup", backup, "--database", room.database])
        #expect(copied.exitCode == 0, "\(copied.standardError)")
        try Fault.damagedPages.apply(to: room.database)
        try await expectRefusal(exitCode: 74, Fault.damagedPages.words)
        try FileManager.default.moveItem(atPath: room.database, toPath: room.database + ".damaged")
        try FileManager.default.moveItem(atPath: backup, toPath: room.database)
        room.launcher = []
        try await room.start()
        #expect(try await room.entries() == 1)
    }
}
