import Feeds
import Foundation
import Storage
import Stories

/// Reads one document while it arrives and hands its entries to the pipeline in parts of at most
/// `entriesPerTransaction`, each within one transaction, the validators with the last.
///
/// One per transfer. Parsing runs on this actor, never on the network's thread.
package actor FeedIntake {
    /// Entries that go into one transaction (architecture, “Store first”).
    package static let entriesPerTransaction = 500

    /// What became of the document.
    package struct Summary: Sendable {
        /// Entries that the document held.
        package var entries = 0
        /// Of these, stored for the first time or with new content.
        package var stored = 0
        package var alerts = 0
        package var newestPublished: Date?
        package var decisions: [Decision] = []
        package var feed = Feed()
        package var problems: [FeedProblem] = []
        /// Read to its end and stored: the validators hold.
        package var isComplete = false
        /// Why it could not be used, for people; nil when it could.
        package var failure: String?
    }

    private let context: StoryItem.FeedContext
    private let contact: AnnouncementPolicy.Contact
    private let pipeline: Pipeline
    private let preparer: StoryEngine
    private let now: Date
    private var parser: FeedParser
    private var waiting: [Entry] = []
    private var summary = Summary()

    /// - Parameters:
    ///   - preparer: an engine without memory, of the same profiles and lexicon as the pipeline's.
    ///   - now: when the document was asked for; every entry of it is observed then.
    package init(
        context: StoryItem.FeedContext, contact: AnnouncementPolicy.Contact, contentType: String?,
        baseURL: String, pipeline: Pipeline, preparer: StoryEngine, now: Date
    ) {
        self.context = context
        self.contact = contact
        self.pipeline = pipeline
        self.preparer = preparer
        self.now = now
        parser = FeedParser(contentType: contentType, baseURL: baseURL)
    }

    /// Takes the next bytes of the document.
    package func consume(_ bytes: [UInt8]) async {
        guard summary.failure == nil else { return }
        take(parser.consume(bytes))
        while waiting.count > Self.entriesPerTransaction {
            let part = Array(waiting.prefix(Self.entriesPerTransaction))
            waiting.removeFirst(part.count)
            await store(part, ending: nil)
        }
    }

    /// Ends the document. `validators` are those of a transfer that was complete, nil when it was cut or
    /// limited: then, and when the document itself is only half understood, they are cleared.
    package func finish(validators: StoredValidators?) async -> Summary {
        let parsed = parser.finish()
        summary.feed = parsed.feed
        summary.problems = parsed.problems
        take(parsed.entries)
        if summary.failure == nil, let error = parsed.error { summary.failure = String(describing: error) }
        let isWhole = validators != nil && parsed.isComplete && summary.failure == nil
        let ending: Pipeline.Part.Ending =
            if isWhole, let validators { .complete(validators) } else { .incomplete }
        await store(waiting, ending: ending)
        waiting = []
        summary.isComplete = isWhole && summary.failure == nil
        return summary
    }

    private func take(_ entries: [Entry]) {
        summary.entries += entries.count
        waiting += entries
    }

    private func store(_ entries: [Entry], ending: Pipeline.Part.Ending?) async {
        // Feeds show the newest first; told in the order of events, the earliest report opens a development.
        let items = entries.reversed().map { StoryItem(entry: $0, feed: context, observed: now) }
        let ordered = items.enumerated()
            .sorted { ($0.element.engineTime, $0.offset) < ($1.element.engineTime, $1.offset) }
            .map { IngestEngine.Incoming(item: $0.element, preparedBy: preparer) }
        for item in items {
            summary.newestPublished = [summary.newestPublished, item.published].compactMap { $0 }.max()
        }
        do {
            let report = try await pipeline.ingest(
                Pipeline.Part(feed: context.url, entries: ordered, contact: contact, ending: ending, now: now))
            summary.stored += report.stored
            summary.alerts += report.alerts
            summary.decisions += report.decisions
        } catch {
            summary.failure = String(describing: error)
        }
    }
}
