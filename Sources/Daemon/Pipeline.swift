import Alerting
import ControlProtocol
import Feeds
import Foundation
import Scheduling
import Storage
import Stories

/// The one owner of the engine and of the only writer: entries come in, decisions, alerts and validators go to
/// disk in one transaction, and then into memory. The next document waits.
package actor Pipeline {
    /// Entries of one document that belong into one transaction.
    package struct Part: Sendable {
        /// How the document ended, given with its last part.
        package enum Ending: Sendable {
            /// Whole: the validators hold for the next poll.
            case complete(StoredValidators)
            /// Cut, limited or half understood: the next poll must be unconditional. Only a document that
            /// arrived whole counts as a first contact, or the rest of a cut one would flood.
            case incomplete(hasArrived: Bool)
        }

        package var feed: String
        package var entries: [IngestEngine.Incoming]
        package var contact: AnnouncementPolicy.Contact
        /// Nil while more parts follow.
        package var ending: Ending?
        package var now: Date

        /// A part of a document of `feed`.
        package init(
            feed: String, entries: [IngestEngine.Incoming], contact: AnnouncementPolicy.Contact,
            ending: Ending?, now: Date
        ) {
            self.feed = feed
            self.entries = entries
            self.contact = contact
            self.ending = ending
            self.now = now
        }
    }

    /// What a part brought.
    package struct Report: Sendable {
        /// Entries stored for the first time or with new content.
        package var stored = 0
        /// Alerts put into the outbox.
        package var alerts = 0
        /// Developments held back for a digest.
        package var held = 0
        package var decisions: [Decision] = []
        /// Headlines of the entries that were stored.
        package var titles: [EntryNumber: String] = [:]
    }

    // A transaction takes its thread for as long as the disk likes.
    private nonisolated let executor = QueueExecutor(label: "newswatch.pipeline")
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private var core: IngestEngine
    private let store: NewsStore
    private var policy: AnnouncementPolicy
    private var topics: [String]
    private var sinks: [String]
    private let events: EventHub

    /// Takes over `core`, which shares `store`. `sinks` are the names that alerts are queued for; `events` is
    /// told of what was committed.
    package init(
        core: IngestEngine, store: NewsStore, policy: AnnouncementPolicy, topics: [String], sinks: [String],
        events: EventHub
    ) {
        self.core = core
        self.store = store
        self.policy = policy
        self.topics = topics
        self.sinks = sinks
        self.events = events
    }

    /// Takes over a new configuration between two parts. `rebuilt` is an engine for other profiles, another lexicon
    /// or another copy window, as far as the store was when it was read; nil keeps the engine. Throws when what was
    /// stored since cannot be read; then nothing has changed.
    package func reconfigure(
        rebuilt: IngestEngine?, policy: AnnouncementPolicy, topics: [String], sinks: [String]
    ) throws {
        if var rebuilt {
            try rebuilt.catchUp()
            core = rebuilt
        }
        self.policy = policy
        self.topics = topics
        self.sinks = sinks
    }

    /// Takes in a part of a document. Throws when the transaction fails; then nothing of it is stored.
    package func ingest(_ part: Part) throws -> Report {
        var report = Report()
        var news: [ControlEvent.Kind] = []
        _ = try core.ingest(part.entries, feed: part.feed) { transaction, outcome in
            report.stored += 1
            for decision in outcome.verdict.decisions {
                report.titles[decision.entry] = outcome.item.title
                report.decisions.append(decision)
                for opening in decision.opened {
                    news.append(.development(opening, decision: decision, outlet: outcome.item.outlet))
                    let announcement = try announce(
                        opening, decision: decision, item: outcome.item, part: part, in: transaction,
                        telling: &news)
                    switch announcement {
                    case .alert: report.alerts += 1
                    case .digest: report.held += 1
                    case .silent: break
                    }
                }
            }
        } finish: { transaction, _ in
            switch part.ending {
            case nil: try transaction.clearValidators(feed: part.feed)
            case .incomplete(let hasArrived):
                try transaction.clearValidators(feed: part.feed)
                if hasArrived { try transaction.markContacted(feed: part.feed, at: part.now) }
            case .complete(let validators):
                try transaction.storeValidators(validators, feed: part.feed)
                try transaction.markContacted(feed: part.feed, at: part.now)
            }
        }
        for kind in news { events.publish(kind) }
        return report
    }

    private func announce(
        _ opening: Opening, decision: Decision, item: StoryItem, part: Part,
        in transaction: IngestTransaction,
        telling news: inout [ControlEvent.Kind]
    ) throws -> Announcement {
        var introduction = try transaction.introduction(topic: decision.topic)
        let announcement = policy.announcement(
            published: item.published, contact: part.contact, topicIsIntroduced: introduction.isDone,
            lateAlerts: introduction.lateAlerts, now: part.now)
        switch announcement {
        case .silent: break
        case .digest:
            introduction.pending.append(opening.id)
            try transaction.setIntroduction(introduction, topic: decision.topic, now: part.now)
        case .alert(let isLate):
            if isLate {
                introduction.lateAlerts += 1
                try transaction.setIntroduction(introduction, topic: decision.topic, now: part.now)
            }
            let alert = try AlertComposer.newDevelopment(
                opening, topic: decision.topic, entryID: decision.entry.publicID, item: item,
                alertedAt: part.now, late: isLate)
            try transaction.enqueue(OutboxAlert(alert, isLate: isLate), sinks: sinks)
            news.append(.alert(id: alert.id, alertType: alert.type.rawValue, sinks: sinks))
        }
        return announcement
    }
}

extension Pipeline {
    /// Sends each topic's digest of what was held back, if anything was, and counts the topic as introduced.
    /// Returns how many digests were queued.
    package func flushDigests(now: Date) throws -> Int {
        var count = 0
        for topic in topics {
            var queued: Alert?
            try store.ingest { transaction in
                var introduction = try transaction.introduction(topic: topic)
                guard !introduction.isDone || !introduction.pending.isEmpty || introduction.lateAlerts > 0
                else { return }
                if !introduction.pending.isEmpty {
                    let reason: AlertDigest.Reason = introduction.lateAlerts > 0 ? .late : .firstContact
                    let developments = try transaction.developments(introduction.pending).map {
                        AlertedDevelopment($0, alertedAt: now, isLate: reason == .late)
                    }
                    let digest = try AlertComposer.digest(
                        topic: topic, reason: reason, developments: developments, at: now)
                    try transaction.enqueue(OutboxAlert(digest, isLate: reason == .late), sinks: sinks)
                    queued = digest
                }
                introduction.isDone = true
                introduction.pending = []
                introduction.lateAlerts = 0
                try transaction.setIntroduction(introduction, topic: topic, now: now)
            }
            if let queued {
                count += 1
                events.publish(.alert(id: queued.id, alertType: queued.type.rawValue, sinks: sinks))
            }
        }
        return count
    }
}
