import Settings
import ControlProtocol
import Daemon
import Foundation
import Logging
import Scheduling
import Stories

/// One replay: the clock that it moves, the daemon that lives by it, and what is said about both.
final class ReplaySession: Sendable {
    private let archive: Archive
    private let feeds: ArchiveFeeds
    private let address: String
    private let folder: ReplayFolder
    private let options: ReplayOptions
    private let time: SteppedTime
    private let daemon: NewswatchDaemon

    /// A sink that takes nothing for so long will not take anything any more.
    private static let patience = Duration.seconds(10)

    /// Alerts cannot be handed over, for example because nobody reads the output.
    struct Stuck: Error, CustomStringConvertible {
        var description: String {
            "alerts cannot be written to the terminal or the log; the replay ends here"
        }
    }

    /// The archive's clock starts this long before its first item, with empty feeds.
    private static let lead: TimeInterval = 3600

    init(
        archive: Archive, feeds: ArchiveFeeds, address: String, start: Date, folder: ReplayFolder,
        options: ReplayOptions, logger: Logger
    ) throws {
        self.archive = archive
        self.feeds = feeds
        self.address = address
        self.folder = folder
        self.options = options
        time = SteppedTime(start.addingTimeInterval(-Self.lead))

        let file = folder.path("newswatchd.toml")
        try Self.configuration(feeds: feeds, address: address, options: options)
            .write(toFile: file, atomically: true, encoding: .utf8)
        var mode = NewswatchDaemon.Mode()
        mode.time = time
        // Jitter would only make two replays poll at different times.
        mode.random = { 0.5 }
        mode.onPoll = { _, summary in
            for decision in summary.decisions { Self.report(decision, summary: summary) }
        }
        let source = ConfigurationSource(path: file)
        daemon = try NewswatchDaemon(
            configuration: source.read(), source: source, mode: mode, logger: logger)
    }

    /// Plays the archive to its end, or until the daemon is told to stop.
    func run() async throws {
        introduce()
        async let life = daemon.run()
        do {
            try await play()
            try conclude()
        } catch {
            let wasStopped = await daemon.poller.isStopping
            await daemon.poller.stop()
            _ = try await life
            throw wasStopped ? CancellationError() : error
        }
        await daemon.poller.stop()
        _ = try await life
    }

    private func play() async throws {
        for source in feeds.sources { try await poll(source.path) }
        let speed = options.speed ?? options.duration.map { span / $0 }
        var now = time.now()
        for item in archive.items {
            let moment = max(item.published ?? now, now)
            if let speed {
                try await Task.sleep(for: .seconds(moment.timeIntervalSince(now) / speed))
            }
            try Task.checkCancellation()
            now = moment
            time.advance(to: moment)
            try await poll(feeds.release(item))
            guard try await daemon.settle(limit: Self.patience) else { throw Stuck() }
        }
    }

    /// Lets the daemon ask one feed. It refuses when it has been told to stop, and then so do we.
    private func poll(_ path: String) async throws {
        guard await daemon.poller.poll(address + path) else { throw CancellationError() }
    }

    private var span: TimeInterval {
        let dates = archive.items.compactMap(\.published)
        guard let first = dates.first, let last = dates.last else { return 1 }
        return max(1, last.timeIntervalSince(first) + Self.lead)
    }

    // MARK: What is said

    private func introduce() {
        let languages = Set(archive.items.compactMap(\.lang)).count
        ReplayProgram.say(
            "Replaying \(archive.items.count) items of \(feeds.sources.count) outlets in \(languages) languages "
                + "from \(address), to a daemon that starts empty.")
    }

    private static func report(_ decision: Decision, summary: FeedIntake.Summary) {
        guard let title = summary.titles[decision.entry] else { return }
        let mark =
            switch decision.outcome {
            case .newDevelopment: "new"
            case .nearDuplicate, .duplicate: "copy"
            case .sameDevelopment: "known"
            case .recap: "recap"
            case .offTopic: "off topic"
            }
        let padded = mark.padding(toLength: 9, withPad: " ", startingAt: 0)
        ReplayProgram.say("  \(padded)  \(title.prefix(96))")
    }

    private func conclude() throws {
        let counts = try daemon.store.counts()
        let alerts = try daemon.store.deliveries().filter { $0.sink == "log" && $0.state == .delivered }.count
        var lines = [
            "",
            "\(counts.entries) items seen, \(counts.duplicates) copies folded, \(counts.developments) developments, "
                + "\(alerts) alerts",
        ]
        if folder.isKept {
            let developments = try daemon.store.developments().map(DevelopmentDocument.init)
            try options.timeline(developments)
                .write(toFile: folder.path("timeline.md"), atomically: true, encoding: .utf8)
            lines += [
                "alert log  \(folder.shown("alerts.log"))",
                "database   \(folder.shown("newswatch.db"))",
                "timeline   \(folder.shown("timeline.md"))",
            ]
        }
        try FileHandle.standardOutput.write(contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8))
    }

    /// The configuration of the replay's daemon: a file that a person could write and keep.
    private static func configuration(feeds: ArchiveFeeds, address: String, options: ReplayOptions) throws
        -> String
    {
        let etc = URL(filePath: options.configurationDirectory, directoryHint: .isDirectory)
        let topics = etc.appending(path: "topics")
        let profiles = try FileManager.default.contentsOfDirectory(atPath: topics.path)
            .filter { $0.hasSuffix(".toml") }.sorted()
            .map { quoted(topics.appending(path: $0).path(percentEncoded: false)) }
        var text = """
            \(ReplayFolder.mark)
            [database]
            path = "newswatch.db"
            [control]
            socket = "control.sock"
            [poll]
            interval = "15m"
            host_gap = "0s"
            allow_networks = ["127.0.0.0/8"]
            [stories]
            lexicon = \(quoted(etc.appending(path: "lexicon").path(percentEncoded: false)))
            [topics]
            profiles = [\(profiles.joined(separator: ", "))]
            [[sink]]
            name = "terminal"
            type = "stdout"
            [[sink]]
            name = "log"
            type = "file"
            path = "alerts.log"

            """
        for source in feeds.sources {
            text += "[[feed]]\nurl = \(quoted(address + source.path))\nname = \(quoted(source.name))\n"
        }
        return text
    }

    /// A TOML basic string.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                result += "\\u" + String(scalar.value + 0x10000, radix: 16).dropFirst()
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
