import Feeds
import Fetching
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
        /// Alerts that were put into the outbox.
        package var alerts = 0
        /// Developments that were held back for a digest.
        package var held = 0
        package var decisions: [Decision] = []
        /// Headlines of the entries that were stored.
        package var titles: [EntryNumber: String] = [:]
        package var feed = Feed()
        package var problems: [FeedProblem] = []
        /// It arrived whole, was a feed, and was stored.
        package var isTakenIn = false
        /// Read to its end and stored; nil otherwise: the next poll is unconditional.
        package var validators: StoredValidators?
        /// Why it could not be used, for people; nil when it could.
        package var failure: String?
        /// Why the database did not take it, which says nothing about the feed.
        package var storageFault: StorageError?
    }

    private let context: StoryItem.FeedContext
    private let contact: AnnouncementPolicy.Contact
    private let pipeline: Pipeline
    private let preparer: StoryEngine
    private let now: Date
    private var parser: FeedParser?
    private var waiting: [Entry] = []
    private var summary = Summary()

    /// - Parameters:
    ///   - preparer: an engine without memory, of the same profiles and lexicon as the pipeline's.
    ///   - now: when the document was asked for; every entry of it is observed then.
    package init(
        context: StoryItem.FeedContext, contact: AnnouncementPolicy.Contact, pipeline: Pipeline,
        preparer: StoryEngine, now: Date
    ) {
        self.context = context
        self.contact = contact
        self.pipeline = pipeline
        self.preparer = preparer
        self.now = now
    }

    /// A document begins.
    package func begin(_ head: FeedResponseHead) {
        parser = FeedParser(contentType: head.contentType, baseURL: head.effectiveURL)
    }

    /// Takes the next bytes of the document.
    package func consume(_ bytes: [UInt8]) async {
        guard summary.failure == nil, let entries = parser?.consume(bytes) else { return }
        take(entries)
        while waiting.count > Self.entriesPerTransaction {
            let part = Array(waiting.prefix(Self.entriesPerTransaction))
            waiting.removeFirst(part.count)
            await store(part, ending: nil)
        }
    }

    /// Ends the poll. The validators of a document that came and was understood as a whole are stored with its
    /// last part; after anything less they are cleared.
    package func finish(_ outcome: FetchOutcome) async -> Summary {
        switch outcome {
        case .complete(let document):
            await finish(validators: StoredValidators(document.validators), hasArrived: true)
        case .notModified(let answer):
            let validators = StoredValidators(answer.validators)
            await store([], ending: .complete(validators))
            if summary.failure == nil { summary.validators = validators }
        case .incomplete, .gone, .throttled, .failed:
            if parser != nil { await finish(validators: nil, hasArrived: false) }
        }
        return summary
    }

    private func finish(validators: StoredValidators?, hasArrived: Bool) async {
        guard let parsed = parser?.finish() else { return }
        summary.feed = parsed.feed
        summary.problems = parsed.problems
        take(parsed.entries)
        if summary.failure == nil, let error = parsed.error { summary.failure = String(describing: error) }
        let whole = parsed.isComplete && summary.failure == nil ? validators : nil
        let isTakenIn = hasArrived && parsed.error == nil
        await store(waiting, ending: whole.map { .complete($0) } ?? .incomplete(hasArrived: isTakenIn))
        waiting = []
        summary.isTakenIn = isTakenIn && summary.failure == nil
        summary.validators = summary.failure == nil ? whole : nil
    }

    private func take(_ entries: some Collection<Entry>) {
        summary.entries += entries.count
        waiting += entries
    }

    private func store(_ entries: [Entry], ending: Pipeline.Part.Ending?) async {
        guard summary.failure == nil || ending != nil else { return }
        let entries = summary.failure == nil ? entries : []
        // Feeds show the newest first; told in the order of events, the earliest report opens a development.
        let items = entries.reversed().map { StoryItem(entry: $0, feed: context, observed: now) }
        let ordered = items.enumerated()
            .sorted { ($0.element.engineTime, $0.offset) < ($1.element.engineTime, $1.offset) }
            .map { IngestEngine.Incoming(item: $0.element, preparedBy: preparer) }
        do {
            let report = try await pipeline.ingest(
                Pipeline.Part(feed: context.url, entries: ordered, contact: contact, ending: ending, now: now)
            )
            summary.stored += report.stored
            summary.alerts += report.alerts
            summary.held += report.held
            summary.decisions += report.decisions
            summary.titles.merge(report.titles) { _, new in new }
        } catch {
            // Kept: what follows of the document is not stored either, and the validators are not.
            summary.failure = String(describing: error)
            summary.storageFault = error as? StorageError
        }
    }
}
