import ControlProtocol
import Daemon
import Feeds
import Fetching
import Settings

/// Asks feeds and pages once, as the daemon would.
enum FeedProbe {
    /// Asks for `feed`. Throws a ``CommandFailure`` when it cannot even be tried.
    static func ask(
        _ feed: ConfiguredFeed, _ configuration: NewswatchConfiguration, _ console: Console
    ) async throws -> FeedTrial {
        let transfer = try HTTPTransfer()
        let agent = FeedFetcher.userAgent(version: NewswatchVersion.current, contact: configuration.contact)
        let now = console.now
        let fetcher = FeedFetcher(transfer: transfer, userAgent: agent, now: now)
        do {
            let trial = try await FeedTrial.run(
                feed, configuration: configuration, fetcher: fetcher, now: now())
            await transfer.shutdown()
            return trial
        } catch {
            await transfer.shutdown()
            throw CommandFailure(.inputOutput, error.description)
        }
    }

    /// The exit code that a trial deserves: 0 for a feed, 65 for a document that is none or ends too early, 69 when
    /// no whole document came.
    static func exitCode(of trial: FeedTrial) -> ExitCode {
        guard trial.failure != nil else { return .success }
        return if case .complete = trial.outcome { .badData } else { .unavailable }
    }

    /// The feeds that a document names that is no feed itself.
    static func links(in trial: FeedTrial) -> [FeedLink] {
        guard let document = trial.document, case .notAFeed? = trial.parsed?.error else { return [] }
        return FeedLink.links(
            in: document.body, contentType: document.contentType, baseURL: document.effectiveURL
        ).map { link in
            var link = link
            link.url = FeedSelection.address(link.url)
            return link
        }.filter { WebAddress.fault(in: $0.url) == nil }
    }

    /// A feed's own title on one line, nil when it has none. No longer than 200 characters: it is a name.
    static func title(of feed: Feed) -> String? {
        let plain = FeedText(value: feed.title ?? "", kind: .html).plainText
        let line = PrintableText.line(plain).prefix(200)
        return line.isEmpty ? nil : String(line)
    }
}
