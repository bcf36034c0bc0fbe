import Alerting
import Settings
import ControlProtocol
import ControlServer
import Fetching
import Foundation
import Logging
import Scheduling
import ServiceLifecycle
import Storage
import Stories
import UnixSignals

/// The daemon as one value: the rooms joined, the locks held. `newswatchd` and `replay` run the same.
package final class NewswatchDaemon: Sendable {
    /// What differs between a service, a single round and a replay.
    package struct Mode: Sendable {
        /// Ask every due feed once, deliver, end.
        package var isOneRound = false
        package var time: any TimeSource = SystemTime()
        /// Random numbers in 0..<1, for jitter.
        package var random: @Sendable () -> Double = { Double.random(in: 0..<1) }
        /// End on SIGTERM and SIGINT.
        package var obeysSignals = true
        package var notifier = ServiceNotifier(environment: [:], processID: 0)
        /// Called after each document, for progress.
        package var onPoll: @Sendable (String, FeedIntake.Summary) -> Void = { _, _ in }

        /// A service on the system's clock.
        package init() {}
    }

    /// From the signal to the end of the process at most; what is still running then is broken off.
    package static let shutdownLimit = Duration.seconds(9)
    /// Of these, what a delivery in flight gets.
    package static let deliveryGrace: TimeInterval = 5

    package let poller: Poller
    package let store: NewsStore
    private let configuration: LiveConfiguration
    private let reloader: ConfigurationReloader
    private let mode: Mode
    private let logger: Logger
    private let locks: [DatabaseLock]
    private let transfer: HTTPTransfer
    private let delivery: DeliveryWorker
    private let startedAt: Date
    private let events: EventHub
    private let pipeline: Pipeline
    private let notices: NoticeService.Queue
    private let health: StorageHealth

    /// Takes the locks, opens the database, rebuilds the engine's memory and plans the polling.
    ///
    /// `configuration` is what `source` gave. Throws a `StorageError` (lock held, database unusable), a
    /// `TransferError` or what a sink cannot start with.
    package init(
        configuration: NewswatchConfiguration, source: ConfigurationSource, mode: Mode, logger: Logger
    ) throws {
        self.mode = mode
        self.logger = logger
        startedAt = mode.time.now()
        let live = LiveConfiguration(configuration, file: source.path, loaded: startedAt)
        self.configuration = live

        // Both locks come before either thing is opened: the server library would unlink a live socket.
        let holder = "newswatchd (process \(ProcessInfo.processInfo.processIdentifier))"
        locks = [
            try DatabaseLock(path: configuration.databasePath, holder: holder),
            try DatabaseLock(path: configuration.socketPath, holder: holder),
        ]
        try DatabaseCopy.removeLeftovers(of: configuration.databasePath)
        store = try NewsStore(path: configuration.databasePath)
        let transfer = try HTTPTransfer()
        self.transfer = transfer
        let time = mode.time
        let events = EventHub(now: { time.now() })
        self.events = events
        let notices = NoticeService.Queue()
        self.notices = notices
        let sinkWatch = SinkWatch()
        let health = StorageHealth(path: configuration.databasePath, tell: notices.post)
        self.health = health
        let worker = try DeliveryWorker(
            store: store, sinks: configuration.sinks, transfer: transfer, time: mode.time,
            random: mode.random,
            report: { report in
                DeliveryLog.record(report, in: logger)
                if case .outboxUnavailable(let reason) = report.outcome {
                    _ = health.failed(reason, now: time.now())
                }
                if let kind = ControlEvent.Kind(report) { events.publish(kind) }
                if let notice = sinkWatch.notice(of: report, at: time.now()) { notices.post(notice) }
            })
        delivery = worker

        let blank = StoryEngine(profiles: configuration.profiles, lexicon: configuration.lexicon)
        let core = try IngestEngine(engine: blank, store: store, copyWindow: configuration.copyWindow)
        let pipeline = Pipeline(
            core: core, store: store, policy: AnnouncementPolicy(firstContact: configuration.firstContact),
            topics: configuration.profiles.map(\.id), router: AlertRouter(configuration.sinks),
            events: events)
        self.pipeline = pipeline
        let requests = { @Sendable (configuration: NewswatchConfiguration) in
            FeedRequests(
                fetcher: FeedFetcher(
                    transfer: transfer,
                    userAgent: FeedFetcher.userAgent(
                        version: NewswatchVersion.current, contact: configuration.contact),
                    now: { time.now() }), configuration: configuration)
        }
        poller = try Poller(
            feeds: configuration.feeds, policy: configuration.poll, isOneRound: mode.isOneRound,
            in: Poller.Surroundings(
                store: store, pipeline: pipeline, preparer: blank, fetches: requests(configuration),
                time: mode.time, random: mode.random, onAlerts: { worker.wake() }, onPoll: mode.onPoll,
                events: events, health: health, logger: logger,
                heartbeat: Poller.heartbeat(watchdog: mode.notifier.watchdogInterval)))
        reloader = ConfigurationReloader(
            source: source, live: live,
            parts: ConfigurationReloader.Parts(
                poller: poller, pipeline: pipeline, delivery: worker, store: store, requests: requests,
                time: mode.time, events: events, logger: logger), revision: blank.revision)
    }

    /// Runs until told to stop, or through one round. Returns whether every feed that was asked answered.
    ///
    /// Throws what stops the control socket from opening.
    package func run() async throws -> Bool {
        let result = await Result { try await services(signals: await hangups()).run() }
        await transfer.shutdown()
        try store.close()
        try result.get()
        return await poller.failedFeeds.isEmpty
    }

    /// Waits until everything that is due has been handed to the sinks; false when that takes longer than
    /// `limit`, because a sink takes nothing.
    package func settle(limit: Duration) async throws -> Bool {
        let deadline = ContinuousClock.now + limit
        while try hasDueDeliveries() {
            guard ContinuousClock.now < deadline else { return false }
            delivery.wake()
            try await Task.sleep(for: .milliseconds(1))
        }
        return true
    }

    private func hasDueDeliveries() throws -> Bool {
        let now = mode.time.now()
        return try configuration.sinks.contains { sink in
            try store.nextDelivery(sink: sink).map { $0 <= now } ?? false
        }
    }

    /// SIGHUP from here on; nil where signals are not ours or one round leaves nothing to reload.
    private func hangups() async -> UnixSignalsSequence? {
        guard mode.obeysSignals, !mode.isOneRound else { return nil }
        return await UnixSignalsSequence(trapping: .sighup)
    }

    private func services(signals: UnixSignalsSequence?) -> ServiceGroup {
        let polling = ServiceGroupConfiguration.ServiceConfiguration(
            service: mode.isOneRound
                ? RoundService(poller: poller, pipeline: pipeline, delivery: delivery, time: mode.time)
                : poller,
            successTerminationBehavior: .gracefullyShutdownGroup)
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [polling]
        if !mode.isOneRound {
            let onAlerts = { @Sendable [delivery] in delivery.wake() }
            let control = LiveControl(
                poller: poller, pipeline: pipeline, store: store, time: mode.time, startedAt: startedAt,
                configuration: configuration, reloader: reloader, events: events, health: health,
                onAlerts: onAlerts)
            let pruning = PruneService(
                store: store, keptFor: { [configuration] in configuration.current.keptFor },
                time: mode.time, logger: logger)
            let started = configuration.current
            let server = ControlServer(
                socketPath: started.socketPath, control: control, logger: Self.quiet(logger),
                onReady: { [mode, logger] in
                    logger.notice("watching", metadata: ["feeds": "\(started.feeds.count)"])
                    mode.notifier.send(.ready(status: "Watching \(started.feeds.count) feeds"))
                })
            // Stopped in reverse order: first the watchdog and the socket, then the polling, the delivery last.
            services = [
                .init(service: DeliveryService(worker: delivery, time: mode.time)), polling,
                .init(service: server), .init(service: pruning),
                .init(
                    service: ReleaseService(
                        pipeline: pipeline, poller: poller, store: store, startedAt: startedAt,
                        time: mode.time, onAlerts: onAlerts, logger: logger)),
                .init(
                    service: NoticeService(
                        queue: notices, pipeline: pipeline, time: mode.time, onAlerts: onAlerts,
                        logger: logger)),
                .init(service: HeartbeatService(events: events)),
            ]
            if let signals {
                let reloading = ReloadService(
                    signals: signals, reloader: reloader, notifier: mode.notifier, logger: logger)
                services.append(.init(service: reloading))
            }
            services.append(
                .init(
                    service: WatchdogService(
                        poller: poller, store: store, health: health, notifier: mode.notifier, logger: logger)
                ))
        }
        var group = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: mode.obeysSignals ? [.sigterm, .sigint] : [],
            logger: Self.quiet(logger))
        group.maximumGracefulShutdownDuration = Self.shutdownLimit
        return ServiceGroup(configuration: group)
    }

    /// The libraries below tell every step; an operator wants their warnings only.
    private static func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}

extension Result where Success == Void, Failure == any Error {
    fileprivate init(_ body: () async throws -> Void) async {
        do {
            try await body()
            self = .success(())
        } catch {
            self = .failure(error)
        }
    }
}
