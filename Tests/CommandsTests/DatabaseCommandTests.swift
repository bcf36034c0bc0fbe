import Foundation
import Storage
import Testing

/// `db`, on real files.
@Suite struct DatabaseCommandTests {
    let folder = TemporaryFolder()

    private func run(_ arguments: String...) async -> CommandRun {
        await CommandRun.newswatch(["db"] + arguments)
    }

    @Test func aSoundDatabaseIsSaidToBe() async throws {
        defer { folder.remove() }
        let path = try StoredEntry.database(in: folder)
        #expect(
            await run("check", "--database", path)
                == CommandRun(output: "\(path): sound\n", errors: "", code: 0))
        #expect(
            await run("check", "--database", path, "--json")
                == CommandRun(output: "{\"database\":\"\(path)\",\"faults\":[]}\n", errors: "", code: 0))
    }

    @Test func damageIsToldAndExitsWithOne() async throws {
        defer { folder.remove() }
        let path = try StoredEntry.database(in: folder)
        var bytes = Array(try Data(contentsOf: URL(filePath: path)))
        // All but the first two pages, which hold the schema's beginning.
        bytes.replaceSubrange(8192..., with: repeatElement(0xA5, count: bytes.count - 8192))
        try Data(bytes).write(to: URL(filePath: path))
        let run = await run("check", "--database", path)
        #expect(!run.output.isEmpty)
        #expect(
            run.errors == "newswatch: \(path) is damaged: restore a backup, or move it away to start anew\n")
        #expect(run.code == 1)
        try Data(bytes.prefix(bytes.count / 2)).write(to: URL(filePath: path))
        #expect(await self.run("check", "--database", path).code == 1)
    }

    @Test func aBackupHasEverythingAndReplacesNothing() async throws {
        defer { folder.remove() }
        let path = try StoredEntry.database(in: folder)
        let copy = folder.path + "/copy.db"
        #expect(
            await run("backup", copy, "--database", path)
                == CommandRun(output: "\(copy): 1 entries, 0 developments\n", errors: "", code: 0))
        let explained = await CommandRun.newswatch(["explain", "1", "--database", copy, "--json"])
        #expect(explained == (await CommandRun.newswatch(["explain", "1", "--database", path, "--json"])))
        #expect(explained.code == 0)

        #expect(
            await run("backup", copy, "--database", path)
                == CommandRun(output: "", errors: "newswatch: \(copy): File exists\n", code: 74))
    }

    @Test func whatCannotBeReadHasItsExitCode() async throws {
        defer { folder.remove() }
        let missing = folder.path + "/missing.db"
        #expect(
            await run("check", "--database", missing)
                == CommandRun(output: "", errors: "newswatch: \(missing): no such file\n", code: 74))
        let other = try folder.write("other.db", String(repeating: "not a database ", count: 1000))
        let run = await run("check", "--database", other)
        #expect(run.output == "")
        #expect(run.errors.hasPrefix("newswatch: \(other) is not a newswatch database"))
        #expect(run.code == 65)
    }

    @Test func aDatabaseInUseIsLeftAlone() async throws {
        defer { folder.remove() }
        let path = try StoredEntry.database(in: folder)
        let lock = try DatabaseLock(path: path, holder: "newswatchd (process 7)")
        defer { lock.release() }
        let sentence = "newswatch: \(path): in use by newswatchd (process 7); "
        let copy = folder.path + "/copy.db"
        for arguments in [["check"], ["backup", copy]] {
            #expect(
                await CommandRun.newswatch(["db"] + arguments + ["--database", path])
                    == CommandRun(output: "", errors: sentence + "stop it first\n", code: 75))
        }
        #expect(!FileManager.default.fileExists(atPath: copy))
        #expect(
            await CommandRun.newswatch(["explain", "1", "--database", path])
                == CommandRun(
                    output: "", errors: sentence + "ask it with --socket instead of --database\n", code: 75))
    }
}
