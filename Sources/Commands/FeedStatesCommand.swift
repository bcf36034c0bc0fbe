import ArgumentParser
import ControlProtocol

/// `newswatch ctl feeds`.
struct FeedStatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feeds",
        abstract: "Lists the feeds: how each is, and its next poll.",
        discussion: """
            States: new (no answer yet), healthy, failing, silent (answers, but nothing new for long), gone \
            (the server says so: not polled again).

            Examples:
              newswatch ctl feeds
              newswatch ctl feeds --json | jq -r '.[] | select(.failures > 0) | .url'
            """)

    @OptionGroup var options: ControlOptions

    func run() async throws {
        let console = Console.current
        let feeds: [FeedDocument] = try await options.socket.client(console).get(.feeds)
        if options.json { return try console.print(json: feeds) }
        guard !feeds.isEmpty else {
            return try console.print("No feeds: add some to the configuration ([feeds] opml or [[feed]]).")
        }
        let now = console.now()
        var table = TextTable([
            .init(title: "STATE"), .init(title: "FEED", isFlexible: true), .init(title: "POLLED"),
            .init(title: "NEXT"), .init(title: "ENTRIES", isNumber: true),
            .init(title: "WHY", isFlexible: true),
        ])
        for feed in feeds {
            table.add([
                .init(feed.state, Self.colour(of: feed.state)),
                .init(feed.name ?? feed.url),
                .init(TimeText.relative(feed.lastPoll, now: now)),
                .init(TimeText.relative(feed.nextPoll, now: now)),
                .init("\(feed.entryCount)"),
                .init(Self.reason(feed)),
            ])
        }
        for line in table.lines(limit: console.columns, usesColour: console.usesColour) {
            try console.print(line)
        }
    }

    private static func reason(_ feed: FeedDocument) -> String {
        let failures = feed.failures > 1 ? " (\(feed.failures) times)" : ""
        let error = feed.lastError.map { "\($0)\(failures)" }
        return [error, feed.nextPollReason].compactMap { $0 }.joined(separator: "; ")
    }

    private static func colour(of state: String) -> TextTable.Colour? {
        switch state {
        case "healthy": .green
        case "failing", "gone": .red
        case "silent": .yellow
        default: nil
        }
    }
}
