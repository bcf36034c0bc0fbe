import ArgumentParser
import Settings

/// `newswatch feeds list`.
struct FeedsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the feeds and where each is configured.",
        discussion: """
            How they are doing is what `newswatch ctl feeds` asks the daemon.

            Examples:
              newswatch feeds list
              newswatch feeds list --json | jq -r '.[].url'
            """)

    @OptionGroup var option: ConfigurationOption

    @Flag(name: .long, help: "Print one JSON document instead of a table.")
    var json = false

    func run() async throws {
        let console = Console.current
        let configuration = try FeedLists(option, console).read()
        let rows = configuration.feeds.compactMap { feed in
            configuration.feedOrigins[feed.url].map { Row(feed: feed, origin: $0) }
        }
        if json { return try console.print(json: rows) }
        guard !rows.isEmpty else {
            return try console.print("No feeds: `newswatch feeds add URL` adds one.")
        }
        var table = TextTable([
            .init(title: "FEED", isFlexible: true), .init(title: "GROUP", isFlexible: true),
            .init(title: "URL", isFlexible: true), .init(title: "WHERE"),
        ])
        for row in rows {
            let groups = row.origin.groups.joined(separator: " / ")
            table.add([
                .init(row.feed.name ?? "-"), .init(groups.isEmpty ? "-" : groups), .init(row.feed.url),
                .init(row.origin.place),
            ])
        }
        for line in table.lines(limit: console.columns, usesColour: console.usesColour) {
            try console.print(line)
        }
    }

    /// One feed, in `--json` too.
    private struct Row: Encodable {
        var feed: ConfiguredFeed
        var origin: FeedOrigin

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(origin.file, forKey: .file)
            try container.encode(origin.groups, forKey: .groups)
            try container.encode(origin.position.line, forKey: .line)
            try container.encode(feed.name, forKey: .name)
            try container.encode(feed.url, forKey: .url)
        }

        private enum Key: CodingKey {
            case file, groups, line, name, url
        }
    }
}
