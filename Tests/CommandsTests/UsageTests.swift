import Commands
import Foundation
import Testing

/// Help, complaints about the command line, and their exit codes.
@Suite struct UsageTests {
    @Test func noVerbShowsTheHelp() async {
        let run = await CommandRun.newswatch([])
        let help = await CommandRun.newswatch(["--help"])
        #expect(run == help)
        #expect(run.code == 0)
        #expect(run.errors == "")
        #expect(run.output.hasPrefix("OVERVIEW: Tells you once, soon and truly when something new happens"))
    }

    @Test func theVersionIsOneLine() async {
        #expect(
            await CommandRun.newswatch(["--version"]) == CommandRun(output: "0.1.0\n", errors: "", code: 0))
        #expect(
            await CommandRun.program(["/usr/bin/newswatchd", "--version"])
                == CommandRun(output: "0.1.0\n", errors: "", code: 0))
    }

    @Test func helpOfAVerbTeachesByExample() async {
        let run = await CommandRun.newswatch(["ctl", "alerts", "--help"], columns: 80)
        #expect(
            run.output == """
                OVERVIEW: Lists the alerts and whether each one was delivered to each sink.

                States: pending (will be tried, or tried again), delivered, failed (given up).

                Examples:
                  newswatch ctl alerts
                  newswatch ctl alerts --failed
                  newswatch ctl alerts --json | jq '.[] | select(.state == "pending")'

                USAGE: newswatch ctl alerts [--failed] [--socket <path>] [--json]

                OPTIONS:
                  --failed                Only alerts that were given up.
                  --socket <path>         The daemon's control socket. (default:
                                          $NEWSWATCH_SOCKET, else /run/newswatch/control.sock)
                  --json                  Print one JSON document instead of a table.
                  --version               Show the version.
                  -h, --help              Show help information.


                """)
        #expect(run.errors == "")
        #expect(run.code == 0)
    }

    @Test(arguments: [
        ["ctl"], ["ctl", "status"], ["ctl", "feeds"], ["ctl", "poll"], ["ctl", "developments"],
        ["ctl", "alerts"], ["ctl", "pause"], ["ctl", "resume"], ["ctl", "redeliver"], ["ctl", "test-alert"],
        ["explain"], ["db"], ["db", "backup"], ["db", "check"],
        ["feeds"], ["feeds", "list"], ["feeds", "add"], ["feeds", "remove"], ["feeds", "import"],
        ["feeds", "export"], ["feeds", "test"],
        ["check"], ["timeline"], ["replay"], ["backtest"], ["parse"], ["fingerprint"],
    ])
    func everyVerbHasAnExampleOfItself(verb: [String]) async {
        let run = await CommandRun.newswatch(verb + ["--help"])
        #expect(run.code == 0)
        #expect(run.output.contains("Example"))
        #expect(run.output.contains("\n  newswatch \(verb.joined(separator: " "))"))
    }

    @Test(arguments: [
        ["nosuchverb"], ["ctl", "nosuchverb"], ["ctl", "status", "--nosuchoption"], ["check"], ["parse"],
        ["ctl", "poll", ""], ["parse", "x", "--jsonl", "--stats"], ["timeline", "--json", "--markdown"],
        ["replay", "x", "--speed", "0"], ["replay", "x", "--speed", "fast"],
        ["replay", "x", "--speed", "inf"],
        ["replay", "x", "--speed", "2", "--duration", "3"], ["backtest"], ["fingerprint"],
        ["ctl", "status", "--socket"], ["ctl", "poll", "a", "b"], ["ctl", "redeliver"],
        ["ctl", "redeliver", ""],
        ["explain"], ["explain", ""], ["explain", "x", "--database", "a", "--socket", "b"], ["db", "check"],
        ["feeds", "add"], ["feeds", "add", ""], ["feeds", "add", "example.org"],
        ["feeds", "add", "gopher://old.example/"], ["feeds", "add", "https://user:secret@a.example/"],
        ["feeds", "add", "https://a.example/", "--name", " "], ["feeds", "remove"], ["feeds", "remove", ""],
        ["feeds", "import"], ["feeds", "export", ""], ["feeds", "test", ""],
        ["db", "backup", "x"], ["db", "backup", "", "--database", "x"],
    ])
    func aWrongCommandLineIsAUsageErrorOnStderr(arguments: [String]) async {
        let run = await CommandRun.newswatch(arguments)
        #expect(run.code == 64)
        #expect(run.output == "")
        #expect(run.errors.hasPrefix("Error: "))
    }

    @Test func theDaemonNeedsItsConfiguration() async {
        let run = await CommandRun.program(["newswatchd"])
        #expect(run.code == 64)
        #expect(run.output == "")
        #expect(run.errors.hasPrefix("Error: Missing expected argument '--config <file>'\n"))
    }

    @Test func onceAndCheckExcludeEachOther() async {
        let run = await CommandRun.program(["newswatchd", "--config", "x", "--once", "--check"])
        #expect(run.code == 64)
        #expect(run.errors.hasPrefix("Error: --once and --check exclude each other.\n"))
    }

    @Test func aReaderThatHasGoneIsNotWorthAWord() async {
        let errors = Capture()
        let console = Console(
            standardOutput: OutputChannel { _ throws(OutputFailure) in throw .brokenPipe },
            standardError: errors.channel)
        #expect(await Program.run(arguments: ["newswatch", "--help"], console: console) == 0)
        #expect(errors.text == "")
    }

    @Test func aFullDiskIsAnInputOutputError() async {
        let errors = Capture()
        let console = Console(
            standardOutput: OutputChannel { _ throws(OutputFailure) in
                throw .failed("No space left on device")
            },
            standardError: errors.channel)
        #expect(await Program.run(arguments: ["newswatch", "--help"], console: console) == 74)
        #expect(errors.text == "newswatch: cannot write the output: No space left on device\n")
    }

    @Test func aClosedPipeIsNoticedByTheDescriptorItself() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        signal(SIGPIPE, SIG_IGN)
        let channel = OutputChannel.descriptor(ends[1], limit: 0)
        #expect(throws: OutputFailure.brokenPipe) { try channel.line("nobody reads this") }
    }
}
