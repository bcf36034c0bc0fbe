import ArgumentParser
import ControlProtocol
import Daemon
import Foundation
import Settings
import Stories

/// `newswatch try-settings`, for `scripts/fit-stories`: the story engine over an archive with other numbers.
struct TrySettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try-settings",
        abstract: "Decides an archive with other numbers.",
        discussion: """
            Every line of stdin is a trial: a JSON object with numbers of the story engine by name; those left out \
            are as shipped. Every trial is answered by a line: an array of decisions as of "backtest --jsonl". With \
            --comparisons the labels of the items ("developments" or "cluster") are what was told, and the answer \
            is an array of {"item","label","isSame","values"}. An item without a date follows the one before it.

            Examples:
              newswatch try-settings --shipped
              echo '{"join":0.3}' | newswatch try-settings samples/saga-week.jsonl --profile everything
            """,
        shouldDisplay: false)

    @Argument(
        help: ArgumentHelp("The archive, JSON Lines.", valueName: "items"),
        completion: .file(extensions: ["jsonl"]))
    var items: String?

    @Option(
        name: .long, help: ArgumentHelp("A topic profile, or “everything”.", valueName: "file"),
        completion: .file(extensions: ["toml"]))
    var profile = TopicProfile.everything.id

    @Option(
        name: .long, help: ArgumentHelp("The folder with the lexicon.", valueName: "folder"),
        completion: .directory)
    var lexicon: String?

    @OptionGroup var location: LocationOption

    @Flag(name: .long, help: "Compare with what the labels tell, instead of deciding.")
    var comparisons = false

    @Flag(name: .long, help: "Print the shipped numbers and leave.")
    var shipped = false

    private struct Labels: Decodable {
        var id: String
        var developments: [String]?
        var cluster: String?
        var nearDupOf: String?

        private enum CodingKeys: String, CodingKey {
            case id, developments, cluster
            case nearDupOf = "near_dup_of"
        }

        var carried: [String] { developments ?? cluster.map { [$0] } ?? [] }
    }

    func validate() throws {
        if items == nil, !shipped { throw ValidationError("an archive is missing, or --shipped") }
    }

    func run() async throws {
        let console = Console.current
        guard let items, !shipped else { return try console.print(json: StorySettings.fitted) }
        let data = try InputFile.read(items)
        let archive = Archive(jsonLines: data, name: items)
        let trial = StoryTrial(
            profile: try topic(), lexicon: try words(console), items: Self.storyItems(archive))
        let labels = comparisons ? try Self.labels(data, archive) : []
        while let line = console.standardInput.readLine() {
            let settings = try Self.settings(line)
            if comparisons {
                try console.print(json: trial.comparisons(settings, labels: labels))
            } else {
                try console.print(json: Self.lines(trial.decisions(settings), archive))
            }
            try console.standardOutput.flush()
        }
    }

    private func topic() throws -> TopicProfile {
        if profile == TopicProfile.everything.id { return .everything }
        return try ConfigurationCheck.loading { () throws(ConfigurationFaults) in
            try ConfigurationReader.profile(path: profile)
        }
    }

    private func words(_ console: Console) throws -> Lexicon {
        let location = ConfigurationLocation(option: location.configDir, console: console)
        let path =
            lexicon
            ?? location.lexiconDirectory(profile: profile == TopicProfile.everything.id ? nil : profile)
        return try ConfigurationCheck.loading { () throws(ConfigurationFaults) in
            try ConfigurationReader.lexicon(directory: path)
        }
    }

    private static func settings(_ line: String) throws -> StorySettings {
        do {
            return try StorySettings.fitted.replacing(Data(line.utf8))
        } catch {
            throw CommandFailure(.badData, "a trial is no object of numbers: \(line.prefix(120))")
        }
    }

    private static func storyItems(_ archive: Archive) -> [StoryItem] {
        var previous = Date(timeIntervalSince1970: 0)
        return archive.items.map { item in
            previous = item.published ?? previous
            return StoryItem(
                entry: item.entry, feed: StoryItem.FeedContext(url: item.source, name: item.source),
                observed: previous)
        }
    }

    private static func labels(_ data: Data, _ archive: Archive) throws -> [[String]] {
        var labels: [String: Labels] = [:]
        for line in JSONLines(data) {
            let found = try line.decode(Labels.self)
            labels[found.id] = found
        }
        return archive.items.map { item in
            // A copy tells only what its original does not.
            let known = labels[item.id]?.nearDupOf.flatMap { labels[$0]?.carried } ?? []
            return (labels[item.id]?.carried ?? []).filter { !known.contains($0) }
        }
    }

    private static func lines(_ decisions: [Decision], _ archive: Archive) -> [BacktestDecision] {
        let ids = archive.items.map(\.id)
        let numbers = ids.indices.map { EntryNumber(rawValue: Int64($0 + 1)) }
        let names = Dictionary(zip(numbers, ids), uniquingKeysWith: { first, _ in first })
        return zip(ids, decisions).map { BacktestDecision(id: $0, decision: $1, names: names) }
    }
}
