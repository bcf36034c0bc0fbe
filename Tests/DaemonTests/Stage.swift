import Foundation
import Logging
import Scheduling
import Settings
import Storage

@testable import Daemon

/// A daemon in this process whose clock stands still until the test moves it, with a folder of its own.
///
/// Owned by one test.
final class Stage {
    static let start = Date(timeIntervalSince1970: 1_700_000_000)
    private static let root = SampleArchiveTests.root

    let time = SteppedTime(Stage.start)
    private let folder: URL
    private let source: ConfigurationSource

    /// A configuration that watches `feeds` on loopback for everything, and writes alerts to a file; `policy` are more
    /// lines of its sink.
    init(feeds: [String], policy: String = "") throws {
        folder = FileManager.default.temporaryDirectory.appending(
            path: "newswatch-stage-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "newswatchd.toml")
        source = ConfigurationSource(path: file.path)
        try """
        [database]
        path = "newswatch.db"
        [control]
        socket = "s"
        [poll]
        host_gap = "0s"
        allow_networks = ["127.0.0.0/8"]
        [stories]
        lexicon = "\(Self.root.appending(path: "etc/newswatch/lexicon").path)"
        \(feeds.map { "[[feed]]\nurl = \"\($0)\"" }.joined(separator: "\n"))
        [[sink]]
        name = "log"
        type = "file"
        path = "alerts.log"
        \(policy)
        """.write(to: file, atomically: true, encoding: .utf8)
    }

    deinit {
        // A folder left behind in the temporary directory harms no result.
        try? FileManager.default.removeItem(at: folder)
    }

    /// Prepares the database before the daemon opens it.
    func remember(_ body: (NewsStore) throws -> Void) throws {
        let store = try NewsStore(path: folder.appending(path: "newswatch.db").path)
        try body(store)
        try store.close()
    }

    /// The daemon, which the test runs.
    func daemon() throws -> NewswatchDaemon {
        var mode = NewswatchDaemon.Mode()
        mode.time = time
        mode.random = { 0.5 }
        mode.obeysSignals = false
        return try NewswatchDaemon(
            configuration: source.read(), source: source, mode: mode,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Moves the clock and lets the polling loop see it.
    func advance(_ daemon: NewswatchDaemon, by duration: Duration) async {
        let turns = await daemon.poller.turns
        time.advance(by: duration)
        while await daemon.poller.turns == turns { await Task.yield() }
    }

    /// A feed with entries that are an hour old.
    static func feed(_ titles: String...) -> [UInt8] {
        let date = start.addingTimeInterval(-3600).formatted(.iso8601)
        let entries = titles.map {
            "<entry><id>\($0)</id><title>\($0)</title><published>\(date)</published></entry>"
        }
        return Array(
            """
            <feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title>\(entries.joined())</feed>
            """.utf8)
    }

    /// The lines of the alert log.
    func alertLog() throws -> [String] {
        try String(contentsOf: folder.appending(path: "alerts.log"), encoding: .utf8).split(separator: "\n")
            .map(String.init)
    }
}
