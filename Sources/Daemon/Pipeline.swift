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

    var core: IngestEngine
    private let store: NewsStore
    private var policy: AnnouncementPolicy
    private var topics: [String]
    private(set) var router: AlertRouter
    private let events: EventHub

    /// Takes over `core`, which shares `store`. `router` knows whom to tell; `events` is told of what was
    /// committed.
    package init(
        core: IngestEngine, store: NewsStore, policy: AnnouncementPolicy, topics: [String],
        router: AlertRouter,
        events: EventHub
    ) {
        self.core = core
        self.store = store
        self.policy = policy
        self.topics = topics
        self.router = router
        self.events = events
    }

    /// Takes over a new configuration between two parts. `rebuilt` is an engine for other profiles, another lexicon
    /// or another copy window, as far as the store was when it was read; nil keeps the engine. Throws when what was
    /// stored since cannot be read; then nothing has changed.
    package func reconfigure(
        rebuilt: IngestEngine?, policy: AnnouncementPolicy, topics: [String], router: AlertRouter, now: Date
    ) throws {
        if var rebuilt {
            try rebuilt.catchUp()
            core = rebuilt
        }
        self.policy = policy
        self.topics = topics
        self.router = router
        publish(try store.ingest { try router.reconsider(now: now, in: $0) })
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
                let joined = decision.developments.filter { id in !decision.opened.contains { $0.id == id } }
                let sent = try router.joined(
                    joined, by: decision.entry, growth: decision.growth, now: part.now, in: transaction)
                report.alerts += sent.count
                news += sent.map(ControlEvent.Kind.init)
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
            let development = AlertComposer.development(
                opening, topic: decision.topic, entryID: decision.entry.publicID, item: item,
                alertedAt: part.now, late: isLate)
            let sent = try router.tell(development, isLate: isLate, in: transaction)
            news += sent.map(ControlEvent.Kind.init)
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
            var sent: [AlertRouter.Sent] = []
            try store.ingest { transaction in
                var introduction = try transaction.introduction(topic: topic)
                guard !introduction.isDone || !introduction.pending.isEmpty || introduction.lateAlerts > 0
                else { return }
                if !introduction.pending.isEmpty {
                    let reason: AlertDigest.Reason = introduction.lateAlerts > 0 ? .late : .firstContact
                    let developments = try transaction.developments(introduction.pending).map {
                        AlertedDevelopment($0, alertedAt: now, isLate: reason == .late)
                    }
                    sent = try router.digest(
                        topic: topic, reason: reason, developments, now: now, in: transaction)
                }
                introduction.isDone = true
                introduction.pending = []
                introduction.lateAlerts = 0
                try transaction.setIntroduction(introduction, topic: topic, now: now)
            }
            count += sent.count
            publish(sent)
        }
        return count
    }

    /// Sends what was kept back for a digest and may be told by now, and signs of life that are due; returns when there
    /// may be more to do, nil when nothing waits.
    package func release(now: Date) throws -> (sent: Int, next: Date?) {
        let (sent, next) = try store.ingest { transaction in
            let sent = try router.release(now: now, in: transaction)
            return (sent, try router.nextRelease(now: now, in: transaction))
        }
        publish(sent)
        return (sent.count, next)
    }

    /// Puts a notice of a feed or of newswatch itself into the outbox, except for the sink that it is about. Returns
    /// whether anybody is told.
    package func notify(
        _ alert: Alert, kind: SinkPolicy.OtherKind, except sink: String? = nil, now: Date
    ) throws -> Bool {
        let sent = try store.ingest {
            try router.notify(alert, kind: kind, except: sink, now: now, in: $0)
        }
        publish(sent)
        return !sent.isEmpty
    }

    /// Sends each sink that wants signs of life, and has had nothing for as long as it said, one. Returns how many.
    ///
    /// - Parameter sign: makes it, given since when the sink has had nothing: `watching` where it never had anything.
    package func heartbeat(watching: Date, now: Date, sign: @Sendable (Date) -> Heartbeat) throws -> Int {
        let sent = try store.ingest { try router.heartbeat(watching: watching, now: now, sign: sign, in: $0) }
        publish(sent)
        return sent.count
    }

    func publish(_ sent: [AlertRouter.Sent]) {
        for sent in sent { events.publish(ControlEvent.Kind(sent)) }
    }
}
