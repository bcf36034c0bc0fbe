import Foundation
import LoopbackServer
import Testing

/// The configuration changes while the real daemon works.
@Suite(.serialized, .seated) struct ReloadTests {
    private func feed(_ outlet: Outlet, name: String = "Second", more: String = "") -> String {
        "[[feed]]\nurl = \"\(outlet.feedURL)\"\nname = \"\(name)\"\n\(more)\n"
    }

    // MARK: What is told

    @Test func aReloadTellsWhatChangedOnStdoutAndInTheLog() async throws {
        let outlet = try Outlet()
        let second = try Outlet()
        let room = try Newsroom(outlet: outlet)
        try await room.start()
        let same = try await room.ctl("reload")
        #expect(same.exitCode == 0)
        #expect(same.standardOutput == "\(room.configuration) is in force: nothing changed\n")
        #expect(same.standardError == "")

        try room.configure(
            sinks: """
                [[sink]]
                name = "more"
                type = "file"
                path = "more.log"
                """, more: feed(second))
        let text = try String(contentsOfFile: room.configuration, encoding: .utf8)
            .replacingOccurrences(of: "path = \"newswatch.db\"", with: "path = \"other.db\"")
        try text.write(toFile: room.configuration, atomically: true, encoding: .utf8)
        let changed = try await room.ctl("reload")
        #expect(changed.exitCode == 0)
        let folder = room.folder.path
        let width = second.feedURL.count
        func padded(_ text: String) -> String { text.padding(toLength: width, withPad: " ", startingAt: 0) }
        #expect(
            changed.standardOutput == """
                \(room.configuration) is in force: 3 changes
                CHANGE   WHAT     \(padded("NAME"))  HOW
                added    feed     \(second.feedURL)
                added    sink     more
                changed  setting  \(padded("[database] path"))  \(folder)/newswatch.db → \(folder)/other.db; \
                holds after a restart

                """)
        let log = room.daemon?.standardError ?? ""
        #expect(log.contains("change=added name=\(second.feedURL) what=feed"))
        #expect(log.contains("configuration change needs a restart"))
        let configuration = try await room.status("configuration", as: [String: Any].self)
        #expect(configuration?["needs_restart"] as? [String] == ["[database] path"])
        #expect(configuration?["file"] as? String == room.configuration)
        // What needs a restart is not forgotten by the next reload.
        #expect(try await room.ctl("reload").standardOutput.contains("other.db; holds after a restart"))
    }

    @Test func aFaultyFileLeavesTheOldInForceAndIsToldEverywhere() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet)
        try await room.start()
        try await room.waitForFirstContact()
        let lines = try String(contentsOfFile: room.configuration, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false).count
        try room.configure(more: "[[feed]]\nurl = \"gopher://old.example\"\nintervall = \"1m\"")
        // They stand where the empty line before the last was.
        let place = "\(room.configuration):\(lines)"
        let below = "\(room.configuration):\(lines + 1)"
        let refused = try await room.ctl("reload")
        #expect(refused.exitCode == 78)
        #expect(refused.standardOutput == "")
        let faults = [
            "\(place):7: url \"gopher://old.example\" has the scheme gopher, must be http:// or https://",
            "\(below):1: unknown key \"intervall\" in [[feed]] (did you mean \"interval\"?)",
        ]
        #expect(
            refused.standardError == faults.map { $0 + "\n" }.joined()
                + "newswatch: the configuration has 2 faults; the one in force before still is\n")
        let configuration = try await room.status("configuration", as: [String: Any].self)
        #expect(configuration?["faults"] as? [String] == faults)
        #expect(configuration?["refused"] is String)
        let check = try await room.ctl("status", "--check")
        #expect(check.exitCode == 1)
        #expect(
            check.standardError
                == "newswatch: the configuration is refused: \(faults[0]), and 1 fault more\n")
        #expect(room.daemon?.standardError.contains("configuration is faulty") == true)
        #expect(try await room.feed(outlet.feedURL) != nil)

        // News still comes by the old one, and a mended file ends the complaint.
        outlet.publish([.suing])
        try await room.waitForEntries(1)
        try await RunningProgram.until("the alert") { try room.alertLog().count == 1 }
        try room.configure()
        #expect(try await room.ctl("reload").exitCode == 0)
        #expect(try await room.ctl("status", "--check").exitCode == 0)
    }

    @Test func aSecretThatCannotBeReadIsAFaultToo() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet)
        try await room.start()
        try room.configure(sinks: outlet.webhookSink + "\nsecret_file = \"missing\"")
        let refused = try await room.ctl("reload")
        #expect(refused.exitCode == 78)
        #expect(refused.standardError.contains("secret_file \(room.folder.path)/missing: no such file"))
    }

    // MARK: What stays

    @Test func aFeedThatComesBackIsAskedWithItsValidatorsAndTellsNothingTwice() async throws {
        let outlet = try Outlet()
        let second = try Outlet()
        second.publish([.suing])
        let room = try Newsroom(outlet: outlet, more: feed(second))
        try await room.start()
        try await room.waitForEntries(1, of: second.feedURL)
        try await RunningProgram.until("the digest") { try room.alertLog().count == 1 }
        // Its validators are in the database once the next request is conditional.
        try await RunningProgram.until("a conditional request") {
            _ = try await room.ctl("poll")
            return second.feedRequests.last?["If-None-Match"] != nil
        }
        try room.configure()
        #expect(try await room.ctl("reload").exitCode == 0)
        #expect(try await room.feed(second.feedURL) == nil)
        #expect(try await room.ctl("poll", second.feedURL).exitCode == 65)

        try room.configure(more: feed(second, more: "interval = \"1s\""))
        let asked = second.feedRequests.count
        #expect(try await room.ctl("reload").exitCode == 0)
        try await RunningProgram.until("the feed to be asked again") { second.feedRequests.count > asked }
        #expect(second.feedRequests[asked]["If-None-Match"] == "\"1\"")
        #expect(try await room.feed(second.feedURL)?["entry_count"] as? Int == 1)
        #expect(try room.alertLog().count == 1)
    }

    @Test func aPauseOutlivesAReload() async throws {
        let outlet = try Outlet()
        let second = try Outlet()
        let room = try Newsroom(outlet: outlet)
        try await room.start()
        _ = try await room.ctl("pause")
        try room.configure(more: feed(second))
        #expect(try await room.ctl("reload").exitCode == 0)
        #expect(try await room.status("paused") == true)
        #expect(try await room.feed(second.feedURL)?["state"] as? String == "new")
        #expect(second.feedRequests.isEmpty)
        _ = try await room.ctl("resume")
        try await RunningProgram.until("the new feed to be asked") { !second.feedRequests.isEmpty }
    }

    @Test func aTopicAddedByReloadDecidesOnWhatComesNext() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet)
        try await room.start()
        try await room.waitForFirstContact()
        outlet.publish([.suing])
        try await room.waitForEntries(1)
        try room.configure(topics: [Newsroom.topic, "everything"])
        #expect(try await room.ctl("reload").standardOutput.contains("added   topic  everything"))
        outlet.publish([
            Outlet.Story(id: "3", title: "Ferry company dismisses its captain", text: "The captain went.")
        ])
        try await room.waitForEntries(2)
        try await RunningProgram.until("two alerts") { try room.alertLog().count == 2 }
        #expect(
            try room.told() == ["new Elon Musk sues OpenAI", "new Ferry company dismisses its captain"])
        // And the first topic still knows what it has told.
        outlet.publish([
            Outlet.Story(
                id: "4", title: "OpenAI is sued by Elon Musk",
                text: "Elon Musk has filed a lawsuit against OpenAI and Sam Altman in San Francisco.")
        ])
        try await room.waitForEntries(3)
        try await room.waitForDelivery()
        let topics = try room.alertLog().compactMap { ($0["data"] as? [String: Any])?["topic"] as? String }
        #expect(topics.filter { $0 == "openai-leadership" }.count == 1)
    }

    @Test func aSecretThatWasReplacedSignsFromTheReloadOn() async throws {
        let outlet = try Outlet()
        let secret = "secret_file = \"webhook.secret\""
        let room = try Newsroom(outlet: outlet)
        let file = room.folder.appending(path: "webhook.secret")
        func write(_ byte: UInt8) throws {
            let key = Data(repeating: byte, count: 32).base64EncodedString()
            try "whsec_\(key)\n".write(to: file, atomically: true, encoding: .utf8)
        }
        try write(1)
        try room.configure(sinks: outlet.webhookSink + "\n" + secret)
        try await room.start()
        _ = try await room.ctl("test-alert")
        try await RunningProgram.until("the first") { outlet.hookRequests.count == 1 }
        try await room.waitForDelivery()
        try write(2)
        #expect(try await room.ctl("reload").exitCode == 0)
        let id = try #require(try room.alertIDs().first)
        _ = try await room.ctl("redeliver", id)
        try await RunningProgram.until("the second") { outlet.hookRequests.count == 2 }
        let (before, after) = (outlet.hookRequests[0], outlet.hookRequests[1])
        #expect(before.body == after.body)
        #expect(before["webhook-id"] == after["webhook-id"])
        // The timestamp is signed too; only with the old key could the same second give the same signature.
        #expect(before["webhook-signature"] != after["webhook-signature"])
    }

    // MARK: Under load

    @Test func aHundredReloadsUnderLoadTellWhatAnUndisturbedWeekTells() async throws {
        let items = try SampleWeek.items().map(\.story)
        let steps = stride(from: 0, to: items.count, by: 3).map {
            Array(items[$0..<min($0 + 3, items.count)])
        }
        let undisturbed = try await play(steps, reloads: 0)
        let reloaded = try await play(steps, reloads: 100)

        #expect(undisturbed.log.count > 5)
        #expect(reloaded.log == undisturbed.log, "the log differs")
        #expect(Set(reloaded.log).count == reloaded.log.count, "the log repeats an id")
        #expect(reloaded.hook.sorted() == undisturbed.hook.sorted(), "the webhook misses or repeats an alert")
        #expect(reloaded.refused == 33)
        #expect(reloaded.entries == undisturbed.entries)
    }

    private struct Outcome {
        var log: [String]
        var hook: [String]
        var entries: Int?
        var refused = 0
    }

    /// Plays the week in steps. While the daemon reads a step, and a second feed that comes and goes, the
    /// configuration changes again and again; every third file is faulty.
    private func play(_ steps: [[Outlet.Story]], reloads: Int) async throws -> Outcome {
        let outlet = try Outlet()
        let council = try Outlet()
        let room = try Newsroom(outlet: outlet, sinks: outlet.webhookSink, more: feed(council))
        let profile = try String(contentsOfFile: Newsroom.topic, encoding: .utf8)
        let topic = room.folder.appending(path: "topic.toml").path
        try await room.start()
        try await room.waitForFirstContact()
        var outcome = Outcome(log: [], hook: [])
        var published = 0
        var done = 0
        for (number, step) in steps.enumerated() {
            outlet.publish(step)
            // Of the same days: a story of today would take the week out of the copy window.
            council.publish([
                Outlet.Story(
                    id: "c\(number)", title: "Regional council meets for the \(number)th time",
                    published: step.first?.published)
            ])
            published += step.count
            _ = try await room.ctl("poll")
            while done < reloads * (number + 1) / steps.count {
                done += 1
                let isFaulty = done % 3 == 0
                if isFaulty {
                    try room.configure(more: Self.faults[done / 3 % Self.faults.count])
                } else {
                    // Another engine, another webhook address, the second feed there or not.
                    try profile.replacing("\nname = \"", with: "\nname = \"\(done) ", maxReplacements: 1)
                        .write(toFile: topic, atomically: true, encoding: .utf8)
                    try room.configure(
                        topics: [done % 2 == 0 ? topic : Newsroom.topic],
                        sinks: outlet.webhookSink.replacingOccurrences(of: "/hook", with: "/hook?\(done)"),
                        more: done % 4 < 2 ? feed(council) : "")
                }
                try await reload(room, isFaulty: isFaulty, bySignal: done % 5 == 0)
                if isFaulty { outcome.refused += 1 }
            }
            try await room.waitForEntries(published, of: outlet.feedURL)
            // The next step begins when this one was told, so that both weeks have the same order.
            try await room.waitForDelivery()
        }
        try room.configure(more: feed(council))
        #expect(try await room.ctl("reload").exitCode == 0)
        try await room.waitForEntries(steps.count, of: council.feedURL)
        outcome.entries = try await room.entries()
        _ = try await room.stop()
        outcome.log = try room.alertIDs()
        outcome.hook = outlet.hookRequests.compactMap { $0["webhook-id"] }
        return outcome
    }

    private static let faults = [
        "[[feed]]\nurl = \"gopher://old.example\"", "[pol]\ninterval = \"1m\"", "this is no TOML",
        "[[sink]]\nname = \"log\"\ntype = \"stdout\"", "[feeds]\nopml = [\"missing.opml\"]",
    ]

    /// Asks for a reload, and checks that the configuration in force is the last good one.
    private func reload(_ room: Newsroom, isFaulty: Bool, bySignal: Bool) async throws {
        let before = try await room.json("feeds") as? [[String: Any]] ?? []
        if bySignal {
            let mark = isFaulty ? "configuration is faulty" : "configuration read again"
            func count() -> Int {
                (room.daemon?.standardError ?? "").components(separatedBy: mark).count
            }
            let seen = count()
            room.daemon?.send(signal: SIGHUP)
            try await RunningProgram.until("SIGHUP to be heeded") { count() > seen }
        } else {
            #expect(try await room.ctl("reload").exitCode == (isFaulty ? 78 : 0))
        }
        guard isFaulty else { return }
        let after = try await room.json("feeds") as? [[String: Any]] ?? []
        #expect(after.map { $0["url"] as? String } == before.map { $0["url"] as? String })
    }
}
