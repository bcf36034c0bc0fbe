import ArgumentParser
import ControlProtocol

/// `newswatch ctl poll`.
struct PollCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "poll",
        abstract: "Polls one feed or all feeds now.",
        discussion: """
            Ignores the interval, never a server's Retry-After or the pause between two requests to one host. \
            Returns at once; watch the result with `newswatch ctl feeds`.

            Examples:
              newswatch ctl poll
              newswatch ctl poll https://example.org/feed.xml
              newswatch ctl poll 'Example News'
            """)

    @Argument(help: ArgumentHelp("The feed's URL or name; without it all feeds.", valueName: "feed"))
    var feed: String?

    @OptionGroup var options: ControlOptions

    func validate() throws {
        if feed?.isEmpty == true { throw ValidationError("The feed is empty: give its URL or name.") }
    }

    func run() async throws {
        let console = Console.current
        let receipt: PollReceipt = try await options.socket.client(console).post(
            .poll, PollRequest(feed: feed))
        if options.json { return try console.print(json: receipt) }
        try console.print(
            receipt.requested == 1 ? "1 feed is due now" : "\(receipt.requested) feeds are due now")
        let now = console.now()
        for feed in receipt.deferred {
            let url = PrintableText.line(feed.url)
            let reason = PrintableText.line(feed.reason)
            try console.print("\(url) \(TimeText.relative(feed.until, now: now)): \(reason)")
        }
    }
}
