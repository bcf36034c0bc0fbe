import Commands
import ControlProtocol
import Foundation
import Synchronization
import Testing

/// `ctl watch`, through the real client, over a real socket.
@Suite struct WatchCommandTests {
    private static let stops = "newswatch: the daemon stops; nothing more comes\n"

    @Test func everyEventIsALineOfItsOwn() async throws {
        let run = try await SampleDaemon().run(["ctl", "watch"])
        #expect(
            run.output == """
                12:00:00Z  watching       newswatchd 0.1.0
                12:00:01Z  development    OpenAI board fires [2J Sam Altman as CEO (removal, example.org, confidence high) dev_7f3a
                12:00:02Z  alert          msg_1 (development.new) goes to desk, hook
                12:00:03Z  poll           Example News: 1 new of 3 entries
                12:00:04Z  delivery       msg_1 delivered to desk
                12:00:05Z  delivery       msg_1 not delivered to hook yet: status 500; again at 12:05:00Z
                12:00:06Z  delivery       msg_1 given up for hook: status 410
                12:00:07Z  poll           https://example.org/feed.xml: not modified
                12:00:08Z  poll           Example News: incomplete, 2 new of 2 entries: the answer ends before its end
                12:00:09Z  poll           Example News: gone, not polled again
                12:00:10Z  poll           Example News: the server asks for patience
                12:00:11Z  poll           Example News: failed: no connection
                12:00:12Z  polling        paused
                12:00:13Z  polling        goes on
                12:00:14Z  configuration  2 feeds came, 1 went
                12:00:15Z  configuration  newswatchd.toml:3:1: unknown key “fed”
                12:00:17Z  missed         12 events, because they were read too slowly here

                """)
        #expect(run.errors == Self.stops)
        #expect(run.code == 69)
    }

    @Test(arguments: ["--json", "--jsonl"])
    func asJSONEveryLineIsTheEvent(flag: String) async throws {
        let run = try await SampleDaemon().run(["ctl", "watch", flag])
        #expect(
            run.output == #"""
                {"heartbeat_seconds":15,"time":"2023-11-17T12:00:00Z","type":"watching","version":"0.1.0"}
                {"confidence":"high","entry_id":"entry_1","headline":"OpenAI board fires\u001b[2J Sam Altman\nas CEO","id":"dev_7f3a","kind":"removal","outlet":"example.org","time":"2023-11-17T12:00:01Z","topic":"openai-leadership","type":"development"}
                {"alert_type":"development.new","id":"msg_1","sinks":["desk","hook"],"time":"2023-11-17T12:00:02Z","type":"alert"}
                {"entries":3,"feed":"https://example.org/feed.xml","name":"Example News","new":1,"outcome":"fetched","reason":null,"status":200,"time":"2023-11-17T12:00:03Z","type":"poll"}
                {"alert":"msg_1","reason":null,"sink":"desk","state":"delivered","time":"2023-11-17T12:00:04Z","type":"delivery","until":null}
                {"alert":"msg_1","reason":"status 500","sink":"hook","state":"postponed","time":"2023-11-17T12:00:05Z","type":"delivery","until":"2023-11-17T12:05:00Z"}
                {"alert":"msg_1","reason":"status 410","sink":"hook","state":"failed","time":"2023-11-17T12:00:06Z","type":"delivery","until":null}
                {"entries":0,"feed":"https://example.org/feed.xml","name":null,"new":0,"outcome":"not_modified","reason":null,"status":304,"time":"2023-11-17T12:00:07Z","type":"poll"}
                {"entries":2,"feed":"https://example.org/feed.xml","name":"Example News","new":2,"outcome":"incomplete","reason":"the answer ends before its end","status":200,"time":"2023-11-17T12:00:08Z","type":"poll"}
                {"entries":0,"feed":"https://example.org/feed.xml","name":"Example News","new":0,"outcome":"gone","reason":null,"status":410,"time":"2023-11-17T12:00:09Z","type":"poll"}
                {"entries":0,"feed":"https://example.org/feed.xml","name":"Example News","new":0,"outcome":"throttled","reason":null,"status":429,"time":"2023-11-17T12:00:10Z","type":"poll"}
                {"entries":0,"feed":"https://example.org/feed.xml","name":"Example News","new":0,"outcome":"failed","reason":"no connection","status":null,"time":"2023-11-17T12:00:11Z","type":"poll"}
                {"paused":true,"time":"2023-11-17T12:00:12Z","type":"polling"}
                {"paused":false,"time":"2023-11-17T12:00:13Z","type":"polling"}
                {"accepted":true,"detail":"2 feeds came, 1 went","time":"2023-11-17T12:00:14Z","type":"configuration"}
                {"accepted":false,"detail":"newswatchd.toml:3:1: unknown key “fed”","time":"2023-11-17T12:00:15Z","type":"configuration"}
                {"time":"2023-11-17T12:00:16Z","type":"heartbeat"}
                {"count":12,"time":"2023-11-17T12:00:17Z","type":"missed"}
                {"time":"2023-11-17T12:00:18Z","type":"end"}

                """#)
        #expect(run.errors == Self.stops)
        #expect(run.code == 69)
    }

    @Test func linesFitTheTerminalAndAreColouredThere() async throws {
        var daemon = SampleDaemon()
        daemon.streams.events = [Sample.events[1], Sample.events[6], Sample.events[18]]
        let run = try await daemon.run(["ctl", "watch"], columns: 40, usesColour: true)
        #expect(
            run.output == """
                12:00:01Z  development    \u{1B}[32mOpenAI board …\u{1B}[0m
                12:00:06Z  delivery       \u{1B}[31mmsg_1 given u…\u{1B}[0m

                """)
    }

    @Test func aDaemonThatDiesIsUnreachable() async throws {
        var daemon = SampleDaemon()
        daemon.streams.events = [Sample.events[0]]
        let run = try await daemon.run(["ctl", "watch"])
        #expect(run.output == "12:00:00Z  watching       newswatchd 0.1.0\n")
        #expect(run.errors.hasPrefix("newswatch: the daemon's answer was cut short ("))
        #expect(run.code == 69)
    }

    @Test func oneWatcherTooManyIsRefused() async throws {
        let failure = ControlFailure.conflict("16 are watching already, which is as many as may")
        let run = try await SampleDaemon(failure: failure).run(["ctl", "watch"])
        #expect(run == CommandRun(output: "", errors: "newswatch: \(failure)\n", code: 1))
    }

    /// `| head -1`: the reader has gone, which shows only when something is written, or at the next heartbeat.
    @Test func aReaderThatHasGoneIsTheEndOfIt() async throws {
        var pipe: [Int32] = [0, 0]
        #expect(Foundation.pipe(&pipe) == 0)
        let output = OutputChannel.descriptor(pipe[1])
        try output.checkReader()
        close(pipe[0])
        #expect(throws: OutputFailure.brokenPipe) { try output.checkReader() }
        close(pipe[1])

        let code = try await SampleDaemon().serve { path in
            await Program.run(
                arguments: ["newswatch", "ctl", "watch", "--socket", path],
                console: Console(
                    standardOutput: OutputChannel(hasReader: { false }) { _ in },
                    standardError: Capture().channel))
        }
        #expect(code == 0)
    }
}
