import Foundation
import GRDB
import LoopbackServer
import Testing

/// First contact and outages: each row of the table in `docs/alerts.md`, over the real program.
@Suite(.serialized, .seated) struct FirstContactTests {
    static let hour: TimeInterval = 3600

    /// Openers of seven developments, most of the sample week, dated `hours` ago, the first the longest.
    private func openers(_ count: Int = 7, hoursAgo hours: Double?) throws -> [Outlet.Story] {
        let ids = ["s09", "s10", "s27", "s30", "s31", "s47"]
        let stories = try SampleWeek.items().map(\.story).filter { ids.contains($0.id) } + [.suing]
        return stories.prefix(count).enumerated().map { index, story in
            var story = story
            story.published = hours.map {
                Date(timeIntervalSinceNow: -$0 * Self.hour + Double(index) * 60)
            }
            return story
        }
    }

    private func feed(_ outlet: Outlet, name: String = "Second") -> String {
        "[[feed]]\nurl = \"\(outlet.feedURL)\"\nname = \"\(name)\"\n"
    }

    private func once(_ room: Newsroom) async throws -> Int32 {
        try await RunningProgram.run("newswatchd", ["--config", room.configuration, "--once"]).exitCode
    }

    /// Waits for this many alerts, and then until nothing more can come of what was read.
    private func told(_ count: Int, in room: Newsroom) async throws -> [String] {
        try await RunningProgram.until("\(count) alerts; there are \(String(describing: try? room.told()))") {
            try room.alertLog().count >= count
        }
        try await room.waitForDelivery()
        return try room.told()
    }

    /// The daemon was down until now, and should have asked its feeds `hours` ago.
    private func outage(of hours: Double, in room: Newsroom) throws {
        let due = Date(timeIntervalSinceNow: -hours * Self.hour).timeIntervalSinceReferenceDate
        let database = try DatabaseQueue(path: room.database)
        try database.write {
            try $0.execute(
                sql: "UPDATE feeds SET schedule = json_set(schedule, '$.nextPoll', ?)", arguments: [due])
        }
        try database.close()
    }

    // MARK: First contact

    @Test func everyFeedsFirstAnswerTogetherIsOneDigest() async throws {
        let outlet = try Outlet()
        let slow = try Outlet()
        let gate = LoopbackGate()
        let stories = try openers(3, hoursAgo: 1)
        outlet.publish([stories[0]])
        slow.publish([stories[1], stories[2]])
        slow.withholdFeed(gate)
        let room = try Newsroom(outlet: outlet, more: feed(slow))
        try await room.start()
        try await room.waitForEntries(1)
        try await RunningProgram.until("the second feed to be asked") { !slow.feedRequests.isEmpty }
        // One feed still owes its answer: nothing is told yet.
        #expect(try room.told() == [])
        gate.open()
        #expect(
            try await told(1, in: room)
                == ["digest \(stories[0].title), \(stories[1].title), \(stories[2].title)"])
    }

    @Test func eachTopicHasADigestOfItsOwn() async throws {
        let outlet = try Outlet()
        outlet.publish(try openers(1, hoursAgo: 1))
        let room = try Newsroom(outlet: outlet)
        try room.configure(topics: [Newsroom.topic, "everything"])
        #expect(try await once(room) == 0)
        let topics = try room.alertLog().compactMap { ($0["data"] as? [String: Any])?["topic"] as? String }
        #expect(topics.sorted() == ["everything", "openai-leadership"])
        #expect(try room.told().allSatisfy { $0.hasPrefix("digest ") })
    }

    @Test func oneRoundTellsItsDigestAtItsEndWhoeverHasNotAnswered() async throws {
        let outlet = try Outlet()
        let dead = try Outlet()
        let stories = try openers(2, hoursAgo: 1)
        outlet.publish(stories)
        dead.replace(with: LoopbackAnswer(status: 500))
        let room = try Newsroom(outlet: outlet, more: feed(dead))
        #expect(try await once(room) == 1)
        #expect(try room.told() == ["digest \(stories[0].title), \(stories[1].title)"])
    }

    /// Needs two minutes of real time; `NEWSWATCH_PATIENCE=1` runs it. In `DigestPatienceTests` the
    /// same row has a clock that is moved.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["NEWSWATCH_PATIENCE"] == "1"))
    func afterTwoMinutesTheDigestWaitsNoLonger() async throws {
        let outlet = try Outlet()
        let dead = try Outlet()
        let stories = try openers(1, hoursAgo: 1)
        outlet.publish(stories)
        dead.replace(with: LoopbackAnswer(status: 500))
        let room = try Newsroom(outlet: outlet, more: feed(dead))
        let start = ContinuousClock.now
        try await room.start()
        try await RunningProgram.until("the digest", limit: .seconds(180)) { try !room.alertLog().isEmpty }
        #expect(try room.told() == ["digest \(stories[0].title)"])
        #expect(start.duration(to: .now) > .seconds(115))
    }

    @Test func whatWasReadBeforeAKillIsInTheDigestAfterIt() async throws {
        let outlet = try Outlet()
        let slow = try Outlet()
        let gate = LoopbackGate()
        let stories = try openers(2, hoursAgo: 1)
        outlet.publish([stories[0]])
        slow.publish([stories[1]])
        slow.withholdFeed(gate)
        let room = try Newsroom(outlet: outlet, more: feed(slow))
        try await room.start()
        try await room.waitForEntries(1)
        try await room.kill()
        #expect(try room.told() == [])
        try await room.start()
        gate.open()
        #expect(try await told(1, in: room) == ["digest \(stories[0].title), \(stories[1].title)"])
    }

    @Test func aRestartIsSilent() async throws {
        let outlet = try Outlet()
        outlet.publish(try openers(2, hoursAgo: 1))
        let room = try Newsroom(outlet: outlet)
        #expect(try await once(room) == 0)
        let asked = outlet.feedRequests.count
        try await room.start()
        try await RunningProgram.until("another poll") { outlet.feedRequests.count > asked }
        try await room.waitForDelivery()
        #expect(try room.told().count == 1)
    }

    @Test(arguments: [("alert", ["new", "new"]), ("silent", [])])
    func theSettingTellsFirstContactOtherwise(setting: String, words: [String]) async throws {
        let outlet = try Outlet()
        let stories = try openers(3, hoursAgo: 30)
        outlet.publish(Array(stories[..<2]))
        let room = try Newsroom(outlet: outlet)
        try room.configure(stories: "first_contact = \"\(setting)\"")
        #expect(try await once(room) == 0)
        #expect(try room.told() == zip(words, stories).map { "\($0) \($1.title)" })
        // News is told whatever the setting.
        outlet.publish([stories[2]])
        try await room.start()
        #expect(try await told(words.count + 1, in: room).last == "new \(stories[2].title)")
    }

    // MARK: A feed added later

    @Test func aLaterFeedTellsTheYoungAtOnceTheOldInADigestAndTheKnownNotAtAll() async throws {
        let outlet = try Outlet()
        let later = try Outlet()
        var stories = try openers(4, hoursAgo: 2)
        outlet.publish([stories[0]])
        let room = try Newsroom(outlet: outlet)
        try await room.start()
        _ = try await told(1, in: room)

        stories[2].published = Date(timeIntervalSinceNow: -30 * Self.hour)
        stories[3].published = nil
        // The first feed's report once more, as another outlet's.
        var known = stories[0]
        known.id = "again"
        known.link = "https://bay-gazette.example/again"
        later.publish([known, stories[1], stories[2], stories[3]])
        try room.configure(more: feed(later))
        #expect(try await room.ctl("reload").exitCode == 0)
        try await room.waitForEntries(4, of: later.feedURL)
        let all = try await told(3, in: room)
        #expect(all.first == "digest \(stories[0].title)")
        #expect(all.contains("new \(stories[1].title)"))
        // Of one without a date nobody knows that it is young.
        #expect(all.contains("digest \(stories[2].title), \(stories[3].title)"))
        #expect(all.count == 3)
    }

    @Test func aFeedAddedWhileTheDaemonWasDownIsALaterFeedToo() async throws {
        let outlet = try Outlet()
        let later = try Outlet()
        var stories = try openers(3, hoursAgo: 2)
        stories[2].published = Date(timeIntervalSinceNow: -30 * Self.hour)
        outlet.publish([stories[0]])
        let room = try Newsroom(outlet: outlet)
        #expect(try await once(room) == 0)
        later.publish([stories[1], stories[2]])
        try room.configure(more: feed(later))
        #expect(try await once(room) == 0)
        let all = try room.told()
        #expect(all.first == "digest \(stories[0].title)")
        #expect(Set(all.dropFirst()) == ["new \(stories[1].title)", "digest \(stories[2].title)"])
    }

    @Test func aRoundWaitsForAFeedThatBecameDueWithinIt() async throws {
        let outlet = try Outlet()
        let later = try Outlet()
        let stories = try openers(3, hoursAgo: 2)
        outlet.publish([stories[0]])
        later.publish([stories[1]])
        let room = try Newsroom(outlet: outlet)
        #expect(try await once(room) == 0)

        // The new feed keeps the round waiting until the first one is due again.
        let gate = LoopbackGate()
        outlet.publish([stories[2]])
        later.withholdFeed(gate)
        try room.configure(more: feed(later))
        let round = try RunningProgram("newswatchd", ["--config", room.configuration, "--once"])
        try await RunningProgram.until("the new feed to be asked") { later.feedRequests.count == 1 }
        let database = try DatabaseQueue(path: room.database)
        let due = try await database.read {
            try Double.fetchOne(
                $0, sql: "SELECT schedule ->> 'nextPoll' FROM feeds WHERE url = ?",
                arguments: [outlet.feedURL])
        }
        let next = Date(timeIntervalSinceReferenceDate: try #require(due))
        try await RunningProgram.until("the first feed to be due") { next < .now }
        gate.open()
        #expect(try await round.wait().exitCode == 0)
        #expect(try room.told().contains("new \(stories[1].title)"))
    }

    // MARK: After an outage

    @Test func afterAnOutageTheOldIsLateAndBeyondFiveADigest() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet)
        #expect(try await once(room) == 0)
        try outage(of: 10, in: room)
        let stories = try openers(7, hoursAgo: 8)
        outlet.publish(stories)
        try await room.start()
        let all = try await told(6, in: room)
        #expect(
            all == stories[..<5].map { "late \($0.title)" }
                + ["digest \(stories[5].title), \(stories[6].title)"])
        let digest = try room.alertLog().last?["data"] as? [String: Any]
        let developments = digest?["developments"] as? [[String: Any]] ?? []
        #expect(developments.allSatisfy { $0["late"] as? Bool == true })
    }

    @Test func whatIsYoungerThanSixHoursIsNotLate() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet)
        #expect(try await once(room) == 0)
        try outage(of: 10, in: room)
        let stories = try openers(2, hoursAgo: 5)
        outlet.publish(stories)
        try await room.start()
        #expect(try await told(2, in: room) == stories.map { "new \($0.title)" })
    }

    @Test func aShortOutageIsNone() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet)
        #expect(try await once(room) == 0)
        try outage(of: 5, in: room)
        let stories = try openers(2, hoursAgo: 8)
        outlet.publish(stories)
        try await room.start()
        #expect(try await told(2, in: room) == stories.map { "new \($0.title)" })
    }

    @Test func theNextOutageCountsItsLateAlertsAnew() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet)
        #expect(try await once(room) == 0)
        let stories = try openers(7, hoursAgo: 8)
        try outage(of: 10, in: room)
        outlet.publish(Array(stories[..<4]))
        #expect(try await once(room) == 0)
        try outage(of: 10, in: room)
        outlet.publish(Array(stories[4...]))
        #expect(try await once(room) == 0)
        #expect(try room.told() == stories.map { "late \($0.title)" })
    }
}
