import Foundation
import LoopbackServer
import Logging
import Scheduling
import Settings
import Storage
import Testing

@testable import Daemon

@Suite struct PausedStartTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// A topic counts as introduced two minutes after the start, whoever has not answered by then. A daemon that
    /// starts paused must not count them: what its feeds held all along would come as news after the pause.
    @Test func firstContactAfterAPauseIsADigestHoweverLongThePauseWas() async throws {
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        let server = try LoopbackServer { _ in
            let date = start.addingTimeInterval(-3600).formatted(.iso8601)
            return LoopbackAnswer(
                headers: [("Content-Type", "application/atom+xml")],
                body: Array(
                    """
                    <feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title><entry><id>1</id>
                    <title>Ferry company dismisses its captain</title><published>\(date)</published>
                    </entry></feed>
                    """.utf8))
        }
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "newswatch-paused-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // A folder left behind in the temporary directory harms no result.
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "newswatchd.toml")
        try """
        [database]
        path = "newswatch.db"
        [control]
        socket = "s"
        [poll]
        allow_networks = ["127.0.0.0/8"]
        [stories]
        lexicon = "\(Self.root.appending(path: "etc/newswatch/lexicon").path)"
        [[feed]]
        url = "\(server.url("/feed.xml"))"
        [[sink]]
        name = "log"
        type = "file"
        path = "alerts.log"
        """.write(to: file, atomically: true, encoding: .utf8)
        let remembered = try NewsStore(path: folder.appending(path: "newswatch.db").path)
        try remembered.setPaused(true)
        try remembered.close()

        let time = SteppedTime(start)
        var mode = NewswatchDaemon.Mode()
        mode.time = time
        mode.random = { 0.5 }
        mode.obeysSignals = false
        let daemon = try NewswatchDaemon(
            configuration: ConfigurationReader.read(path: file.path), mode: mode,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        async let life = daemon.run()
        #expect(await daemon.poller.isPaused)
        for _ in 1...3 {
            let turns = await daemon.poller.turns
            time.advance(by: .seconds(100))
            while await daemon.poller.turns == turns { await Task.yield() }
        }
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
