import LoopbackServer
import Storage
import Testing

@testable import Daemon

@Suite struct PausedStartTests {
    /// A topic counts as introduced two minutes after the start, whoever has not answered by then. A daemon that
    /// starts paused must not count them: what its feeds held all along would come as news after the pause.
    @Test func firstContactAfterAPauseIsADigestHoweverLongThePauseWas() async throws {
        let server = try LoopbackServer { _ in
            LoopbackAnswer(body: Stage.feed("Ferry company dismisses its captain"))
        }
        let stage = try Stage(feeds: [server.url("/feed.xml")])
        try stage.remember { try $0.setPaused(true) }
        let daemon = try stage.daemon()
        async let life = daemon.run()
        #expect(await daemon.poller.isPaused)
        for _ in 1...3 { await stage.advance(daemon, by: .seconds(100)) }
        #expect(server.requests(for: "/feed.xml").isEmpty)
        #expect(try daemon.store.deliveries().isEmpty)

        try await daemon.poller.setPaused(false)
        #expect(await daemon.poller.poll(server.url("/feed.xml")))
        #expect(try await daemon.settle(limit: .seconds(20)))
        #expect(try daemon.store.deliveries().map(\.type) == ["digest"])
        await daemon.poller.stop()
        _ = try await life
    }
}
