import Alerting
import Settings
import Feeds
import Fetching
import Foundation
import Logging
import Scheduling
import ServiceLifecycle
import Storage
import Stories
import Synchronization

/// Asks the feeds that are due, each on a task of its own, and sends what they bring through the pipeline.
///
/// Owns the schedule. Everything it waits for ends when it is told to stop.
package actor Poller: Service {
    /// What is remembered of a feed while the daemon runs.
    private struct Memory {
        var validators: StoredValidators?
        var isContacted: Bool
        /// The feed should have been asked long before this process started.
        var isOverdue: Bool
        var language: String?
    }

    /// Somebody who waits for a poll of a feed that starts from now on.
    private struct Waiter {
        var firstPoll: Int
        var continuation: CheckedContinuation<Void, Never>
    }

    /// The loop turns at least this often, so that a watchdog sees it turn several times within its interval.
    package static func heartbeat(watchdog: Duration?) -> TimeInterval {
        watchdog.map { min(10, $0.seconds / 4) } ?? 10
    }

    private var configured: [ConfiguredFeed]
    private var feeds: [String: ConfiguredFeed]
    private let store: NewsStore
    private let pipeline: Pipeline
    private var preparer: StoryEngine
    private var fetches: FeedRequests
    private let time: any TimeSource
    private let random: @Sendable () -> Double
    private let onAlerts: @Sendable () -> Void
    private let onPoll: @Sendable (String, FeedIntake.Summary) -> Void
    private let events: EventHub
    private let health: StorageHealth
    private let logger: Logger
    private let isOneRound: Bool
    private let heartbeat: TimeInterval

    private let executor = IntakeExecutor()
    private let publicBoard: Mutex<PollingBoard>
    private let wakeup = Wakeup()
    private var scheduler: PollScheduler
    private var clock: ClockWatch
    private var memories: [String: Memory] = [:]
    private var gate: DigestGate
    private var hasFlushed = false
    private var tasks: [String: Task<Void, Never>] = [:]
    private var pollCounts: [String: Int] = [:]
    private var waiters: [String: [Waiter]] = [:]
    /// The loop has ended or will.
    package private(set) var isStopping = false

    /// Turns of the loop so far; grows for as long as the daemon is alive.
    package private(set) var turns = 0
    /// Feeds whose last poll in this process failed.
    package private(set) var failedFeeds: Set<String> = []

    /// What a poller needs from the rest of the daemon.
    package struct Surroundings: Sendable {
        package var store: NewsStore
        package var pipeline: Pipeline
        /// An engine without memory, for preparing entries off the pipeline's actor.
        package var preparer: StoryEngine
        package var fetches: FeedRequests
        package var time: any TimeSource
        /// Random numbers in 0..<1, for jitter.
        package var random: @Sendable () -> Double
        /// Called after alerts were put into the outbox.
        package var onAlerts: @Sendable () -> Void
        /// Called after each document, for progress.
        package var onPoll: @Sendable (String, FeedIntake.Summary) -> Void
        /// Told of the end of each poll, and of pauses.
        package var events: EventHub
        /// Told of what cannot be stored; while anything is, no feed is asked.
        package var health: StorageHealth
        package var logger: Logger
        /// The loop turns at least once in this time, in seconds.
        package var heartbeat: TimeInterval
    }

    /// Plans the polling of `feeds` from what the store remembers of them.
    ///
    /// `isOneRound`: ask every feed that is due once, then end. Throws a `StorageError`.
    package init(
        feeds: [ConfiguredFeed], policy: PollPolicy, isOneRound: Bool, in surroundings: Surroundings
    ) throws {
        configured = feeds
        self.feeds = Self.byAddress(feeds)
        store = surroundings.store
        pipeline = surroundings.pipeline
        preparer = surroundings.preparer
        fetches = surroundings.fetches
        time = surroundings.time
        random = surroundings.random
        onAlerts = surroundings.onAlerts
        onPoll = surroundings.onPoll
        events = surroundings.events
        health = surroundings.health
        logger = surroundings.logger
        heartbeat = surroundings.heartbeat
        self.isOneRound = isOneRound

        let now = time.now()
        clock = ClockWatch(time)
        let records = try store.feedRecords()
        var scheduler = PollScheduler(policy: policy)
        if try store.isPaused() { scheduler.pause() }
        for feed in feeds {
            memories[feed.url] = Self.plan(feed, records[feed.url], in: &scheduler, now: now)
        }
        self.scheduler = scheduler
        gate = Self.gate(memories, start: now)
        publicBoard = Mutex(Self.board(scheduler))
    }

    private static func byAddress(_ feeds: [ConfiguredFeed]) -> [String: ConfiguredFeed] {
        Dictionary(feeds.map { ($0.url, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Puts a feed into the scheduler, with what is remembered of it.
    private static func plan(
        _ feed: ConfiguredFeed, _ record: FeedRecord?, in scheduler: inout PollScheduler, now: Date
    ) -> Memory {
        if var schedule = record?.schedule {
            // Asked in the future: the clock was set back meanwhile.
            if let last = schedule.lastPoll, last > now { schedule.turnBack(by: last.timeIntervalSince(now)) }
            scheduler.add(schedule)
            scheduler.setOwnInterval(feed.interval, of: feed.url)
        } else {
            scheduler.add(url: feed.url, ownInterval: feed.interval, now: now)
        }
        let overdue = record?.schedule?.nextPoll.map { now.timeIntervalSince($0) } ?? 0
        return Memory(
            validators: record?.validators, isContacted: record?.contactedAt != nil,
            isOverdue: overdue > AnnouncementPolicy.outageAge)
    }

    /// Digests wait for the feeds whose answer may add to them.
    private static func gate(_ memories: [String: Memory], start: Date) -> DigestGate {
        let awaited = memories.filter { !$0.value.isContacted || $0.value.isOverdue }
        return DigestGate(awaited: Set(awaited.keys), start: start)
    }

    // MARK: The loop

    /// Polls until graceful shutdown or cancellation, when requests in flight are given up and what they brought so
    /// far is stored; with `isOneRound` until every due feed was asked and all have answered.
    package func run() async throws {
        await withGracefulShutdownHandler {
            await loop()
        } onGracefulShutdown: { [wakeup] in
            wakeup.raise()
        }
    }

    private func loop() async {
        let start = present()
        if scheduler.isPaused { logger.warning("polling is paused; newswatch ctl resume goes on") }
        var round = Set(scheduler.schedules.filter { ($0.nextPoll ?? .distantFuture) <= start }.map(\.url))
        while !Task.isShuttingDownGracefully && !Task.isCancelled && !isStopping {
            turns += 1
            let now = present()
            if isStorageReady(now: now) {
                for url in scheduler.due(now: now) { begin(url, now: now) }
                await flushDigests(now: now)
            } else if isOneRound {
                break
            }
            if isOneRound {
                round = round.filter { pollCounts[$0] == nil || tasks[$0] != nil }
                // What becomes due while the last are in flight waits for the next round.
                if round.isEmpty, !tasks.isEmpty { scheduler.pause() }
                if round.isEmpty || scheduler.isPaused, tasks.isEmpty { break }
            }
            await sleep(until: now.addingTimeInterval(heartbeat))
        }
        isStopping = true
        for task in tasks.values { task.cancel() }
        for task in tasks.values { await task.value }
        for waiter in waiters.values.joined() { waiter.continuation.resume() }
        waiters = [:]
        if isOneRound { await flushDigests(now: present(), unconditionally: true) }
    }

    private func sleep(until latest: Date) async {
        // A time that has passed although a digest is still owed means that storing it failed: the heartbeat
        // tries again.
        let digests =
            hasFlushed || isWaitingForResume ? nil : gate.opensBy.flatMap { $0 > present() ? $0 : nil }
        let work = health.trouble.map { [$0.nextTry] } ?? [scheduler.nextWake, digests]
        let wake = ([latest] + work.compactMap { $0 }).min() ?? latest
        await withTaskGroup(of: Void.self) { [time, wakeup] group in
            group.addTask {
                // Ends early only by cancellation, when the other task was first.
                try? await time.sleep(until: wake)
            }
            group.addTask { await wakeup.wait() }
            await group.next()
            group.cancelAll()
        }
    }

    /// The present instant. A clock that was set back is followed: nothing waits longer than it was to.
    private func present() -> Date {
        let (now, back) = clock.look(at: time)
        if back > 0 {
            logger.warning("the clock was set back", metadata: ["seconds": "\(Int(back))"])
            scheduler.turnBack(by: back)
            gate.turnBack(by: back)
        }
        return now
    }

    /// Whether the database takes what feeds bring; tries it when it did not for a while.
    private func isStorageReady(now: Date) -> Bool {
        guard let trouble = health.trouble else { return true }
        guard !isOneRound, trouble.isDue(now: now) else { return false }
        do {
            try store.probe()
        } catch {
            storageFailed(error, now: now)
            return false
        }
        if health.recovered(now: now) {
            logger.notice(
                "the database can be written again; feeds are asked",
                metadata: ["since": "\(trouble.since.formatted(.iso8601))"])
            onAlerts()
        }
        return true
    }

    private func storageFailed(_ error: any Error, now: Date) {
        guard health.failed("\(error)", isLasting: (error as? StorageError)?.isLasting ?? false, now: now)
        else { return }
        logger.error(
            "the database cannot be written; no feed is asked until it can", metadata: ["error": "\(error)"])
    }

    /// Sends the digests that were held back, once nothing is awaited any more.
    private func flushDigests(now: Date, unconditionally: Bool = false) async {
        guard !hasFlushed, !isWaitingForResume, unconditionally || gate.isOpen(now: now) else { return }
        guard memories.values.contains(where: \.isContacted) else {
            // Nothing was heard of any feed yet: there is nothing to introduce, and the wait begins anew.
            gate = Self.gate(memories, start: now)
            return
        }
        hasFlushed = true
        do {
            if try await pipeline.flushDigests(now: now) > 0 { onAlerts() }
        } catch {
            hasFlushed = false
            logger.error("digest not stored", metadata: ["error": "\(error)"])
            storageFailed(error, now: now)
        }
    }

    /// Paused before the first poll: no feed could have answered, so the wait for them has not begun.
    private var isWaitingForResume: Bool { scheduler.isPaused && pollCounts.isEmpty }

    // MARK: One poll

    private func begin(_ url: String, now: Date) {
        guard let feed = feeds[url], let memory = memories[url] else { return }
        scheduler.started(url, now: now)
        pollCounts[url, default: 0] += 1
        let movedTo = scheduler.schedule(of: url)?.movedTo
        let keepsConnection = scheduler.feedsSharingHost(with: url) > 1
        tasks[url] = Task(executorPreference: executor) {
            await self.poll(
                feed, movedTo: movedTo, keepsConnection: keepsConnection, memory: memory, now: now)
        }
    }

    private func poll(
        _ feed: ConfiguredFeed, movedTo: String?, keepsConnection: Bool, memory: Memory, now: Date
    ) async {
        let contact: AnnouncementPolicy.Contact =
            !memory.isContacted ? .first : memory.isOverdue ? .afterOutage : .known
        let intake = FeedIntake(
            context: StoryItem.FeedContext(url: feed.url, name: feed.name, language: memory.language),
            contact: contact, pipeline: pipeline, preparer: preparer, now: now)
        do {
            let request = try fetches.request(
                for: feed, movedTo: movedTo, validators: memory.validators, keepsConnection: keepsConnection)
            let outcome = await fetches.fetcher.fetch(
                request, onResponse: { await intake.begin($0) }, onChunk: { await intake.consume($0) })
            let summary = await intake.finish(outcome)
            await end(
                feed.url, outcome: PollOutcome(outcome, summary: summary), status: outcome.status,
                summary: summary)
        } catch {
            var summary = FeedIntake.Summary()
            summary.failure = error.description
            await end(feed.url, outcome: .failed(error.description), status: nil, summary: summary)
        }
    }

    private func end(_ url: String, outcome: PollOutcome, status: Int?, summary: FeedIntake.Summary) async {
        let now = present()
        let count = pollCounts[url, default: 0]
        let wasOverdue = memories[url]?.isOverdue ?? false
        remember(url, outcome: outcome, summary: summary)
        if Task.isCancelled && isStopping {
            scheduler.abandoned(url, now: now)
        } else if let fault = summary.storageFault {
            storageFailed(fault, now: now)
            scheduler.abandoned(url, now: now)
            events.publish(
                .poll(
                    feed: url, name: feeds[url]?.name, outcome: outcome, status: status, summary: summary))
        } else {
            if summary.stored > 0 { health.stored() }
            let before = scheduler.schedule(of: url)
            let schedule = scheduler.finished(url, outcome, status: status, now: now, jitter: random())
            publish()
            // Validators belong to the host that gave them.
            if before?.movedTo != nil, schedule?.movedTo == nil { memories[url]?.validators = nil }
            save(schedule, of: url)
            log(url, outcome: outcome, summary: summary)
            await tellTurn(from: before, to: schedule, now: now)
            events.publish(
                .poll(
                    feed: url, name: feeds[url]?.name, outcome: outcome, status: status, summary: summary))
            switch outcome {
            case .notModified, .fetched, .gone: gate.heard(url)
            case .incomplete, .throttled, .failed: break
            }
            // What a feed held back after the first digest makes one of its own; an outage's count ends with it.
            if summary.held > 0 || wasOverdue { hasFlushed = false }
            await flushDigests(now: now)
        }
        if summary.alerts > 0 { onAlerts() }
        onPoll(url, summary)
        // Last, so that the loop does not end before what this poll brought is told.
        if pollCounts[url] == count { tasks[url] = nil }
        let woken = waiters[url, default: []].filter { $0.firstPoll <= count }
        waiters[url]?.removeAll { $0.firstPoll <= count }
        for waiter in woken { waiter.continuation.resume() }
        wakeup.raise()
    }

    private func remember(_ url: String, outcome: PollOutcome, summary: FeedIntake.Summary) {
        guard var memory = memories[url] else { return }
        defer { memories[url] = memory }
        switch outcome {
        case .notModified, .fetched:
            failedFeeds.remove(url)
        case .incomplete, .failed, .gone, .throttled:
            failedFeeds.insert(url)
        }
        switch outcome {
        case .notModified, .fetched, .incomplete:
            memory.validators = summary.validators
            memory.isContacted = memory.isContacted || summary.isTakenIn
            memory.isOverdue = false
            memory.language = summary.feed.language ?? memory.language
        case .failed:
            // Whatever was half stored, the next answer must be whole. Without any answer nothing has changed.
            if summary.failure != nil || summary.entries > 0 { memory.validators = nil }
        case .gone, .throttled:
            break
        }
    }

    private func save(_ schedule: FeedSchedule?, of url: String) {
        guard let schedule else { return }
        do {
            try store.saveSchedule(schedule, feed: url)
        } catch {
            // The schedule in memory goes on; after a restart the feed is merely asked earlier.
            logger.error("schedule not stored", metadata: ["feed": "\(url)", "error": "\(error)"])
            storageFailed(error, now: present())
        }
    }

    /// Tells of a feed that broke, recovered, moved, fell silent or is gone.
    private func tellTurn(from before: FeedSchedule?, to after: FeedSchedule?, now: Date) async {
        guard let before, let after,
            let notice = FeedNotice(before: before, after: after, name: feeds[after.url]?.name)
        else { return }
        do {
            let isTold = try await pipeline.notify(
                AlertComposer.notice(notice, at: now), kind: .feed, now: now)
            if isTold { onAlerts() }
        } catch {
            logger.error("notice not stored", metadata: ["feed": "\(after.url)", "error": "\(error)"])
        }
    }

    private func log(_ url: String, outcome: PollOutcome, summary: FeedIntake.Summary) {
        var metadata: Logger.Metadata = ["feed": "\(url)"]
        switch outcome {
        case .notModified:
            logger.debug("not modified", metadata: metadata)
        case .fetched:
            metadata["entries"] = "\(summary.entries)"
            metadata["new"] = "\(summary.stored)"
            logger.log(level: summary.stored > 0 ? .info : .debug, "polled", metadata: metadata)
        case .incomplete(_, let reason), .failed(let reason):
            metadata["reason"] = "\(reason)"
            metadata["new"] = "\(summary.stored)"
            logger.warning("poll failed", metadata: metadata)
        case .gone:
            logger.warning("feed is gone", metadata: metadata)
        case .throttled:
            logger.notice("throttled", metadata: metadata)
        }
    }

    // MARK: What control asks

    /// Schedules in the order of the configuration.
    package var schedules: [(feed: ConfiguredFeed, schedule: FeedSchedule)] {
        configured.compactMap { feed in
            scheduler.schedule(of: feed.url).map { (feed, $0) }
        }
    }

    /// How polling stood after the last poll, order or reload. Never waits.
    package nonisolated var board: PollingBoard { publicBoard.withLock { $0 } }

    private func publish() {
        let board = Self.board(scheduler)
        publicBoard.withLock { $0 = board }
    }

    /// The cost does not grow with the number of feeds.
    private static func board(_ scheduler: PollScheduler) -> PollingBoard {
        PollingBoard(
            states: Dictionary(
                uniqueKeysWithValues: FeedState.allCases.map { ($0, scheduler.count(of: $0)) }),
            isPaused: scheduler.isPaused)
    }

    /// Makes a feed, or all of them, due now; nil for an unknown one.
    package func request(_ url: String?) -> PollRequestReceipt? {
        defer { wakeup.raise() }
        return scheduler.request(url, now: present())
    }

    /// Whether polling was paused by hand.
    package var isPaused: Bool { scheduler.isPaused }

    /// Stops asking feeds, or goes on; survives restarts. Requests in flight end as usual. Throws a `StorageError`.
    package func setPaused(_ isPaused: Bool) throws {
        try store.setPaused(isPaused)
        guard isPaused != scheduler.isPaused else { return }
        logger.notice(isPaused ? "polling paused" : "polling resumed")
        events.publish(.polling(paused: isPaused))
        if isPaused {
            scheduler.pause()
        } else {
            scheduler.resume()
            beginAnew(now: present())
            wakeup.raise()
        }
        publish()
    }

    /// After a long pause, feeds are what they are after an outage.
    private func beginAnew(now: Date) {
        for (feed, schedule) in schedules {
            let overdue = schedule.nextPoll.map { now.timeIntervalSince($0) } ?? 0
            if overdue > AnnouncementPolicy.outageAge { memories[feed.url]?.isOverdue = true }
        }
        gate = Self.gate(memories, start: now)
        hasFlushed = false
    }

    /// A new configuration as far as it concerns polling.
    package struct Plan: Sendable {
        package var feeds: [ConfiguredFeed]
        package var policy: PollPolicy
        /// For other profiles or another lexicon; nil where nothing changed.
        package var preparer: StoryEngine?
        package var fetches: FeedRequests
        /// What the store remembers, at least of the feeds that are added.
        package var records: [String: FeedRecord]
        /// Topics were added, which are to be introduced.
        package var hasNewTopics: Bool
    }

    /// Takes over a new configuration while it runs. Feeds that stay keep all that is known of them; a request in
    /// flight for one that went ends as usual, and what it brings is kept. Added feeds are due now, with what is
    /// remembered of them from before.
    package func reconfigure(_ plan: Plan) {
        let now = present()
        let known = feeds
        configured = plan.feeds
        feeds = Self.byAddress(plan.feeds)
        preparer = plan.preparer ?? preparer
        fetches = plan.fetches
        for url in known.keys where feeds[url] == nil { forget(url) }
        scheduler.setPolicy(plan.policy)
        var introduced: [String] = []
        for feed in configured {
            guard known[feed.url] == nil else {
                scheduler.setOwnInterval(feed.interval, of: feed.url)
                continue
            }
            let memory = Self.plan(feed, plan.records[feed.url], in: &scheduler, now: now)
            memories[feed.url] = memory
            if !memory.isContacted || memory.isOverdue { introduced.append(feed.url) }
        }
        gate.await(introduced, from: now)
        if plan.hasNewTopics || !introduced.isEmpty { hasFlushed = false }
        publish()
        wakeup.raise()
    }

    private func forget(_ url: String) {
        scheduler.remove(url)
        memories[url] = nil
        failedFeeds.remove(url)
        gate.heard(url)
        for waiter in waiters.removeValue(forKey: url) ?? [] { waiter.continuation.resume() }
    }

    /// Ends `run` as graceful shutdown does.
    package func stop() {
        isStopping = true
        wakeup.raise()
    }

    /// Asks `url` now and returns when a poll that started after this call has ended. False when it did not: the
    /// feed is unknown, may not be asked now or was removed meanwhile, or the poller stops.
    package func poll(_ url: String) async -> Bool {
        guard let receipt = scheduler.request(url, now: present()), receipt.requested > 0, !isStopping else {
            return false
        }
        let next = pollCounts[url, default: 0] + 1
        await withCheckedContinuation { continuation in
            waiters[url, default: []].append(Waiter(firstPoll: next, continuation: continuation))
            wakeup.raise()
        }
        return !isStopping && feeds[url] != nil
    }
}
