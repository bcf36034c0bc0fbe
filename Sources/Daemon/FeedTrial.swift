import Feeds
import Fetching
import Foundation
import Scheduling
import Settings
import Storage

/// One poll of a feed as the daemon would do it, of which nothing is stored.
package struct FeedTrial: Sendable {
    /// What came of the request; the body is in its document.
    package var outcome: FetchOutcome
    /// What was read of the document; nil when none came.
    package var parsed: ParsedFeed?
    /// From the request to the end of the reading.
    package var elapsed: Duration
    /// When a feed that is new would be asked next, from now; nil: not again.
    package var nextPoll: Duration?
    /// Why then.
    package var nextPollReason: String
    /// Why the poll would count as failed; nil when it would not.
    package var failure: String?

    /// The document that came, whole or in part.
    package var document: FetchedDocument? {
        switch outcome {
        case .complete(let document), .incomplete(let document, _): document
        case .notModified, .gone, .throttled, .failed: nil
        }
    }

    /// Asks for `feed` once, unconditionally: with the configuration's headers, credentials, limits and networks.
    /// Throws only when the feed's password file cannot be read.
    package static func run(
        _ feed: ConfiguredFeed, configuration: NewswatchConfiguration, fetcher: FeedFetcher, now: Date
    ) async throws(FeedRequests.UnreadablePassword) -> FeedTrial {
        let requests = FeedRequests(fetcher: fetcher, configuration: configuration)
        let request = try requests.request(
            for: feed, movedTo: nil, validators: nil, keepsConnection: false)
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = await fetcher.fetch(request)
        var trial = FeedTrial(outcome: outcome, elapsed: .zero, nextPollReason: "")
        trial.parsed = trial.document.map {
            parseFeed($0.body, contentType: $0.contentType, baseURL: $0.effectiveURL)
        }
        trial.elapsed = clock.now - start
        trial.plan(feed, policy: configuration.poll, now: now)
        return trial
    }

    private mutating func plan(_ feed: ConfiguredFeed, policy: PollPolicy, now: Date) {
        var summary = FeedIntake.Summary()
        if let parsed {
            summary.entries = parsed.entries.count
            summary.stored = parsed.entries.count
            summary.feed = parsed.feed
            summary.problems = parsed.problems
            summary.failure = parsed.error.map { String(describing: $0) }
            if parsed.isComplete, let document { summary.validators = StoredValidators(document.validators) }
        }
        let new = FeedSchedule(
            url: feed.url, interval: policy.interval, ownInterval: feed.interval, firstPoll: now)
        let next = PollPlanner(policy: policy).next(
            after: new, outcome: PollOutcome(outcome, summary: summary), status: outcome.status, now: now,
            jitter: 0)
        nextPoll = next.nextPoll.map { .seconds($0.timeIntervalSince(now)) }
        nextPollReason = next.nextPollReason
        failure = next.lastError
    }
}
