import ControlProtocol
import Foundation
import Testing

/// The verbs of `ctl`, through the real client, over a real socket.
@Suite struct ControlCommandTests {
    @Test func statusIsAFewAlignedLines() async throws {
        let run = try await SampleDaemon().run(["ctl", "status"])
        #expect(
            run.output == """
                newswatchd 0.1.0, up 3 d, polling
                feeds             42  38 healthy, 2 failing, 1 silent, 1 new
                entries        12345  3210 duplicates
                developments      17
                outbox             0  pending, 1 failed
                configuration         read 2 h ago from /etc/newswatch/newswatchd.toml

                """)
        #expect(run.errors == "")
        #expect(run.code == 0)
    }

    @Test func statusAsJSONIsTheDocument() async throws {
        let run = try await SampleDaemon().run(["ctl", "status", "--json"])
        #expect(
            run.output == #"{"configuration":{"faults":[],"file":"/etc/newswatch/newswatchd.toml","#
                + #""loaded":"2023-11-17T09:58:20Z","needs_restart":[],"refused":null},"#
                + #""developments":17,"duplicates":3210,"entries":12345,"#
                + #""feeds":{"failing":2,"gone":0,"healthy":38,"new":1,"silent":1,"total":42},"#
                + #""outbox":{"failed":1,"pending":0},"paused":false,"#
                + #""storage":{"error":null,"failing_since":null},"uptime_seconds":266400,"#
                + #""version":"0.1.0"}"# + "\n")
        #expect(run.code == 0)
    }

    @Test func statusCheckTellsWhatIsWrongAndExitsWithOne() async throws {
        let run = try await SampleDaemon().run(["ctl", "status", "--check", "--json"])
        #expect(run.errors == "newswatch: 2 feeds fail; 1 delivery failed\n")
        #expect(run.code == 1)
        #expect(run.output.hasPrefix("{"))
    }

    @Test func statusCheckOfAHealthyDaemonIsFine() async throws {
        var daemon = SampleDaemon()
        daemon.statusDocument.feeds = .init(new: 1, healthy: 2, failing: 0, silent: 1, gone: 0)
        daemon.statusDocument.outbox = .init(pending: 3, failed: 0)
        let run = try await daemon.run(["ctl", "status", "--check"])
        #expect(run.code == 0)
        #expect(run.errors == "")
    }

    @Test func statusSaysThatPollingIsPaused() async throws {
        var daemon = SampleDaemon()
        daemon.statusDocument.paused = true
        #expect(
            try await daemon.run(["ctl", "status"]).output.hasPrefix(
                "newswatchd 0.1.0, up 3 d, polling is paused\n"))
    }

    @Test func statusTellsOfAConfigurationThatWasRefused() async throws {
        var daemon = SampleDaemon()
        daemon.statusDocument.configuration.refused = Sample.noon.addingTimeInterval(-60)
        daemon.statusDocument.configuration.faults = ["a.toml:1:1: one", "a.toml:2:1: two"]
        let run = try await daemon.run(["ctl", "status"])
        #expect(
            run.output.hasSuffix(
                "configuration         that of 2 h ago is in force, refused 1 min ago: "
                    + "a.toml:1:1: one, and 1 fault more\n"))
    }

    @Test func statusTellsWhatWaitsForARestart() async throws {
        var daemon = SampleDaemon()
        daemon.statusDocument.configuration.needsRestart = ["[database] path", "[control] socket"]
        let run = try await daemon.run(["ctl", "status"])
        #expect(run.output.hasSuffix("newswatchd.toml; [database] path, [control] socket after a restart\n"))
    }

    @Test func reloadIsATableOfWhatChanged() async throws {
        let run = try await SampleDaemon().run(["ctl", "reload"])
        #expect(
            run.output == """
                /etc/newswatch/newswatchd.toml is in force: 3 changes
                CHANGE   WHAT     NAME                          HOW
                added    feed     https://example.org/more.xml
                changed  sink     hook                          url
                changed  setting  [database] path               /var/lib/newswatch/newswatch.db → /srv/newswatch.db; \
                holds after a restart

                """)
        #expect(run.code == 0)
        #expect(run.errors == "")
    }

    @Test func reloadAsJSONIsTheDocument() async throws {
        var daemon = SampleDaemon()
        daemon.reloadDocument.changes.removeLast(2)
        let run = try await daemon.run(["ctl", "reload", "--json"])
        #expect(
            run.output
                == #"{"changes":[{"action":"added","detail":null,"name":"https://example.org/more.xml","#
                + #""needs_restart":false,"subject":"feed"}],"file":"/etc/newswatch/newswatchd.toml","#
                + #""loaded":"2023-11-17T12:00:00Z"}"# + "\n")
    }

    @Test func aReloadThatIsRefusedListsEveryFaultAndExitsWith78() async throws {
        var daemon = SampleDaemon()
        daemon.failure = .faultyConfiguration(["a.toml:1:2: one", "a.toml:3:4: two"])
        let run = try await daemon.run(["ctl", "reload"])
        #expect(run.code == 78)
        #expect(run.output == "")
        #expect(
            run.errors == "a.toml:1:2: one\na.toml:3:4: two\n"
                + "newswatch: the configuration has 2 faults; the one in force before still is\n")
    }

    @Test func feedsAreATableWithReasons() async throws {
        let run = try await SampleDaemon().run(["ctl", "feeds"])
        #expect(
            run.output == """
                STATE    FEED                        POLLED     NEXT       ENTRIES  WHY
                healthy  Example News                4 min ago  in 11 min      512  every 15 min, as often as it changes
                failing  https://broken.example/rss  2 h ago    in 1 h           7  status 503 Service Unavailable (4 times); back-off after failures
                new      新闻社                      -          now              0  first poll

                """)
        #expect(run.code == 0)
    }

    @Test(arguments: [40, 60, 80, 100, 200])
    func tablesFitTheTerminal(columns: Int) async throws {
        for verb in ["feeds", "alerts", "developments"] {
            let run = try await SampleDaemon().run(["ctl", verb], columns: columns)
            for line in run.output.split(separator: "\n") {
                // Of the two, only Chinese and Japanese characters take two columns.
                let width = line.unicodeScalars.reduce(0) {
                    $0 + ($1.value >= 0x3000 && $1.value < 0xA000 ? 2 : 1)
                }
                #expect(width <= columns, "\(verb): \(line)")
            }
        }
    }

    @Test func aNarrowTableCutsOnlyWhatMayBeCut() async throws {
        let run = try await SampleDaemon().run(["ctl", "feeds"], columns: 80)
        #expect(
            run.output == """
                STATE    FEED                 POLLED     NEXT       ENTRIES  WHY
                healthy  Example News         4 min ago  in 11 min      512  every 15 min, as o…
                failing  https://broken.exa…  2 h ago    in 1 h           7  status 503 Service…
                new      新闻社               -          now              0  first poll

                """)
    }

    @Test func coloursAreForTerminals() async throws {
        let plain = try await SampleDaemon().run(["ctl", "feeds"])
        #expect(!plain.output.contains("\u{1B}"))
        let coloured = try await SampleDaemon().run(["ctl", "feeds"], usesColour: true)
        #expect(coloured.output.contains("\u{1B}[31mfailing\u{1B}[0m  https://broken.example/rss"))
        #expect(coloured.output.contains("\u{1B}[32mhealthy\u{1B}[0m  Example News"))
    }

    @Test func controlCharactersOfAFeedNeverReachTheTerminal() async throws {
        var daemon = SampleDaemon()
        daemon.feedDocuments[0].name = "Evil\u{1B}]0;owned\u{7}\n\u{202E}News\u{9B}31m"
        daemon.developmentDocuments[0].headline = "Line one\r\nLine two\u{1B}[2J"
        let feeds = try await daemon.run(["ctl", "feeds"])
        #expect(feeds.output.contains("healthy  Evil ]0;owned News 31m"))
        let developments = try await daemon.run(["ctl", "developments"])
        #expect(developments.output.contains("Line one Line two [2J"))
        #expect(
            !(feeds.output + developments.output).unicodeScalars.contains { $0 != "\n" && $0.value < 0x20 })
    }

    @Test func feedsAsJSONKeepEveryKey() async throws {
        var daemon = SampleDaemon()
        daemon.feedDocuments = [Sample.feeds[1]]
        let run = try await daemon.run(["ctl", "feeds", "--json"])
        #expect(
            run.output == #"[{"entry_count":7,"failures":4,"last_error":"status 503 Service Unavailable","#
                + #""last_poll":"2023-11-17T09:58:20Z","last_status":503,"name":null,"#
                + #""next_poll":"2023-11-17T13:00:00Z","next_poll_reason":"back-off after failures","#
                + #""state":"failing","url":"https://broken.example/rss"}]"# + "\n")
    }

    @Test func developmentsAreATable() async throws {
        let run = try await SampleDaemon().run(["ctl", "developments"])
        #expect(
            run.output == """
                FIRST PUBLISHED    KIND         SURE  SEEN BY  HEADLINE                              ID
                2023-11-17 20:28Z  removal      high        3  OpenAI board fires Sam Altman as CEO  dev_7f3a
                2023-11-18 20:30Z  appointment  low         1  米OpenAI、暫定CEOにミラ・ムラティ氏   dev_90bc

                """)
    }

    @Test func alertsAreATable() async throws {
        let run = try await SampleDaemon().run(["ctl", "alerts"])
        #expect(
            run.output == """
                CREATED            STATE      SINK  TYPE             TRIES  ID     ERROR
                2023-11-17 12:00Z  delivered  desk  development.new      1  msg_1
                2023-11-17 12:00Z  failed     hook  digest              10  msg_2  status 500 Internal Server Error

                """)
    }

    @Test func failedAlertsLeaveTheOthersOut() async throws {
        let run = try await SampleDaemon().run(["ctl", "alerts", "--failed", "--json"])
        #expect(
            run.output == #"[{"attempts":10,"created":"2023-11-17T12:00:00Z","delivered":null,"id":"msg_2","#
                + #""last_error":"status 500 Internal Server Error","sink":"hook","state":"failed","#
                + #""type":"digest"}]"# + "\n")
    }

    @Test(arguments: [
        (["feeds"], "No feeds: add some to the configuration ([feeds] opml or [[feed]]).\n"),
        (["developments"], "No developments yet.\n"),
        (["alerts"], "No alerts yet.\n"),
        (["alerts", "--failed"], "No alert has failed.\n"),
    ])
    func emptyListsAreSaidInWords(verb: [String], output: String) async throws {
        let daemon = SampleDaemon(feedDocuments: [], developmentDocuments: [], alertDocuments: [])
        #expect(try await daemon.run(["ctl"] + verb) == CommandRun(output: output, errors: "", code: 0))
        #expect(try await daemon.run(["ctl"] + verb + ["--json"]).output == "[]\n")
    }

    @Test func pollOfAllTellsWhichFeedsMustWait() async throws {
        let run = try await SampleDaemon().run(["ctl", "poll"])
        #expect(run.output == "2 feeds are due now\nhttps://broken.example/rss in 1 h: Retry-After\n")
        #expect(run.code == 0)
    }

    @Test func pollOfOneFeedGoesByNameOrURL() async throws {
        for feed in ["Example News", "https://example.org/feed.xml"] {
            let run = try await SampleDaemon().run(["ctl", "poll", feed])
            #expect(run == CommandRun(output: "1 feed is due now\n", errors: "", code: 0))
        }
    }

    @Test func pollOfAnUnknownFeedNamesTheNearest() async throws {
        let run = try await SampleDaemon().run(["ctl", "poll", "Exampel News"])
        #expect(run.output == "")
        #expect(
            run.errors == "newswatch: no feed “Exampel News” is configured; did you mean “Example News”?\n")
        #expect(run.code == 65)
    }

    @Test(arguments: [
        (ControlFailure.conflict("polling is paused; resume it first"), Int32(1)),
        (.unavailable("still starting"), 69),
    ])
    func refusalsBecomeExitCodes(failure: ControlFailure, code: Int32) async throws {
        let run = try await SampleDaemon(failure: failure).run(["ctl", "poll"])
        #expect(run == CommandRun(output: "", errors: "newswatch: \(failure)\n", code: code))
    }

    @Test(arguments: [
        (["pause"], "polling is paused; `newswatch ctl resume` goes on", #"{"paused":true}"#),
        (["resume"], "polling", #"{"paused":false}"#),
        (
            ["redeliver", "msg_1"], "msg_1 goes again to desk, hook",
            #"{"id":"msg_1","sinks":["desk","hook"]}"#
        ),
        (["test-alert"], "msg_t goes to desk, hook", #"{"id":"msg_t","sinks":["desk","hook"]}"#),
        (
            ["developments", "merge", "dev_1", "dev_2"],
            "1 development goes on as dev_1; 1 alert tells of it",
            #"{"alerts":["msg_dev_2"],"development":"dev_1","opened":null}"#
        ),
        (
            ["developments", "split", "dev_1", "entry_7"],
            "dev_9 is parted from dev_1; 2 alerts tell of it",
            #"{"alerts":["msg_1","msg_2"],"development":"dev_1","opened":"dev_9"}"#
        ),
        (
            ["developments", "mute", "dev_1"], "nothing more is told of dev_1",
            #"{"alerts":[],"development":"dev_1","opened":null}"#
        ),
        (
            ["developments", "retract", "dev_1"], "dev_1 is taken back; nobody had been told",
            #"{"alerts":[],"development":"dev_1","opened":null}"#
        ),
    ])
    func ordersSayWhatTheyDid(verb: [String], text: String, json: String) async throws {
        #expect(
            try await SampleDaemon().run(["ctl"] + verb)
                == CommandRun(output: text + "\n", errors: "", code: 0))
        #expect(
            try await SampleDaemon().run(["ctl"] + verb + ["--json"])
                == CommandRun(output: json + "\n", errors: "", code: 0))
    }

    @Test func redeliveryOfAnUnknownAlertIsBadData() async throws {
        let run = try await SampleDaemon().run(["ctl", "redeliver", "msg_9&id=msg_1"])
        #expect(
            run
                == CommandRun(
                    output: "",
                    errors:
                        "newswatch: no alert “msg_9&id=msg_1” is in the outbox; `newswatch ctl alerts` lists "
                        + "them\n", code: 65))
    }

    @Test func aRulingOnAnUnknownDevelopmentIsBadData() async throws {
        let run = try await SampleDaemon().run(["ctl", "developments", "mute", "entry_1"])
        #expect(
            run
                == CommandRun(
                    output: "",
                    errors:
                        "newswatch: no development “entry_1” is known; `newswatch ctl developments` lists them\n",
                    code: 65))
    }

    @Test func whatCannotBeSentNowExitsWithOne() async throws {
        let failure = ControlFailure.conflict("msg_1 is still on its way")
        for verb in [["redeliver", "msg_1"], ["test-alert"]] {
            let run = try await SampleDaemon(failure: failure).run(["ctl"] + verb)
            #expect(run == CommandRun(output: "", errors: "newswatch: msg_1 is still on its way\n", code: 1))
        }
    }

    @Test func theSocketMayComeFromTheEnvironment() async throws {
        try await SampleDaemon().serve { path in
            let run = await CommandRun.newswatch(["ctl", "status"], environment: ["NEWSWATCH_SOCKET": path])
            #expect(run.code == 0)
        }
    }

    @Test func withoutADaemonTheSocketIsNamedAndWhatToDo() async {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        for verb in [
            ["ctl", "status"], ["ctl", "feeds", "--json"], ["ctl", "poll"], ["timeline", "--json"],
        ] {
            let run = await CommandRun.newswatch(verb + ["--socket", folder.path + "/s"])
            #expect(run.output == "")
            #expect(
                run.errors
                    == "newswatch: no daemon runs: there is no socket \(folder.path)/s; start it (systemctl "
                    + "start newswatchd, or newswatchd --config FILE) or name its socket with --socket\n")
            #expect(run.code == 69)
        }
    }

    @Test func theSocketOfAKilledDaemonIsUnreachable() async throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let path = try folder.write("s", "")
        let run = await CommandRun.newswatch(["ctl", "status", "--socket", path])
        #expect(run.output == "")
        #expect(run.errors.hasPrefix("newswatch: no daemon answers at \(path): "))
        #expect(run.errors.hasSuffix("or name its socket with --socket\n"))
        #expect(run.code == 69)
    }

    @Test func aPathThatNoSocketCanHaveIsAUsageError() async {
        let run = await CommandRun.newswatch(
            ["ctl", "status", "--socket", "/" + String(repeating: "x", count: 107)])
        #expect(run.errors == "newswatch: a socket's path has 1 to 107 bytes, not 108\n")
        #expect(run.code == 64)
    }

    @Test(.enabled(if: getuid() != 0, "root may open every socket"))
    func aSocketOfOthersIsAPermissionProblem() async throws {
        try await SampleDaemon().serve { path in
            #expect(chmod(path, 0) == 0)
            let run = await CommandRun.newswatch(["ctl", "status", "--socket", path])
            #expect(run.code == 77)
            #expect(run.errors.contains("usermod -aG newswatch"))
        }
    }
}
