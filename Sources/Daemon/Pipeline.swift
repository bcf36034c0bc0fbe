import Alerting
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
            /// Cut, limited or half understood: the next poll must be unconditional.
            case incomplete
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
        package var decisions: [Decision] = []
    }

    private var core: IngestEngine
    private let store: NewsStore
    private let policy: AnnouncementPolicy
    private let topics: [String]
    private let sinks: [String]

    /// Takes over `core`, which shares `store`. `sinks` are the names that alerts are queued for.
    package init(
        core: IngestEngine, store: NewsStore, policy: AnnouncementPolicy, topics: [String], sinks: [String]
    ) {
        self.core = core
        self.store = store
        self.policy = policy
        self.topics = topics
        self.sinks = sinks
    }

    /// Takes in a part of a document. Throws when the transaction fails; then nothing of it is stored.
    package func ingest(_ part: Part) throws -> Report {
        var report = Report()
        _ = try core.ingest(part.entries, feed: part.feed) { transaction, outcome in
            report.stored += 1
            for decision in outcome.verdict.decisions {
                report.decisions.append(decision)
                for opening in decision.opened {
                    let isAlert = try announce(
                        opening, decision: decision, item: outcome.item, part: part, in: transaction)
                    report.alerts += isAlert ? 1 : 0
                }
            }
        } finish: { transaction, _ in
            switch part.ending {
            case nil: try transaction.clearValidators(feed: part.feed)
            case .incomplete:
                try transaction.clearValidators(feed: part.feed)
                try transaction.markContacted(feed: part.feed, at: part.now)
            case .complete(let validators):
                try transaction.storeValidators(validators, feed: part.feed)
                try transaction.markContacted(feed: part.feed, at: part.now)
            }
        }
        return report
    }

    private func announce(
        _ opening: Opening, decision: Decision, item: StoryItem, part: Part, in transaction: IngestTransaction
    ) throws -> Bool {
        var introduction = try transaction.introduction(topic: decision.topic)
        let announcement = policy.announcement(
            published: item.published, contact: part.contact, topicIsIntroduced: introduction.isDone,
            lateAlerts: introduction.lateAlerts, now: part.now)
        switch announcement {
        case .silent:
            return false
        case .digest:
            introduction.pending.append(opening.id)
            try transaction.setIntroduction(introduction, topic: decision.topic, now: part.now)
            return false
        case .alert(let isLate):
            if isLate {
                introduction.lateAlerts += 1
                try transaction.setIntroduction(introduction, topic: decision.topic, now: part.now)
            }
            try transaction.enqueue(
                AlertComposer.newDevelopment(
                    opening, decision: decision, item: item, isLate: isLate, at: part.now),
                sinks: sinks)
            return true
        }
    }
}
