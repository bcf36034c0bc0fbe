import Alerting
import Foundation
import Stories
import Testing

@testable import Daemon

/// What each sink is told by its policy, from entry to outbox.
@Suite struct AlertRouterTests {
    private static func policy(_ body: (inout SinkPolicy) -> Void) -> SinkPolicy {
        var policy = SinkPolicy()
        body(&policy)
        return policy
    }

    private static let firing = "OpenAI fires chief executive Sam Altman"
    private static let suing = "Elon Musk sues OpenAI and Sam Altman"
    private static let everything = (name: "all", policy: SinkPolicy())

    /// The firing in the words of three outlets.
    private func fire(_ desk: RoutedDesk, outlets: Int = 1) async throws {
        let reports = [
            (Self.firing, "The board of OpenAI dismissed Sam Altman as chief executive on Friday, it said."),
            ("Sam Altman ousted as OpenAI CEO by its board", "Directors no longer trust him, they wrote."),
            ("OpenAI board sacks CEO Altman", "He heard of it in a video call, people close to him say."),
        ]
        for (number, report) in reports.prefix(outlets).enumerated() {
            try await desk.report(report.0, report.1, by: "paper-\(number).example")
            desk.now += 60
        }
    }

    private func sue(_ desk: RoutedDesk) async throws {
        try await desk.report(
            Self.suing, "Elon Musk filed a lawsuit against OpenAI in San Francisco.", by: "court.example")
    }

    @Test func aSinkIsToldOnlyOfTheKindsThatItNames() async throws {
        let desk = try RoutedDesk([
            Self.everything, ("court", Self.policy { $0.kinds = ["lawsuit"] }),
        ])
        try await fire(desk)
        try await sue(desk)
        #expect(
            try desk.told("all") == ["development.new: \(Self.firing)", "development.new: \(Self.suing)"])
        #expect(try desk.told("court") == ["development.new: \(Self.suing)"])
    }

    @Test func theSecondOutletReleasesWhatWaitedForIt() async throws {
        let desk = try RoutedDesk([
            Self.everything, ("careful", Self.policy { $0.minCorroboration = 2 }),
        ])
        try await fire(desk)
        #expect(try desk.told("careful").isEmpty)
        try desk.restart()
        try await fire(desk, outlets: 3)
        let alert = try #require(try desk.alerts("careful").first)
        #expect(try desk.alerts("careful").count == 1)
        #expect(alert.id == (try desk.alerts("all").first?.id))
        guard case .development(let development) = alert.content else {
            Issue.record("not a development")
            return
        }
        // As it is now, not as it was when it opened.
        #expect(development.corroboration == 2)
        #expect(development.sources.map(\.outlet) == ["paper-0.example", "paper-1.example"])
        #expect(try desk.told("all").count == 1)
    }

    @Test func aCopyReleasesNothing() async throws {
        let desk = try RoutedDesk([("careful", Self.policy { $0.minCorroboration = 2 })])
        let text =
            "The board of OpenAI dismissed Sam Altman as chief executive on Friday, it said in a statement."
        try await desk.report(Self.firing, text, by: "wire.example")
        try await desk.report(Self.firing, text, by: "printer.example")
        #expect(try desk.told("careful").isEmpty)
    }

    @Test func aSinkThatWantsFewerOutletsAfterAReloadIsTold() async throws {
        let desk = try RoutedDesk([("careful", Self.policy { $0.minCorroboration = 5 })])
        try await fire(desk, outlets: 2)
        #expect(try desk.told("careful").isEmpty)
        try await desk.reconfigure([("careful", Self.policy { $0.minCorroboration = 2 })])
        #expect(try desk.told("careful") == ["development.new: \(Self.firing)"])
    }

    @Test func quietHoursEndInOneDigest() async throws {
        let night = Self.policy { $0.quietHours = QuietHours("20:00-07:00 UTC") }
        let desk = try RoutedDesk([Self.everything, ("night", night)])
        try await fire(desk)
        try await sue(desk)
        #expect(try desk.told("night").isEmpty)
        #expect(try desk.told("all").count == 2)

        let morning = RoutedDesk.start + 10.5 * 3600
        let early = try await desk.pipeline.release(now: morning - 1)
        #expect(early.sent == 0)
        #expect(early.next == morning)
        try desk.restart()
        #expect(try await desk.pipeline.release(now: morning).sent == 1)
        #expect(try desk.told("night") == ["digest: \(Self.firing) | \(Self.suing)"])
        guard case .digest(let digest)? = try desk.alerts("night").first?.content else {
            Issue.record("not a digest")
            return
        }
        #expect(digest.reason == .quietHours)
        let after = try await desk.pipeline.release(now: morning + 60)
        #expect(after.sent == 0)
        #expect(after.next == nil)
    }

    @Test func oneDevelopmentOfTheNightIsAnAlertOfItsOwn() async throws {
        let night = Self.policy { $0.quietHours = QuietHours("20:00-07:00 UTC") }
        let desk = try RoutedDesk([Self.everything, ("night", night)])
        try await fire(desk)
        _ = try await desk.pipeline.release(now: RoutedDesk.start + 11 * 3600)
        #expect(try desk.told("night") == ["development.new: \(Self.firing)"])
        #expect(try desk.alerts("night").first?.id == desk.alerts("all").first?.id)
    }

    @Test func beyondTheRateTheSurplusIsFoldedAndNothingDropped() async throws {
        let desk = try RoutedDesk([("calm", Self.policy { $0.rate = AlertRate(count: 1, window: 3600) })])
        try await fire(desk)
        try await sue(desk)
        try await desk.report(
            "OpenAI appoints Emmett Shear as interim chief executive", "He ran Twitch before.",
            by: "third.example")
        #expect(try desk.told("calm") == ["development.new: \(Self.firing)"])
        let (sent, next) = try await desk.pipeline.release(now: desk.now)
        #expect(sent == 0)
        #expect(next == RoutedDesk.start + 3600)
        #expect(try await desk.pipeline.release(now: RoutedDesk.start + 3600).sent == 1)
        let told = try desk.told("calm")
        #expect(told.count == 2)
        #expect(told.last?.hasPrefix("digest: \(Self.suing) | OpenAI appoints") == true)
    }

    @Test func updatesGoToThoseWhoWantThemAndWereTold() async throws {
        let desk = try RoutedDesk([
            Self.everything, ("close", Self.policy { $0.updates = true }),
            (
                "court",
                Self.policy {
                    $0.updates = true; $0.kinds = ["lawsuit"]
                }
            ),
        ])
        try await fire(desk, outlets: 3)
        #expect(
            try desk.told("close") == [
                "development.new: \(Self.firing)", "development.updated: \(Self.firing)",
            ])
        #expect(try desk.told("all").count == 1)
        #expect(try desk.told("court").isEmpty)
    }

    @Test func aGrownFigureIsAnUpdateAndTellsWhatItWas() async throws {
        let desk = try RoutedDesk([("close", Self.policy { $0.updates = true })])
        let text = "The staff of OpenAI wrote to the board that they would follow Sam Altman to Microsoft."
        try await desk.report("500 OpenAI employees threaten to quit", text, by: "first.example")
        try await desk.report(
            "700 OpenAI employees threaten to quit over Altman",
            "More names are on the letter to the directors than in the morning, people close to them say.",
            by: "first.example")
        let alerts = try desk.alerts("close")
        #expect(alerts.count == 2)
        guard case .update(let update) = alerts.last?.content else {
            Issue.record("no update: \(alerts)")
            return
        }
        #expect(update.news == "The figure is 700 now, 500 before.")
    }

    @Test func aMutedDevelopmentIsUpdatedNoMore() async throws {
        let desk = try RoutedDesk([("close", Self.policy { $0.updates = true })])
        try await fire(desk)
        let id = try #require(try desk.store.developments().first?.opening.id)
        _ = try await desk.pipeline.mute(id, now: desk.now)
        try await fire(desk, outlets: 3)
        #expect(try desk.told("close").count == 1)
    }

    @Test func aDigestHoldsForEachSinkWhatItWants() async throws {
        let desk = try RoutedDesk([
            Self.everything, ("same", SinkPolicy()), ("court", Self.policy { $0.kinds = ["lawsuit"] }),
            ("none", Self.policy { $0.kinds = ["award"] }),
        ])
        try await desk.report(
            Self.firing, "The board of OpenAI dismissed Sam Altman, it said.", by: "old.example",
            contact: .first)
        try await desk.report(
            Self.suing, "Elon Musk filed a lawsuit against OpenAI.", by: "older.example", contact: .first)
        #expect(try await desk.pipeline.flushDigests(now: desk.now) == 2)
        #expect(try desk.told("all") == ["digest: \(Self.firing) | \(Self.suing)"])
        #expect(try desk.alerts("same").map(\.id) == desk.alerts("all").map(\.id))
        #expect(try desk.told("court") == ["digest: \(Self.suing)"])
        #expect(try desk.told("none").isEmpty)
    }

    @Test func aSignOfLifeComesWhenASinkHadNothingForSoLong() async throws {
        let desk = try RoutedDesk([
            Self.everything, ("pulse", Self.policy { $0.heartbeat = .seconds(3600) }),
        ])
        try await fire(desk)
        func beat(_ now: Date) async throws -> Int {
            try await desk.pipeline.heartbeat(watching: RoutedDesk.start, now: now) { since in
                Heartbeat(since: since, feeds: 3, healthyFeeds: 2, lastEntry: nil, isPaused: false)
            }
        }
        #expect(try await beat(RoutedDesk.start + 3599) == 0)
        #expect(try await beat(RoutedDesk.start + 3600) == 1)
        #expect(try await beat(RoutedDesk.start + 3660) == 0)
        #expect(try await beat(RoutedDesk.start + 7200) == 1)
        #expect(
            try desk.told("pulse") == [
                "development.new: \(Self.firing)",
                "heartbeat: Nothing new since 2023-11-17T20:30:00Z: still watching, 2 of 3 feeds healthy, no entry yet.",
                "heartbeat: Nothing new since 2023-11-17T21:30:00Z: still watching, 2 of 3 feeds healthy, no entry yet.",
            ])
        #expect(try desk.told("all").count == 1)
    }

    @Test func aFailingSinkIsToldOfByTheOthers() async throws {
        let desk = try RoutedDesk([
            Self.everything, ("dead", SinkPolicy()), ("deaf", Self.policy { $0.kinds = [] }),
        ])
        let notice = ServiceNotice(subject: .sink, state: .failing, name: "dead", message: "It fails.")
        #expect(
            try await desk.pipeline.notify(
                AlertComposer.notice(notice, at: desk.now), kind: .service, except: "dead", now: desk.now))
        #expect(try desk.told("all") == ["service.sink: It fails."])
        #expect(try desk.told("dead").isEmpty)
        #expect(try desk.told("deaf").isEmpty)
    }
}
