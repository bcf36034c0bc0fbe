import Foundation
import LoopbackServer
import Testing
import Transcripts

/// A day of an operator against the real daemon: what every verb prints, whole, for people and as JSON.
/// `make renew` writes the files in `Transcripts/` anew.
@Suite(.serialized, .seated) struct OperatorWholeOutputTests {
    private static let firing = Outlet.Story.firing.published(at: Date(timeIntervalSince1970: 1_700_252_880))
    private static let suing = Outlet.Story.suing.published(at: Date(timeIntervalSince1970: 1_709_251_200))
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Transcripts")

    /// What differs from run to run, and nothing else.
    private static func replacements(_ room: Newsroom) -> [Transcript.Replacement] {
        [
            (NSRegularExpression.escapedPattern(for: room.folder.path), "ROOM"),
            (NSRegularExpression.escapedPattern(for: Repository.root.path), "REPOSITORY"),
            ("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT"),
            ("msg_[a-z2-7]{20,}", "msg_ID"),
            ("up \\d+ s", "up SECONDS s"),
            ("read (now|\\d+ s ago) from", "read SECONDS s ago from"),
            ("\"uptime_seconds\":\\d+", "\"uptime_seconds\":SECONDS"),
            ("process \\d+", "process NUMBER"),
            // The stories are of 2023 and 2024; what is later is now.
            ("20(2[5-9]|[3-9]\\d)-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "NOW"),
            ("20(2[5-9]|[3-9]\\d)-\\d\\d-\\d\\d \\d\\d:\\d\\dZ", "NOW"),
            ("\"(documents_per_second|seconds)\":[0-9.e-]+", "\"$1\":NUMBER"),
            ("\\d+ MiB free", "N MiB free"),
            ("\"score\":[0-9.e-]+", "\"score\":NUMBER"),
            // Whoever runs the tests.
            ("(ok    (?:database|log): )\\S+ may", "$1USER may"),
            // Only what a machine's administrator decides: whether a time server sets its clock.
            ("(note|ok   )  clock: .*", "CLOCK"),
        ]
    }

    /// `zone` by its rule, as POSIX has it: that needs no time zones to be installed.
    private func run(
        _ transcript: inout Transcript, _ room: Newsroom, _ words: String..., zone: String = "UTC"
    ) async throws {
        let result = try await RunningProgram.run(
            words[0], Array(words.dropFirst()),
            environment: ["TZ": zone, "COLUMNS": "1000", "NEWSWATCH_SOCKET": room.socket])
        let prefix = zone == "UTC" ? "" : "TZ='\(zone)' "
        transcript.add(
            prefix + words.joined(separator: " "), output: result.standardOutput,
            errors: result.standardError,
            code: result.exitCode)
    }

    /// A daemon that has told a digest of one story and an alert of another.
    private func toldRoom(_ outlet: Outlet) async throws -> Newsroom {
        let room = try Newsroom(outlet: outlet, sinks: outlet.webhookSink)
        outlet.publish([Self.firing])
        try await room.start()
        try await room.waitForEntries(1)
        try await room.waitForDelivery()
        outlet.publish([Self.suing])
        try await room.waitForEntries(2)
        try await room.waitForDelivery()
        return room
    }

    @Test func askingAndSteering() async throws {
        let outlet = try Outlet()
        let room = try await toldRoom(outlet)
        // The time of the next poll moves from second to second; while paused it stays overdue.
        var transcript = Transcript(
            replacing: Self.replacements(room) + [
                ("(now|\\d+ s ago|in [0-9.]+ s) {2,}", "TIME  "), ("POLLED +NEXT +", "POLLED  NEXT  "),
                ("TIME +2", "TIME  2"), ("\"last_status\":(200|304)", "\"last_status\":STATUS"),
                // How often, and why, follows from when the stories came in by this machine's clock.
                ("every [0-9.]+ s[,:] [^\"\\n]*", "REASON"),
            ])
        for verb in ["status", "feeds", "developments", "alerts"] {
            try await run(&transcript, room, "newswatch", "ctl", verb)
            try await run(&transcript, room, "newswatch", "ctl", verb, "--json")
        }
        try await run(&transcript, room, "newswatch", "ctl", "developments", zone: "<+0545>-5:45")
        try await run(&transcript, room, "newswatch", "ctl", "developments", "--utc", zone: "<+0545>-5:45")
        try await run(&transcript, room, "newswatch", "ctl", "alerts", "--failed")
        try await run(&transcript, room, "newswatch", "ctl", "alerts", "--failed", "--json")
        try await run(&transcript, room, "newswatch", "ctl", "poll", "Harbour Courier")
        try await run(&transcript, room, "newswatch", "ctl", "poll", "--json")
        try await run(&transcript, room, "newswatch", "ctl", "poll", "Courier")
        try await run(&transcript, room, "newswatch", "ctl", "status", "--check")
        try await run(&transcript, room, "newswatch", "ctl", "pause")
        try await run(&transcript, room, "newswatch", "ctl", "poll")
        try await run(&transcript, room, "newswatch", "ctl", "status", "--check")
        try await run(&transcript, room, "newswatch", "ctl", "pause", "--json")
        try await run(&transcript, room, "newswatch", "ctl", "resume")
        try await run(&transcript, room, "newswatch", "ctl", "resume", "--json")
        try await run(&transcript, room, "newswatch", "ctl", "reload")
        try await run(&transcript, room, "newswatch", "ctl", "reload", "--json")
        try await run(&transcript, room, "newswatch", "ctl", "test-alert")
        try await run(&transcript, room, "newswatch", "ctl", "test-alert", "--json")
        try await room.waitForDelivery()
        let known = try #require(room.alertIDs().first)
        try await run(&transcript, room, "newswatch", "ctl", "redeliver", known)
        try await room.waitForDelivery()
        try await run(&transcript, room, "newswatch", "ctl", "redeliver", known, "--json")
        try await run(&transcript, room, "newswatch", "ctl", "redeliver", "msg_unknown")
        let difference = try transcript.difference(
            from: Self.folder.appending(path: "asking-and-steering.txt"))
        #expect(difference == nil)
    }

    @Test func decisions() async throws {
        let outlet = try Outlet()
        let room = try await toldRoom(outlet)
        var transcript = Transcript(replacing: Self.replacements(room))
        try await run(&transcript, room, "newswatch", "explain", "entry_1")
        try await run(&transcript, room, "newswatch", "explain", "entry_1", "--json")
        try await run(
            &transcript, room, "newswatch", "explain", "https://harbour-courier.example/2", "--utc",
            zone: "CET-1CEST,M3.5.0,M10.5.0/3")
        try await run(&transcript, room, "newswatch", "explain", "entry_9")
        try await run(&transcript, room, "newswatch", "timeline")
        try await run(&transcript, room, "newswatch", "timeline", "--json")
        try await run(&transcript, room, "newswatch", "explain", "entry_1", "--database", room.database)
        _ = try await room.stop()
        try await run(&transcript, room, "newswatch", "explain", "entry_1", "--database", room.database)
        try await run(&transcript, room, "newswatch", "timeline", "--json", "--database", room.database)
        try await run(&transcript, room, "newswatch", "timeline")
        let difference = try transcript.difference(from: Self.folder.appending(path: "decisions.txt"))
        #expect(difference == nil)
    }

    @Test func rulings() async throws {
        let outlet = try Outlet()
        let room = try await toldRoom(outlet)
        var transcript = Transcript(replacing: Self.replacements(room))
        let developments = try #require(try await room.json("developments") as? [[String: Any]])
        let ids = developments.compactMap { $0["id"] as? String }
        let (firing, suit) = (try #require(ids.first), try #require(ids.last))
        try await run(&transcript, room, "newswatch", "ctl", "developments", "split", firing, "entry_2")
        try await run(&transcript, room, "newswatch", "ctl", "developments", "split", firing, "entry_1")
        try await run(&transcript, room, "newswatch", "ctl", "developments", "split", firing, "entry_9")
        try await run(&transcript, room, "newswatch", "ctl", "developments", "mute", "dev_unknown")
        try await run(&transcript, room, "newswatch", "ctl", "developments", "merge", firing, suit)
        try await run(&transcript, room, "newswatch", "ctl", "developments", "merge", firing, suit)
        try await run(&transcript, room, "newswatch", "ctl", "developments")
        try await run(&transcript, room, "newswatch", "ctl", "developments", "retract", firing)
        try await run(&transcript, room, "newswatch", "ctl", "developments", "retract", firing, "--json")
        try await run(&transcript, room, "newswatch", "ctl", "developments")
        try await room.waitForDelivery()
        try await run(&transcript, room, "newswatch", "ctl", "alerts")
        let difference = try transcript.difference(from: Self.folder.appending(path: "rulings.txt"))
        #expect(difference == nil)
        // At the webhook as in the log: each correction names the alert that it reverses.
        let corrections = try room.alertLog().filter { $0["type"] as? String == "development.corrected" }
        let reversed = corrections.compactMap { ($0["data"] as? [String: Any])?["reverses"] as? String }
        #expect(reversed.count == 2)
        #expect(Set(reversed).isSubset(of: try room.alertIDs()))
    }

    @Test func setupAndCare() async throws {
        let outlet = try Outlet()
        let room = try await toldRoom(outlet)
        var transcript = Transcript(replacing: Self.replacements(room))
        let copy = room.folder.appending(path: "copy.db").path
        let faulty = room.folder.appending(path: "faulty.toml").path
        try "[poll]\nintervall = \"1m\"\n[[feed]]\nurl = \"gopher://x\"\n".write(
            toFile: faulty, atomically: true, encoding: .utf8)
        try await run(&transcript, room, "newswatch", "check", room.configuration)
        try await run(&transcript, room, "newswatchd", "--config", room.configuration, "--check")
        try await run(&transcript, room, "newswatch", "check", faulty)
        try await run(&transcript, room, "newswatch", "doctor", "--config", room.configuration)
        try await run(&transcript, room, "newswatch", "doctor", "--config", faulty, "--socket", room.socket)
        try await run(&transcript, room, "newswatch", "db", "check", "--database", room.database)
        _ = try await room.stop()
        try await run(&transcript, room, "newswatch", "db", "check", "--database", room.database)
        try await run(&transcript, room, "newswatch", "db", "check", "--json", "--database", room.database)
        try await run(&transcript, room, "newswatch", "db", "backup", copy, "--database", room.database)
        try await run(&transcript, room, "newswatch", "db", "backup", copy, "--database", room.database)
        try await run(&transcript, room, "newswatch", "doctor", "--config", room.configuration)
        let difference = try transcript.difference(from: Self.folder.appending(path: "setup-and-care.txt"))
        #expect(difference == nil)
    }

    @Test func trials() async throws {
        let room = try Newsroom(outlet: try Outlet())
        var transcript = Transcript(replacing: Self.replacements(room))
        func write(_ name: String, _ text: String) throws -> String {
            let file = room.folder.appending(path: name)
            try text.write(to: file, atomically: true, encoding: .utf8)
            return file.path
        }
        let feed = try write(
            "desk.xml",
            """
            <rss version="2.0"><channel><title>Desk</title><link>https://desk.example/</link>
            <item><guid>g1</guid><title>One &amp; only</title><link>https://desk.example/1</link>
            <pubDate>Fri, 17 Nov 2023 20:28:00 GMT</pubDate><description>First.</description></item>
            <item><title>Two</title></item></channel></rss>
            """)
        let empty = try write("empty.xml", "")
        let items = try write(
            "items.jsonl",
            [Self.firing, Self.suing].map { story in
                #"{"id":"\#(story.id)","url":"https://x.example/\#(story.id)","source":"x.example","lang":"en","#
                    + #""title":"\#(story.title)","published":"2023-11-17T20:28:00Z","text":"\#(story.text)"}"#
            }.joined(separator: "\n") + "\nrubbish\n")
        try await run(&transcript, room, "newswatch", "parse", feed)
        try await run(&transcript, room, "newswatch", "parse", feed, zone: "CET-1CEST,M3.5.0,M10.5.0/3")
        try await run(&transcript, room, "newswatch", "parse", feed, empty, "--jsonl")
        try await run(&transcript, room, "newswatch", "parse", feed, "--stats")
        try await run(&transcript, room, "newswatch", "backtest", items, "--config-dir", Repository.etc.path)
        try await run(
            &transcript, room, "newswatch", "backtest", items, "--config-dir", Repository.etc.path, "--jsonl")
        try await run(&transcript, room, "newswatch", "fingerprint", items)
        try await run(&transcript, room, "newswatch", "fingerprint", items, "--stats")
        let difference = try transcript.difference(from: Self.folder.appending(path: "trials.txt"))
        #expect(difference == nil)
    }
}
