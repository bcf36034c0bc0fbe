import Foundation
import Scheduling
import Shingling
import Stories
import Storage

/// The story engine joined to the store: what the daemon, `backtest` and `replay` all run.
///
/// A value with one owner. Every entry is decided on within an open transaction, sees the entries before it, and
/// is written before the index learns of it; a transaction that fails sets the index back.
package struct IngestEngine {
    /// An entry on its way in: the item, prepared off the owner's back, and the name it has outside.
    package struct Incoming: Sendable {
        package private(set) var prepared: PreparedItem
        /// Id in an archive, for `backtest`; nil for entries of feeds.
        package var externalID: String?
        /// As it came.
        private let item: StoryItem

        /// Prepares `item` with `engine`; pure, for any task.
        package init(item: StoryItem, externalID: String? = nil, preparedBy engine: StoryEngine) {
            self.item = item
            self.externalID = externalID
            prepared = engine.prepare(item)
        }

        /// The same for the engine that decides: profiles and lexicon may have changed since it was prepared.
        func prepared(for engine: StoryEngine) -> Incoming {
            prepared.revision == engine.revision
                ? self : Incoming(item: item, externalID: externalID, preparedBy: engine)
        }
    }

    /// What became of an incoming entry.
    package struct Outcome: Sendable {
        package var item: StoryItem
        package var verdict: Verdict
        /// False where the feed shows an entry again that it has shown before: decided, not stored again.
        package var isStored: Bool
    }

    package private(set) var engine: StoryEngine
    private let store: NewsStore
    private let copyWindow: TimeInterval
    private var newestEngineTime = Date.distantPast
    private var expiredBefore = Date.distantPast
    /// The last entry whose change is remembered.
    private var newestEntry = EntryNumber(rawValue: 0)
    /// The last ruling that is remembered.
    private var newestRuling: Int64 = 0

    /// Joins `engine` to `store` and rebuilds its memory from what is stored.
    ///
    /// Throws a `StorageError` when the database cannot be read, or the engine's error when a stored change
    /// cannot be understood. O(entries).
    package init(engine: StoryEngine, store: NewsStore, copyWindow: Duration) throws {
        self.engine = engine
        self.store = store
        self.copyWindow = TimeInterval(copyWindow.components.seconds)
        try renewSignatures()
        try catchUp()
    }

    /// Remembers what was stored since: for an engine that was rebuilt while another one still decided. Throws as
    /// `init` does, and `CancellationError` within a cancelled task.
    package mutating func catchUp() throws {
        try store.memories(after: newestEntry, ruling: newestRuling) { memory in
            try Task.checkCancellation()
            switch memory {
            case .change(_, let encoded):
                try remember(Change(decoding: encoded))
                self.engine.reclaim()
            case .ruling(let number, let ruling): remember(ruling, number: number)
            }
        }
    }

    /// Stores a ruling, together with what `body` does in the same transaction, which sees the engine as it
    /// is, and remembers it. When anything throws,
    /// nothing is stored and nothing remembered.
    package mutating func rule<T>(
        at now: Date, _ body: (IngestTransaction, StoryEngine) throws -> (ruling: Ruling, result: T)
    ) throws -> T {
        let (number, ruling, result) = try store.ingest { [engine] transaction in
            let (ruling, result) = try body(transaction, engine)
            let number = try transaction.insert(ruling, after: newestEntry, at: now)
            return (number, ruling, result)
        }
        remember(ruling, number: number)
        return result
    }

    private mutating func remember(_ ruling: Ruling, number: Int64) {
        engine.apply(ruling)
        newestRuling = max(newestRuling, number)
    }

    /// Decides on `entries` in order and stores them in one transaction.
    ///
    /// `announce` runs within the transaction for each entry that is stored, `finish` once at its end. When
    /// anything throws, nothing is stored and the memory is as before.
    package mutating func ingest(
        _ entries: [Incoming], feed: String,
        announce: (IngestTransaction, Outcome) throws -> Void,
        finish: (IngestTransaction, [Outcome]) throws -> Void = { _, _ in }
    ) throws -> [Outcome] {
        let mark = engine.mark
        let before = (newestEngineTime, newestEntry, expiredBefore)
        do {
            let outcomes = try store.ingest { transaction in
                var outcomes: [Outcome] = []
                outcomes.reserveCapacity(entries.count)
                for entry in entries {
                    let outcome = try take(entry, feed: feed, in: transaction)
                    if outcome.isStored { try announce(transaction, outcome) }
                    outcomes.append(outcome)
                }
                try finish(transaction, outcomes)
                return outcomes
            }
            engine.reclaim()
            return outcomes
        } catch {
            engine.restore(mark)
            (newestEngineTime, newestEntry, expiredBefore) = before
            throw error
        }
    }

    private mutating func take(
        _ entry: Incoming, feed: String, in transaction: IngestTransaction
    ) throws -> Outcome {
        let entry = entry.prepared(for: engine)
        let known = try transaction.known(entry.prepared.item.identity, feed: feed)
        let number = try transaction.nextEntryNumber()
        let evidence = Evidence(
            known: known?.entry, texts: try transaction.texts(engine.candidates(for: entry.prepared)))
        let verdict = engine.decide(entry.prepared, number: number, evidence: evidence)
        let isShownAgain = known.map {
            $0.feed == feed && $0.entry.contentHash == entry.prepared.item.identity.contentHash
        }
        guard isShownAgain != true else {
            return Outcome(item: entry.prepared.item, verdict: verdict, isStored: false)
        }
        try transaction.insert(
            NewEntry(number: number, feed: feed, item: entry.prepared.item, externalID: entry.externalID),
            verdict: verdict)
        remember(verdict.change)
        return Outcome(item: entry.prepared.item, verdict: verdict, isStored: true)
    }

    private mutating func remember(_ change: Change) {
        engine.apply(change)
        newestEngineTime = max(newestEngineTime, change.engineTime)
        newestEntry = max(newestEntry, change.entry)
        expire()
    }

    /// Lets entries that left the copy window go: after every entry, so that it depends on their sequence only, and a
    /// restart comes to the same.
    private mutating func expire() {
        let limit = windowStart(newestEngineTime)
        guard limit > expiredBefore else { return }
        engine.expire(before: limit)
        expiredBefore = limit
    }

    /// Where the copy window begins when `newest` is its end; in whole hours, to move seldom.
    private func windowStart(_ newest: Date) -> Date {
        let hour: TimeInterval = 3600
        let window = newest.timeIntervalSince1970 - copyWindow
        return Date(timeIntervalSince1970: (window / hour).rounded(.down) * hour)
    }

    /// After an update that signs texts in another way: makes the signatures of entries in the copy window anew.
    /// Nothing is decided again.
    private func renewSignatures() throws {
        guard let newest = try store.newestEngineTime(signedOtherwiseThan: MinHashSignature.version) else {
            return
        }
        let limit = windowStart(newest)
        try store.rewriteChanges(signatureVersion: MinHashSignature.version) { encoded, text in
            try engine.renewed(Change(decoding: encoded), text: text, since: limit)?.encoded()
        }
    }
}
