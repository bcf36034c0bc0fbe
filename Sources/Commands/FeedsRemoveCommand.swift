import ArgumentParser
import ControlProtocol
import Settings

/// `newswatch feeds remove`.
struct FeedsRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Removes a feed from every group that has it.",
        discussion: """
            Groups that become empty stay. What was read of the feed stays in the database. A feed that stands in \
            the configuration itself ([[feed]]) is not touched: its place is told, and the exit code is 65.

            Examples:
              newswatch feeds remove https://example.org/feed.xml
              newswatch feeds remove 'Example News'
            """)

    @Argument(help: ArgumentHelp("Its address or its name.", valueName: "feed"))
    var feed: String

    @OptionGroup var option: ConfigurationOption

    @Flag(name: .long, help: "Print one JSON document instead of text.")
    var json = false

    func validate() throws {
        if feed.isEmpty { throw ValidationError("The feed is empty: name its address or its name.") }
    }

    func run() async throws {
        let console = Console.current
        let lists = FeedLists(option, console)
        let configuration = try lists.read()
        guard let found = try FeedSelection.feed(feed, in: configuration),
            let origin = configuration.feedOrigins[found.url]
        else { throw FeedSelection.unknown(feed, in: configuration) }
        guard configuration.feedLists.contains(origin.file) else {
            throw CommandFailure(
                .badData,
                lines: [
                    "\(origin.place): \(found.url) stands in the configuration itself: remove this [[feed]] by hand"
                ])
        }
        let key = WebAddress.key(of: found.url)
        let count = try lists.remove(from: origin.file) { WebAddress.key(of: $0.xmlURL) == key }
        if json {
            return try console.print(
                json: Outcome(list: origin.file, name: found.name, outlines: count, url: found.url))
        }
        let places = count == 1 ? "" : ", where it stood \(count) times"
        try console.print(
            PrintableText.line("\(found.name ?? found.url) removed from \(origin.file)\(places)"))
        try console.print(FeedLists.reloadHint)
    }

    /// What `--json` prints.
    private struct Outcome: Encodable {
        var list: String
        var name: String?
        var outlines: Int
        var url: String

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(list, forKey: .list)
            try container.encode(name, forKey: .name)
            try container.encode(outlines, forKey: .outlines)
            try container.encode(url, forKey: .url)
        }

        private enum Key: CodingKey {
            case list, name, outlines, url
        }
    }
}
