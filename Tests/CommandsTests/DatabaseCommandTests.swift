import Foundation
import Storage
import Testing

/// `db`, on real files.
@Suite struct DatabaseCommandTests {
    let folder = TemporaryFolder()

    private func run(_ arguments: String...) async -> CommandRun {
        await CommandRun.newswatch(["db"] + arguments)
    }

    /// Files of the folder that do not belong to `database`, as its journal does.
    private func others(than database: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { !$0.hasPrefix(database) }.sorted()
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

    @Test func pruningForgetsWhatIsOldAndNothingElse() async throws {
        defer { folder.remove() }
        let path = try StoredEntry.database(in: folder)
        #expect(
            await run("prune", "--database", path, "--older-than", "36500d")
                == CommandRun(output: "forgotten: 0 entries, 0 alerts\n", errors: "", code: 0))
        #expect(try NewsStore(readingPath: path).counts().entries > 0)
        #expect(
            try await SampleDaemon().run(["db", "prune"])
                == CommandRun(output: "forgotten: 1200 entries, 340 alerts\n", errors: "", code: 0))
        #expect(
            try await SampleDaemon().run(["db", "prune", "--json"])
                == CommandRun(
                    output: #"{"alerts":340,"before":"2022-10-13T12:00:00Z","entries":1200}"# + "\n",
                    errors: "", code: 0))
    }

    @Test(arguments: [
        ["--database", "x"], ["--database", "x", "--older-than", "7d"],
        ["--database", "x", "--older-than", "soon"], ["--older-than", "400d"],
    ])
    func pruningIsToldHowMuchAndNeverTakesTheCopyWindow(arguments: [String]) async {
        let run = await CommandRun.newswatch(["db", "prune"] + arguments)
        #expect(run.code == 64)
        #expect(run.errors.contains("--older-than"))
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
                == CommandRun(output: "\(copy): 1 entry, 0 developments\n", errors: "", code: 0))
        let explained = await CommandRun.newswatch(["explain", "1", "--database", copy, "--json"])
        #expect(explained == (await CommandRun.newswatch(["explain", "1", "--database", path, "--json"])))
        #expect(explained.code == 0)

        #expect(
            await run("backup", copy, "--database", path)
                == CommandRun(
                    output: "",
                    errors: "newswatch: \(copy): exists and is never replaced; name another file\n", code: 74)
        )
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

    @Test func anExportIsEveryEntryWithItsDecisionsAndTheCounts() async throws {
        defer { folder.remove() }
        let path = try StoredEntry.database(in: folder)
        let lines = #"""
            {"exported":"2023-11-17T12:00:00Z","newswatch":"0.1.0","schema":2,"type":"export","version":1}
            ENTRY
            {"decisions":1,"developments":0,"entries":1,"type":"summary"}

            """#.replacing("ENTRY", with: StoredEntry.exported)
        #expect(
            await run("export", "--database", path) == CommandRun(output: lines, errors: "", code: 0))
        let file = folder.path + "/export.jsonl"
        #expect(
            await run("export", "--database", path, "--output", file)
                == CommandRun(
                    output: "\(file): 1 entry, 1 decision, 0 developments\n", errors: "", code: 0))
        #expect(try String(contentsOfFile: file, encoding: .utf8) == lines)
        #expect(
            await run("export", "--database", path, "--output", file)
                == CommandRun(
                    output: "",
                    errors: "newswatch: \(file): exists and is never replaced; name another file\n", code: 74)
        )
        #expect(try others(than: "newswatch.db") == ["export.jsonl"])
    }

    @Test func theRunningDaemonIsAskedForACopyThatIsProvenBeforeItGetsItsName() async throws {
        defer { folder.remove() }
        let path = try StoredEntry.copy(in: folder)
        let copy = folder.path + "/copy.db"
        var daemon = SampleDaemon()
        daemon.streams.database = path
        let run = try await daemon.run(["db", "backup", copy])
        #expect(run == CommandRun(output: "\(copy): 1 entry, 0 developments\n", errors: "", code: 0))
        #expect(try Data(contentsOf: URL(filePath: copy)) == Data(contentsOf: URL(filePath: path)))
        #expect(
            try await daemon.run(["db", "backup", copy])
                == CommandRun(
                    output: "",
                    errors: "newswatch: \(copy): exists and is never replaced; name another file\n", code: 74)
        )

        let other = folder.path + "/other.db"
        daemon.streams.database = try folder.write("rubbish", String(repeating: "rubbish ", count: 1000))
        let rubbish = try await daemon.run(["db", "backup", other])
        #expect(rubbish.output == "")
        #expect(rubbish.errors.hasPrefix("newswatch: \(other).partial is not a newswatch database"))
        #expect(rubbish.code == 65)
        daemon.streams.database = nil
        let cut = try await daemon.run(["db", "backup", other])
        #expect(cut.errors.hasPrefix("newswatch: the daemon's answer was cut short ("))
        #expect(cut.code == 69)
        #expect(try others(than: "newswatch.db") == ["copy.db", "rubbish", "sent.db"])
    }

    @Test func aCopyWithATornPageIsRefused() async throws {
        defer { folder.remove() }
        let path = try StoredEntry.copy(in: folder)
        var bytes = Array(try Data(contentsOf: URL(filePath: path)))
        // A page of an index: its entries are out of order now.
        bytes.replaceSubrange((bytes.count - 4096)..., with: repeatElement(0xA5, count: 4096))
        try Data(bytes).write(to: URL(filePath: path))
        var daemon = SampleDaemon()
        daemon.streams.database = path
        let copy = folder.path + "/copy.db"
        let run = try await daemon.run(["db", "backup", copy])
        #expect(run.output == "")
        #expect(run.errors.contains("damaged"), "\(run.errors)")
        #expect(run.code == 65)
        #expect(!FileManager.default.fileExists(atPath: copy))
    }

    @Test func theRunningDaemonChecksItsDatabase() async throws {
        defer { folder.remove() }
        var daemon = SampleDaemon()
        #expect(
            try await daemon.run(["db", "check"])
                == CommandRun(output: "/var/lib/newswatch/newswatch.db: sound\n", errors: "", code: 0))
        daemon.streams.faults = ["page 7 is torn", "page 9\u{1B}[2J is torn"]
        let sentence =
            "newswatch: /var/lib/newswatch/newswatch.db is damaged: restore a backup, or move it away to start "
            + "anew\n"
        #expect(
            try await daemon.run(["db", "check"])
                == CommandRun(
                    output: "page 7 is torn\npage 9 [2J is torn\n", errors: sentence, code: 1))
        daemon.streams.faults = ["page 7 is torn"]
        #expect(
            try await daemon.run(["db", "check", "--json"])
                == CommandRun(
                    output: #"{"database":"/var/lib/newswatch/newswatch.db","faults":["page 7 is torn"]}"#
                        + "\n",
                    errors: sentence, code: 1))
    }

    @Test func theRunningDaemonIsAskedForAnExport() async throws {
        defer { folder.remove() }
        var daemon = SampleDaemon()
        let lines = Sample.export.joined()
        #expect(
            try await daemon.run(["db", "export"]) == CommandRun(output: lines, errors: "", code: 0))
        let file = folder.path + "/export.jsonl"
        #expect(
            try await daemon.run(["db", "export", "--output", file])
                == CommandRun(
                    output: "\(file): 1 entry, 0 decisions, 0 developments\n", errors: "", code: 0))
        #expect(try String(contentsOfFile: file, encoding: .utf8) == lines)

        daemon.streams.export.removeLast()
        let other = folder.path + "/other.jsonl"
        #expect(
            try await daemon.run(["db", "export", "--output", other])
                == CommandRun(
                    output: "",
                    errors: "newswatch: the export has no last line: it was cut; try again\n", code: 74))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["export.jsonl"])
    }

    @Test func oneClientAtATimeAndNoDaemonHaveTheirExitCodes() async throws {
        defer { folder.remove() }
        let copy = folder.path + "/copy.db"
        let daemon = SampleDaemon(failure: .conflict("another is under way; try again when it is done"))
        for verb in [["backup", copy], ["check"], ["export"], ["prune"]] {
            #expect(
                try await daemon.run(["db"] + verb)
                    == CommandRun(
                        output: "", errors: "newswatch: another is under way; try again when it is done\n",
                        code: 1))
            let run = await CommandRun.newswatch(["db"] + verb + ["--socket", folder.path + "/s"])
            #expect(run.output == "")
            #expect(run.errors.hasPrefix("newswatch: no daemon runs: there is no socket \(folder.path)/s; "))
            #expect(run.code == 69)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func aFolderThatTakesNoFilesIsToldBeforeTheDaemonIsAsked() async throws {
        defer { folder.remove() }
        let copy = folder.path + "/missing/copy.db"
        #expect(
            try await SampleDaemon().run(["db", "backup", copy])
                == CommandRun(
                    output: "", errors: "newswatch: \(copy).partial: No such file or directory\n", code: 74))
    }

    @Test func aDatabaseInUseIsLeftAlone() async throws {
        defer { folder.remove() }
        let path = try StoredEntry.database(in: folder)
        let lock = try DatabaseLock(path: path, holder: "newswatchd (process 7)")
        defer { lock.release() }
        let sentence = "newswatch: \(path): in use by newswatchd (process 7); "
        let copy = folder.path + "/copy.db"
        for arguments in [
            ["db", "check"], ["db", "backup", copy], ["db", "export"], ["explain", "1"],
            ["db", "prune", "--older-than", "400d"],
        ] {
            #expect(
                await CommandRun.newswatch(arguments + ["--database", path])
                    == CommandRun(
                        output: "", errors: sentence + "ask it with --socket instead of --database\n",
                        code: 75))
        }
        #expect(!FileManager.default.fileExists(atPath: copy))
    }
}
