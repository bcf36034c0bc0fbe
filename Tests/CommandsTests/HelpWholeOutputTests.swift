import Foundation
import Testing
import Transcripts

/// Help, and complaints about the command line, as they are printed. `make renew` writes the files anew.
@Suite struct HelpWholeOutputTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Help")

    /// A verb as `--experimental-dump-help` tells it.
    private struct Verb: Decodable {
        let commandName: String
        let shouldDisplay: Bool
        let abstract: String?
        let subcommands: [Verb]?

        /// The words of this verb and of all below it.
        func paths(_ above: [String]) -> [[String]] {
            let own = above + [commandName]
            return [own]
                + (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }.flatMap {
                    $0.paths(own)
                }
        }
    }

    private struct Tool: Decodable {
        let command: Verb
    }

    private func verbs(of program: String) async throws -> Verb {
        let run = await CommandRun.program([program, "--experimental-dump-help"])
        return try JSONDecoder().decode(Tool.self, from: Data(run.output.utf8)).command
    }

    private func add(_ words: [String], to transcript: inout Transcript) async -> CommandRun {
        let run = await CommandRun.program(words, columns: 80)
        let command = words.map { $0.isEmpty || $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ")
        transcript.add(command, output: run.output, errors: run.errors, code: run.code)
        return run
    }

    @Test func helpOfEveryVerb() async throws {
        var expected: Set<String> = ["errors.txt", "manual.txt"]
        for program in ["newswatch", "newswatchd"] {
            for path in try await verbs(of: program).paths([]) {
                var transcript = Transcript()
                let run = await add(path + ["--help"], to: &transcript)
                #expect(run.code == 0)
                let name = path.joined(separator: "-") + ".txt"
                expected.insert(name)
                let difference = try transcript.difference(from: Self.folder.appending(path: name))
                #expect(difference == nil)
                if program == "newswatch" {
                    #expect(
                        await CommandRun.program(["newswatch", "help"] + path.dropFirst(), columns: 80) == run
                    )
                }
                // argument-parser breaks everything but the usage.
                let wide = run.output.split(separator: "\n").filter {
                    $0.count > 80 && !$0.hasPrefix("USAGE:")
                }
                #expect(wide.isEmpty, "\(path)")
                #expect(
                    path.count == 1 || run.output.contains("\n  \(path.joined(separator: " "))"), "no example"
                )
            }
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(files) == expected, "files of verbs that are no more, or missing ones")
    }

    @Test func everyAbstractFitsOnItsLineInTheList() async throws {
        func check(_ verb: Verb) {
            for subcommand in verb.subcommands ?? [] {
                // 80 columns, of which argument-parser gives 26 to the name.
                #expect((subcommand.abstract ?? "").count <= 54, "\(subcommand.commandName)")
                check(subcommand)
            }
        }
        check(try await verbs(of: "newswatch"))
    }

    @Test func errorsOfTheCommandLine() async throws {
        var transcript = Transcript()
        for words in [
            ["newswatch", "stauts"], ["newswatch", "status"], ["newswatch", "xyzzy"],
            ["newswatch", "ctl", "stauts"], ["newswatch", "ctl", "help"], ["newswatch", "help", "bakctest"],
            ["newswatch", "help", "ctl", "alets"], ["newswatch", "evil\u{1B}[31m\nverb"],
            ["newswatch", "--jsn"], ["newswatch", "ctl", "status", "--jsn"], ["newswatch", "ctl", "--json"],
            ["newswatch", "ctl", "status", "surplus"], ["newswatch", "ctl", "status", "--socket"],
            ["newswatch", "ctl", "poll", ""], ["newswatch", "ctl", "poll", "a", "b"],
            ["newswatch", "ctl", "redeliver"], ["newswatch", "ctl", "redeliver", ""],
            ["newswatch", "ctl", "developments", "merge", "dev_1"],
            ["newswatch", "ctl", "developments", "split"], ["newswatch", "ctl", "developments", "mte"],
            ["newswatch", "check"], ["newswatch", "parse"],
            ["newswatch", "parse", "x", "--jsonl", "--stats"],
            ["newswatch", "timeline", "--json", "--markdown"],
            ["newswatch", "timeline", "--database", "a", "--socket", "b"], ["newswatch", "explain"],
            ["newswatch", "explain", ""], ["newswatch", "backtest"], ["newswatch", "fingerprint"],
            ["newswatch", "replay", "x", "--speed", "0"], ["newswatch", "replay", "x", "--speed", "fast"],
            ["newswatch", "replay", "x", "--speed", "2", "--duration", "3"],
            ["newswatch", "ctl", "reload", "now"], ["newswatch", "ctl", "watch", "x"],
            ["newswatch", "db", "check", "--database", "a", "--socket", "b"], ["newswatch", "db", "backup"],
            ["newswatch", "db", "backup", "x", "--database", "a", "--socket", "b"],
            ["newswatch", "db", "backup", "", "--database", "x"], ["newswatch", "db", "export", "x"],
            ["newswatch", "db", "export", "--output", ""], ["newswatch", "feeds", "add"],
            ["newswatch", "feeds", "add", ""], ["newswatch", "feeds", "add", "example.org"],
            ["newswatch", "feeds", "add", "gopher://old.example/"],
            ["newswatch", "feeds", "add", "https://user:secret@a.example/"],
            ["newswatch", "feeds", "add", "https://a.example/", "--name", " "],
            ["newswatch", "feeds", "remove"], ["newswatch", "feeds", "remove", ""],
            ["newswatch", "feeds", "import"], ["newswatch", "feeds", "export", ""],
            ["newswatch", "feeds", "test"], ["newswatch", "feeds", "test", ""],
            ["newswatch", "feeds", "lst"],
            ["newswatch", "doctor", "--socket", ""],
            ["newswatchd"], ["newswatchd", "--config"], ["newswatchd", "--config", "x", "--once", "--check"],
            ["newswatchd", "--confg", "x"],
        ] {
            let run = await add(words, to: &transcript)
            #expect(run.code == 64 && run.output.isEmpty, "\(words)")
        }
        let difference = try transcript.difference(from: Self.folder.appending(path: "errors.txt"))
        #expect(difference == nil)
    }

    @Test func manualOfTheDaemon() async throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let run = await CommandRun.newswatch(["generate-manual", folder.path])
        #expect(run == CommandRun(output: "", errors: "", code: 0))
        var transcript = Transcript()
        let page = try String(contentsOfFile: folder.path + "/newswatchd.8", encoding: .utf8)
        transcript.add("cat newswatchd.8", output: page, errors: "", code: 0)
        let difference = try transcript.difference(from: Self.folder.appending(path: "manual.txt"))
        #expect(difference == nil)
    }

    @Test func everyVerbStandsInTheManual() async throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        _ = await CommandRun.newswatch(["generate-manual", folder.path])
        let page = try String(contentsOfFile: folder.path + "/newswatch.1", encoding: .utf8)
        for path in try await verbs(of: "newswatch").paths([]).dropFirst() {
            #expect(page.contains(".SS \"\(path.joined(separator: " "))\"\n"), "\(path)")
        }
        for code in [0, 1, 64, 65, 69, 70, 74, 75, 77, 78] { #expect(page.contains("\n.B \(code)\n")) }
        // What begins a line with a dot is a request, and a bare hyphen in a command prints as another character.
        for line in page.split(separator: "\n") where line.hasPrefix("  newswatch") {
            #expect(line.firstMatch(of: /[^\\]-/) == nil, "\(line)")
        }
    }

    @Test func aManualThatCannotBeWrittenIsAnInputOutputError() async {
        let run = await CommandRun.newswatch(["generate-manual", "/nonexistent"])
        #expect(run.code == 74)
        #expect(run.errors.hasPrefix("newswatch: /nonexistent/newswatch.1: cannot be written: "))
    }
}
