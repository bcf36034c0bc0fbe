import Foundation
import LoopbackServer
import Scheduling
import Storage
import Synchronization
import Testing

@testable import Daemon

/// The machine's clock is set a day forward and back under the daemon: it asks on and tells everything once.
@Suite(.timeLimit(.minutes(5))) struct ClockTests {
    private final class Pages: Sendable {
        let body = Mutex<[UInt8]>(Stage.feed("Ferry company dismisses its captain"))
        func show(_ body: [UInt8]) { self.body.withLock { $0 = body } }
    }

    private let pages = Pages()
    private let server: LoopbackServer
    private let stage: Stage

    init() throws {
        server = try LoopbackServer { [pages] _ in LoopbackAnswer(body: pages.body.withLock { $0 }) }
        stage = try Stage(feeds: [server.url("/feed.xml")])
    }

    /// Makes a change, moves the clock to the feed's next poll, waits for its end, and returns how long after the change
    /// that was, in seconds.
    private func poll(_ daemon: NewswatchDaemon, after change: () -> Void) async throws -> TimeInterval {
        let before = server.requests.count
        change()
        let start = stage.time.now()
        // A beat of the loop, so that it has seen the clock.
        await stage.advance(daemon, by: .seconds(11))
        while server.requests.count == before {
            let plan = await daemon.poller.schedules[0].schedule.nextPoll
            stage.time.advance(to: try #require(plan))
            await stage.advance(daemon, by: .seconds(11))
        }
        while await daemon.poller.schedules[0].schedule.nextPoll ?? .distantPast <= stage.time.now() {
            await Task.yield()
        }
        return stage.time.now().timeIntervalSince(start)
    }

    private func settle(_ daemon: NewswatchDaemon, alerts: Int) async throws {
        func delivered() throws -> Int { try daemon.store.deliveries().count { $0.state == .delivered } }
        while try delivered() < alerts { await Task.yield() }
    }

    @Test func aDayForwardAndBackLosesAndRepeatsNothing() async throws {
        let daemon = try stage.daemon()
        async let life = daemon.run()
        try await settle(daemon, alerts: 1)
        let (captain, strike, mayor) = (
            "Ferry company dismisses its captain", "Dock workers of Odessa go on strike",
            "Mayor of Lima resigns over bribes"
        )
        _ = try await poll(daemon) {
            stage.time.advance(by: .seconds(86_400))
            pages.show(Stage.feed(captain, strike))
        }
        try await settle(daemon, alerts: 2)
        let wait = try await poll(daemon) {
            stage.time.turnBack(by: .seconds(86_400))
            pages.show(Stage.feed(strike, mayor))
        }
        #expect(wait <= 7200)
        try await settle(daemon, alerts: 3)

        // On a clock that stands still the loop does too.
        let turns = await daemon.poller.turns
        for _ in 0..<10_000 { await Task.yield() }
        #expect(await daemon.poller.turns <= turns + 1)

        let lines = try stage.alertLog()
        #expect(lines.count == 3)
        #expect(Set(lines).count == 3)
        await daemon.poller.stop()
        _ = try await life
    }

    @Test func aRestartOnAClockThatWasSetBackAsksSoon() async throws {
        try await live { try await settle($0, alerts: 1) }
        stage.time.turnBack(by: .seconds(86_400))
        try await live { daemon in
            let wait = try await poll(daemon, after: {})
            #expect(wait <= 7200)
        }
        #expect(try stage.alertLog().count == 1)
    }

    /// A daemon from its start to its end.
    private func live(_ body: (NewswatchDaemon) async throws -> Void) async throws {
        let daemon = try stage.daemon()
        async let life = daemon.run()
        try await body(daemon)
        await daemon.poller.stop()
        _ = try await life
    }
}
