import Alerting
import LoopbackServer
import Storage
import Testing

@testable import Daemon

/// What is held back by a policy comes by itself when its time has come.
@Suite struct QuietNightTests {
    @Test func whatHappenedInQuietHoursIsToldAtTheirEnd() async throws {
        let server = try LoopbackServer { _ in
            LoopbackAnswer(body: Stage.feed("Ferry company dismisses its captain"))
        }
        // The stage begins at 22:13:20.
        let stage = try Stage(
            feeds: [server.url("/feed.xml")], policy: #"quiet_hours = "22:00-23:00 UTC""#)
        let daemon = try stage.daemon()
        async let life = daemon.run()
        while try daemon.store.developments().isEmpty { await Task.yield() }
        while try daemon.store.ingest({ try $0.folded(sink: "log").isEmpty }) { await Task.yield() }
        await stage.advance(daemon, by: .seconds(46 * 60 + 39))
        #expect(try daemon.store.deliveries().isEmpty)

        await stage.advance(daemon, by: .seconds(61))
        while try daemon.store.deliveries().isEmpty { await Task.yield() }
        #expect(try await daemon.settle(limit: .seconds(20)))
        #expect(try daemon.store.deliveries().map(\.type) == ["development.new"])
        await daemon.poller.stop()
        _ = try await life
    }

    @Test func aSinkThatHearsNothingGetsASignOfLife() async throws {
        let server = try LoopbackServer { _ in LoopbackAnswer(status: 500) }
        let stage = try Stage(feeds: [server.url("/feed.xml")], policy: #"heartbeat = "1h""#)
        let daemon = try stage.daemon()
        async let life = daemon.run()
        while daemon.poller.board.states[.new] != 0 { await Task.yield() }
        await stage.advance(daemon, by: .seconds(3600))
        while try daemon.store.deliveries().isEmpty { await Task.yield() }
        let delivery = try #require(try daemon.store.deliveries().first)
        guard case .heartbeat(let sign) = try AlertJSON.alert(from: delivery.payload).content else {
            Issue.record("\(delivery.type)")
            return
        }
        #expect(
            sign == Heartbeat(since: Stage.start, feeds: 1, healthyFeeds: 0, lastEntry: nil, isPaused: false))
        await daemon.poller.stop()
        _ = try await life
    }
}
