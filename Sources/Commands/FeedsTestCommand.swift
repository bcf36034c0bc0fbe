import ArgumentParser
import ControlProtocol
import Settings

/// `newswatch feeds test`.
struct FeedsTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Polls a feed once and shows what it gives.",
        discussion: """
            A configured feed is asked with its own headers, credentials and limits, any other address as a new \
            feed would be. Shown are the answer, what makes later requests conditional, when a new feed would be \
            asked next and why, the five newest entries, and what is wrong with the document.

            Exits with 65 for a document that is no feed or ends too early, with 69 when no document comes: the \
            server cannot be reached or answers with an error.

            Examples:
              newswatch feeds test https://example.org/feed.xml
              newswatch feeds test 'Example News' --json | jq .next_poll_reason
            """)

    @Argument(help: ArgumentHelp("Address, or a configured feed's name.", valueName: "feed"))
    var feed: String

    @OptionGroup var time: TimeOption
    @OptionGroup var option: ConfigurationOption

    @Flag(name: .long, help: "Print one JSON document instead of text.")
    var json = false

    func validate() throws {
        if feed.isEmpty { throw ValidationError("The feed is empty: name its address or its name.") }
    }

    func run() async throws {
        let console = Console.current
        let configuration = try FeedLists(option, console).read(.fileIfAny)
        let feed = try self.feed(in: configuration)
        let trial = try await FeedProbe.ask(feed, configuration, console)
        let document = FeedTrialDocument(feed, trial)
        if json {
            try console.print(json: document)
        } else {
            for line in FeedTrialText.lines(document, minute: { time.minute($0, console) }) {
                try console.print(line)
            }
        }
        guard let failure = trial.failure else { return }
        let links = FeedProbe.links(in: trial)
        let named = Quantity.phrase(links.count, "feed", "feeds")
        let hint = links.isEmpty ? "" : "; the page names \(named), `newswatch feeds add` shows them"
        throw CommandFailure(
            FeedProbe.exitCode(of: trial), "\(feed.url): \(PrintableText.line(failure))\(hint)")
    }

    private func feed(in configuration: NewswatchConfiguration) throws -> ConfiguredFeed {
        if let feed = try FeedSelection.feed(feed, in: configuration) { return feed }
        let address = FeedSelection.address(feed)
        guard let wrong = WebAddress.fault(in: address) else { return ConfiguredFeed(url: address) }
        guard address.contains("://") else { throw FeedSelection.unknown(feed, in: configuration) }
        throw CommandFailure(
            .badData, "\(PrintableText.line(WebAddress.withoutCredentials(address))) \(wrong)")
    }
}
