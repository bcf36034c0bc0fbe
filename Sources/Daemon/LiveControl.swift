import Alerting
import Settings
import ControlProtocol
import ControlServer
import Foundation
import Scheduling
import Storage
import Stories

/// Answers the control socket from the running daemon's poller and store.
struct LiveControl: DaemonControl {
    let poller: Poller
    let pipeline: Pipeline
    let store: NewsStore
    let time: any TimeSource
    let startedAt: Date
    let configuration: LiveConfiguration
    let reloader: ConfigurationReloader
    let events: EventHub
    let health: StorageHealth
    let turns = DatabaseTurns()
    /// Called after something was queued for them.
    let onAlerts: @Sendable () -> Void

    func status() async throws -> StatusDocument {
        let polling = poller.board
        let states = polling.states
        let counts = try store.counts()
        let trouble = health.trouble
        return StatusDocument(
            version: NewswatchVersion.current,
            uptimeSeconds: max(0, Int(time.now().timeIntervalSince(startedAt))),
            paused: polling.isPaused,
            feeds: .init(
                new: states[.new, default: 0], healthy: states[.healthy, default: 0],
                failing: states[.failing, default: 0], silent: states[.silent, default: 0],
                gone: states[.gone, default: 0]),
            entries: counts.entries, duplicates: counts.duplicates, developments: counts.developments,
            outbox: .init(pending: counts.pendingDeliveries, failed: counts.failedDeliveries),
            configuration: configuration.document,
            storage: .init(failingSince: trouble?.since, error: trouble?.reason))
    }

    func feeds() async throws -> [FeedDocument] {
        let entries = try store.entryCounts()
        return await poller.schedules.map { feed, schedule in
            FeedDocument(
                url: feed.url, name: feed.name, state: schedule.state.rawValue,
                lastStatus: schedule.lastStatus,
                lastPoll: schedule.lastPoll, nextPoll: schedule.nextPoll,
                nextPollReason: schedule.nextPollReason, entryCount: entries[feed.url, default: 0],
                failures: schedule.failures, lastError: schedule.lastError)
        }
    }

    func poll(feed: String?) async throws -> PollReceipt {
        guard await !poller.isPaused else {
            throw ControlFailure.conflict("polling is paused; `newswatch ctl resume` goes on")
        }
        let feeds = await poller.schedules.map(\.feed)
        let url = feed.map { wanted in feeds.first { $0.url == wanted || $0.name == wanted }?.url ?? wanted }
        guard let receipt = await poller.request(url) else {
            let wanted = feed ?? ""
            let near = feeds.first { ($0.name ?? $0.url).localizedCaseInsensitiveContains(wanted) }
            throw ControlFailure.unknownFeed(wanted, nearest: near.map { $0.name ?? $0.url })
        }
        return PollReceipt(
            requested: receipt.requested,
            deferred: receipt.deferred.map { .init(url: $0.url, until: $0.until, reason: $0.reason) })
    }

    func developments() async throws -> [DevelopmentDocument] {
        try store.developments().map(DevelopmentDocument.init)
    }

    func rule(_ ruling: RulingRequest) async throws -> RulingReceipt {
        let development = DevelopmentID(rawValue: ruling.development)
        let now = time.now()
        let receipt =
            switch ruling.action {
            case .merge:
                try await pipeline.merge(
                    ruling.others.map(DevelopmentID.init(rawValue:)), into: development, now: now)
            case .split:
                try await pipeline.split(entries(ruling.entries), from: development, now: now)
            case .mute: try await pipeline.mute(development, now: now)
            case .retract: try await pipeline.retract(development, now: now)
            }
        if !receipt.alerts.isEmpty { onAlerts() }
        return receipt
    }

    private func entries(_ names: [String]) throws -> [EntryNumber] {
        try names.map { name in
            guard let explanation = try store.explanation(of: name) else {
                throw ControlFailure.unknownEntry(name)
            }
            return explanation.number
        }
    }

    func alerts(failedOnly: Bool) async throws -> [AlertDocument] {
        try store.deliveries(failedOnly: failedOnly).map(AlertDocument.init)
    }

    func setPaused(_ isPaused: Bool) async throws -> PauseDocument {
        try await poller.setPaused(isPaused)
        return PauseDocument(paused: isPaused)
    }

    func reload() async throws -> ReloadDocument {
        try await reloader.reload()
    }

    func redeliver(alert: String) async throws -> DispatchReceipt {
        let repeated = try store.redeliver(
            alert: alert, sinks: configuration.sinks, now: time.now())
        guard repeated.isEmpty else {
            let type = try store.deliveries(alert: alert).first?.type
            events.publish(.alert(id: alert, alertType: type ?? "", sinks: repeated))
            onAlerts()
            return DispatchReceipt(id: alert, sinks: repeated)
        }
        let deliveries = try store.deliveries(alert: alert)
        guard !deliveries.isEmpty else { throw ControlFailure.unknownAlert(alert) }
        throw ControlFailure.conflict(
            deliveries.contains { $0.state == .pending }
                ? "\(alert) is still on its way; `newswatch ctl alerts` shows how far it has come"
                : "no sink that \(alert) went to is configured any more")
    }

    func testAlert() async throws -> DispatchReceipt {
        let sinks = configuration.sinks
        guard !sinks.isEmpty else {
            throw ControlFailure.conflict("no sink is configured; add a [[sink]] to the configuration")
        }
        let alert = try AlertComposer.test(at: time.now())
        try store.enqueue(OutboxAlert(alert, isLate: false), sinks: sinks)
        events.publish(.alert(id: alert.id, alertType: alert.type.rawValue, sinks: sinks))
        onAlerts()
        return DispatchReceipt(id: alert.id, sinks: sinks)
    }

    func explain(entry: String) async throws -> ExplanationDocument {
        guard let explanation = try store.explanation(of: entry) else {
            throw ControlFailure.unknownEntry(entry)
        }
        return ExplanationDocument(explanation)
    }
}

extension DevelopmentDocument {
    /// A stored development as control, `timeline` and `--json` show it.
    package init(_ stored: StoredDevelopment) {
        self.init(
            id: stored.opening.id.rawValue, entryID: stored.entry.publicID, topic: stored.topic,
            kind: stored.opening.kind, headline: stored.opening.headline,
            gloss: stored.opening.gloss, firstPublished: stored.opening.firstPublished,
            alertedAt: stored.alertedAt, late: stored.isLate, standing: stored.standing.rawValue,
            confidence: stored.opening.confidence.rawValue, why: stored.opening.why,
            corroboration: stored.corroboration,
            sources: stored.sources.map {
                Source(
                    outlet: $0.outlet, title: $0.title, url: $0.url, lang: $0.language,
                    published: $0.published)
            },
            entries: stored.entries.map(\.entry.publicID))
    }
}

extension AlertDocument {
    /// A delivery as control shows it.
    init(_ delivery: Delivery) {
        let state: State =
            switch delivery.state {
            case .pending: .pending
            case .delivered: .delivered
            case .failed: .failed
            }
        self.init(
            id: delivery.alertID, type: delivery.type, sink: delivery.sink, state: state,
            attempts: delivery.attempts, lastError: delivery.lastError, created: delivery.created,
            delivered: delivery.delivered)
    }
}
