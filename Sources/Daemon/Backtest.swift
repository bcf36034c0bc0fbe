import Feeds
import Foundation
import Storage
import Stories

/// Runs the daemon's own engine and store over an archive, in memory.
package struct Backtest {
    private var core: IngestEngine
    private let preparer: StoryEngine
    private var externalIDs: [EntryNumber: String] = [:]
    private var previousTime = Date(timeIntervalSince1970: 0)

    /// An empty store and an engine that knows nothing yet. Throws a `StorageError`.
    package init(profiles: [TopicProfile], lexicon: Lexicon, copyWindow: Duration = .seconds(30 * 86_400))
        throws
    {
        preparer = StoryEngine(profiles: profiles, lexicon: lexicon)
        core = try IngestEngine(engine: preparer, store: NewsStore(path: nil), copyWindow: copyWindow)
    }

    /// Decides on the next item. Items come in the order of `Archive.items`; one without a date counts as
    /// published with the one before it. With several profiles the first one's decision is given.
    package mutating func ingest(item: ArchiveItem) throws -> BacktestDecision {
        let observed = item.published ?? previousTime
        previousTime = observed
        let incoming = IngestEngine.Incoming(
            item: StoryItem(
                entry: item.entry, feed: StoryItem.FeedContext(url: item.source, name: item.source),
                observed: observed),
            externalID: item.id, preparedBy: preparer)
        var decision: BacktestDecision?
        _ = try core.ingest([incoming], feed: item.source) { _, _ in
        } finish: { _, outcomes in
            decision = outcomes.first.flatMap { outcome in
                outcome.verdict.decisions.first.map { first in
                    if outcome.isStored { externalIDs[first.entry] = item.id }
                    return BacktestDecision(id: item.id, decision: first, names: externalIDs)
                }
            }
        }
        return decision ?? BacktestDecision(offTopic: item.id)
    }
}
