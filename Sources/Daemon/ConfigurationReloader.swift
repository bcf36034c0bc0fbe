import Alerting
import ControlProtocol
import Foundation
import Logging
import Scheduling
import Settings
import Storage
import Stories

/// Reads the configuration again and hands what changed to the parts of the daemon that live by it, while they
/// work. One reload at a time, in the order in which they were asked for.
package actor ConfigurationReloader {
    /// The parts of the daemon that live by the configuration.
    struct Parts: Sendable {
        var poller: Poller
        var pipeline: Pipeline
        var delivery: DeliveryWorker
        var store: NewsStore
        /// Makes the requests for another configuration.
        var requests: @Sendable (NewswatchConfiguration) -> FeedRequests
        var time: any TimeSource
        var events: EventHub
        var logger: Logger
    }

    /// So many changes of one reload, and so many faults of a refused one, get a line of their own in the log.
    static let maxLoggedLines = 100

    private let source: ConfigurationSource
    private let live: LiveConfiguration
    private let parts: Parts
    private var revision: Int
    private var last: Task<Result<ReloadDocument, any Error>, Never>?

    /// Keeps `live` up to date; `revision` is that of the engine that runs.
    init(source: ConfigurationSource, live: LiveConfiguration, parts: Parts, revision: Int) {
        self.source = source
        self.live = live
        self.parts = parts
        self.revision = revision
    }

    /// Takes over what the files say now. Throws ``ControlProtocol/ControlFailure/faultyConfiguration(_:)`` when they
    /// hold a fault, a `StorageError` when the database cannot be read, and `CancellationError` when the caller's task is
    /// cancelled in time; then nothing has changed.
    package func reload() async throws -> ReloadDocument {
        let previous = last
        let task = Task { () -> Result<ReloadDocument, any Error> in
            _ = await previous?.value
            do {
                return .success(try await self.perform())
            } catch {
                return .failure(error)
            }
        }
        last = task
        // A daemon that stops does not wait for an engine to be rebuilt.
        return try await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }.get()
    }

    /// Whatever can fail comes before the first part is changed.
    private func perform() async throws -> ReloadDocument {
        let old = live.current
        let new: NewswatchConfiguration
        let sinks: DeliveryWorker.PreparedSinks
        do {
            new = try source.read()
            sinks = try DeliveryWorker.open(new.sinks)
        } catch let error as ConfigurationFaults {
            throw refusal(error.faults.map(\.description))
        } catch let error as AlertingError {
            throw refusal(["\(source.path):1:1: \(error)"])
        }
        let changes = new.changes(since: old)
        let records = try parts.store.feedRecords()
        let engine = try await rebuilt(for: new, changes: changes)
        try await parts.pipeline.reconfigure(
            rebuilt: engine?.core, policy: AnnouncementPolicy(firstContact: new.firstContact),
            topics: new.profiles.map(\.id), router: AlertRouter(new.sinks), now: parts.time.now())
        parts.delivery.adopt(sinks)
        await parts.poller.reconfigure(
            Poller.Plan(
                feeds: new.feeds, policy: new.poll, preparer: engine?.preparer,
                fetches: parts.requests(new), records: records,
                hasNewTopics: changes.contains { $0.subject == .topic && $0.action == .added }))
        let now = parts.time.now()
        live.adopt(new, changes: changes, at: now)
        tell(changes)
        return ReloadDocument(
            file: source.path, loaded: now, changes: changes.map(ReloadDocument.Change.init))
    }

    /// An engine for `new`, and a blank one that prepares items for it; nil where the running one serves. Reads
    /// every stored change, away from the pipeline, which goes on meanwhile.
    private func rebuilt(
        for new: NewswatchConfiguration, changes: [ConfigurationChange]
    ) async throws -> (core: IngestEngine, preparer: StoryEngine)? {
        let needsEngine = changes.contains {
            $0.subject == .topic || $0.subject == .lexicon || $0.name == "[stories] copy_window"
        }
        // The order of topics is part of the engine, but no change worth a word.
        guard needsEngine || live.current.profiles.map(\.id) != new.profiles.map(\.id) else { return nil }
        revision += 1
        let preparer = StoryEngine(profiles: new.profiles, lexicon: new.lexicon, revision: revision)
        let core = try await Self.engine(preparer, store: parts.store, copyWindow: new.copyWindow)
        return (core, preparer)
    }

    /// Away from this actor: up to 30 s for a million entries.
    @concurrent private static func engine(
        _ blank: StoryEngine, store: NewsStore, copyWindow: Duration
    ) async throws -> IngestEngine {
        try IngestEngine(engine: blank, store: store, copyWindow: copyWindow)
    }

    private func refusal(_ faults: [String]) -> ControlFailure {
        live.refuse(faults, at: parts.time.now())
        parts.logger.error(
            "the configuration is faulty; the one before stays in force",
            metadata: ["file": "\(source.path)", "faults": "\(faults.count)"])
        for fault in faults.prefix(Self.maxLoggedLines) {
            parts.logger.error("configuration fault", metadata: ["fault": "\(fault)"])
        }
        parts.events.publish(
            .configuration(
                accepted: false,
                detail: "refused, \(faults.count == 1 ? "1 fault" : "\(faults.count) faults"): "
                    + (faults.first ?? "")))
        return .faultyConfiguration(faults)
    }

    private func tell(_ changes: [ConfigurationChange]) {
        let count = changes.count == 1 ? "1 change" : "\(changes.count) changes"
        parts.events.publish(.configuration(accepted: true, detail: "read again: \(count)"))
        parts.logger.notice(
            "configuration read again",
            metadata: ["file": "\(source.path)", "changes": "\(changes.count)"])
        for change in changes.prefix(Self.maxLoggedLines) {
            var metadata: Logger.Metadata = [
                "change": "\(change.action.rawValue)", "what": "\(change.subject.rawValue)",
                "name": "\(change.name)",
            ]
            if let detail = change.detail { metadata["how"] = "\(detail)" }
            if change.needsRestart {
                parts.logger.warning("configuration change needs a restart", metadata: metadata)
            } else {
                parts.logger.notice("configuration change", metadata: metadata)
            }
        }
    }
}

extension ReloadDocument.Change {
    init(_ change: ConfigurationChange) {
        self.init(
            action: change.action.rawValue, subject: change.subject.rawValue, name: change.name,
            detail: change.detail, needsRestart: change.needsRestart)
    }
}
