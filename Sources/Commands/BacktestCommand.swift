import ArgumentParser
import Settings
import ControlProtocol
import Daemon
import Foundation
import Stories

/// `newswatch backtest`.
struct BacktestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Decides an archive exactly as the daemon would have.",
        discussion: """
            Items are JSON objects, one per line: {"id","url","source","lang","title","published","text"}. They \
            are decided in the order of "published"; an item without one follows the line before it. Nothing \
            is polled, sent or stored.

            Examples:
              newswatch backtest samples/saga-week.jsonl
              newswatch backtest items.jsonl --profile topics/my-story.toml --jsonl > decisions.jsonl
              newswatch backtest items.jsonl --profile everything --jsonl | jq -r .decision | sort | uniq -c
            """)

    @Argument(
        help: ArgumentHelp("The archive, JSON Lines; - reads stdin.", valueName: "items"),
        completion: .file(extensions: ["jsonl"]))
    var items: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A topic profile, or “everything”: all items are on topic. (default: all in topics/)",
            valueName: "file"), completion: .file(extensions: ["toml"]))
    var profile: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The folder with the lexicon. (default: lexicon/ beside the profile's folder or in the "
                + "configuration's)", valueName: "folder"), completion: .directory)
    var lexicon: String?

    @OptionGroup var location: LocationOption

    @Flag(name: .long, help: "Print one JSON object per item.")
    var jsonl = false

    @OptionGroup var time: TimeOption

    func run() async throws {
        let console = Console.current
        let location = ConfigurationLocation(option: location.configDir, console: console)
        let profiles = try profiles(location)
        let path = lexicon ?? location.lexiconDirectory(profile: profile == Self.everything ? nil : profile)
        let lexicon = try ConfigurationCheck.loading { () throws(ConfigurationFaults) in
            try ConfigurationReader.lexicon(directory: path)
        }
        let archive = Archive(jsonLines: try InputFile.read(items), name: items)
        for fault in archive.faults { console.note("\(fault)") }

        var backtest = try Backtest(profiles: profiles, lexicon: lexicon)
        var summary = BacktestSummary()
        for item in archive.items {
            let decision = try backtest.ingest(item: item)
            if jsonl {
                try console.print(json: decision)
            } else if let line = summary.line(
                item, decision, published: time.minute(item.published, console))
            {
                try console.print(line)
            }
        }
        if !jsonl { try console.print(summary.total) }
        if !archive.faults.isEmpty { throw CommandFailure(.badData) }
    }

    private static let everything = TopicProfile.everything.id

    private func profiles(_ location: ConfigurationLocation) throws -> [TopicProfile] {
        if profile == Self.everything { return [.everything] }
        let paths: [String]
        if let profile {
            paths = [profile]
        } else {
            do {
                paths = try location.profiles()
            } catch {
                throw CommandFailure(
                    .configuration,
                    "no topics in \(location.directory)/topics (\(error.localizedDescription)); name one with "
                        + "--profile, or the configuration's folder with --config-dir")
            }
            guard !paths.isEmpty else {
                throw CommandFailure(
                    .configuration, "no topics in \(location.directory)/topics; use --profile")
            }
        }
        return try paths.map { path in
            try ConfigurationCheck.loading { () throws(ConfigurationFaults) in
                try ConfigurationReader.profile(path: path)
            }
        }
    }
}

/// Where topics and lexicon are.
struct LocationOption: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The folder with topics/ and lexicon/. (default: $NEWSWATCH_ETC, else etc/newswatch here or near "
                + "the program, else \(ConfigurationLocation.standard))", valueName: "folder"),
        completion: .directory)
    var configDir: String?
}
