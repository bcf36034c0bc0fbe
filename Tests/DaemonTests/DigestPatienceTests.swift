import LoopbackServer
import Storage
import Testing

@testable import Daemon

@Suite struct DigestPatienceTests {
    @Test func afterTwoMinutesTheDigestWaitsForNobody() async throws {
        let server = try LoopbackServer { request in
            request.path == "/dead.xml"
                ? LoopbackAnswer(status: 500)
                : LoopbackAnswer(body: Stage.feed("Ferry company dismisses its captain"))
        }
        let stage = try Stage(feeds: [server.url("/feed.xml"), server.url("/dead.xml")])
        let daemon = try stage.daemon()
        async let life = daemon.run()
        while daemon.poller.board.states[.new] != 0 { await Task.yield() }
        await stage.advance(daemon, by: .seconds(119))
        #expect(try daemon.store.deliveries().isEmpty)

        await stage.advance(daemon, by: .seconds(1))
        while try daemon.store.deliveries().isEmpty { await Task.yield() }
        #expect(try daemon.store.deliveries().map(\.type) == ["digest"])
        await daemon.poller.stop()
        _ = try await life
    }
}
