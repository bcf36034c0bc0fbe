import Commands
import ControlProtocol
import Foundation
import Testing

/// What holds for both programs whatever the verb. Help and errors whole: ``HelpWholeOutputTests``.
@Suite struct UsageTests {
    @Test func noVerbShowsTheHelp() async {
        let run = await CommandRun.newswatch([])
        let help = await CommandRun.newswatch(["--help"])
        #expect(run == help)
        #expect(run.code == 0)
        #expect(run.errors == "")
        #expect(run.output.hasPrefix("OVERVIEW: Tells you once when something new happens"))
    }

    @Test func exitCodesMeanWhatTheDocumentSays() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/control.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        for code in ExitCode.allCases {
            #expect(text.contains("\n| \(code.rawValue) | \(code.meaning)"))
        }
    }

    @Test func theVersionIsOneLine() async {
        #expect(
            await CommandRun.newswatch(["--version"]) == CommandRun(output: "0.1.0\n", errors: "", code: 0))
        #expect(
            await CommandRun.program(["/usr/bin/newswatchd", "--version"])
                == CommandRun(output: "0.1.0\n", errors: "", code: 0))
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
