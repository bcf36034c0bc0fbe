import Foundation

/// Which feeds to ask now, and when to look again. A value without a clock: whoever owns it passes `now`.
///
/// A feed waits in a heap for its next poll, then in its host's queue for the host. A host is asked by one
/// request at a time, and again when the gap since the end of the last one is over. No call looks at feeds
/// that are not concerned: 100,000 of them cost the same as ten, but for the heap's logarithm.
package struct PollScheduler: Sendable {
    private struct Feed {
        enum Place { case resting, queued, inFlight }
        var schedule: FeedSchedule
        var host: Int
        var place = Place.resting
        /// That of its last entry into the heap: older ones are void.
        var generation = 0
        /// Asked for by hand while it was in flight.
        var isWantedAgain = false
    }

    private struct Host {
        enum Place { case idle, resting, ready, inFlight }
        var place = Place.idle
        var waiting = SlotQueue()
        var freeAt = Date.distantPast
        var generation = 0
        /// How often the gap has been doubled because the host throttled, 0…6.
        var slowness = 0
        var feedCount = 0
    }

    /// The policy in force.
    package private(set) var policy: PollPolicy
    /// Whether polling is paused: ``due(now:)`` gives nothing.
    package private(set) var isPaused = false
    /// Requests in flight.
    package private(set) var inFlight = 0
    /// Feeds that are due and wait for their host or for a free place.
    package private(set) var waiting = 0

    private var feeds: [Feed?] = []
    private var freeSlots: [Int] = []
    private var slots: [String: Int] = [:]
    private var hosts: [Host] = []
    private var hostSlots: [String: Int] = [:]
    private var feedHeap = PollHeap()
    /// Counts the entries into `feedHeap`, over all feeds: those of a feed that was removed must not wake the one that
    /// has its slot now.
    private var feedGeneration = 0
    private var hostHeap = PollHeap()
    private var readyHosts = SlotQueue()
    private var readyCount = 0
    private var counts: [FeedState: Int] = [:]

    /// Without feeds.
    package init(policy: PollPolicy) {
        self.policy = policy
    }

    // MARK: Feeds

    /// Number of feeds.
    package var count: Int { slots.count }

    /// Number of feeds in a state.
    package func count(of state: FeedState) -> Int { counts[state, default: 0] }

    /// A feed's schedule; nil for an unknown one.
    package func schedule(of url: String) -> FeedSchedule? {
        slots[url].flatMap { feeds[$0]?.schedule }
    }

    /// Every schedule, in no particular order.
    package var schedules: [FeedSchedule] { feeds.compactMap { $0?.schedule } }

    /// How many feeds share the host of `url`: a connection to a host with one feed is not worth keeping.
    package func feedsSharingHost(with url: String) -> Int {
        slots[url].flatMap { feeds[$0] }.map { hosts[$0.host].feedCount } ?? 0
    }

    /// Adds a feed that has not been asked yet, due at `now`. Does nothing if it is known.
    package mutating func add(url: String, ownInterval: Duration? = nil, now: Date) {
        guard slots[url] == nil else { return }
        add(FeedSchedule(url: url, interval: policy.interval, ownInterval: ownInterval, firstPoll: now))
    }

    /// Adds a feed with what is known of it; a known one is replaced, unless it is in flight. A next poll that
    /// lies further ahead than today's policy would allow is brought forward.
    package mutating func add(_ schedule: FeedSchedule) {
        let schedule = broughtForward(schedule, within: longest(schedule))
        if let known = slots[schedule.url] {
            guard feeds[known]?.place != .inFlight else { return }
            remove(schedule.url)
        }
        let slot = freeSlots.popLast() ?? feeds.count
        let feed = Feed(schedule: schedule, host: hostSlot(schedule.host))
        if slot == feeds.count { feeds.append(feed) } else { feeds[slot] = feed }
        slots[schedule.url] = slot
        hosts[feed.host].feedCount += 1
        counts[schedule.state, default: 0] += 1
        rest(slot)
    }

    /// Takes over the interval that the configuration now gives a feed; nil leaves it to the feed's rhythm. What is
    /// queued or in flight is planned by it when it ends.
    package mutating func setOwnInterval(_ interval: Duration?, of url: String) {
        guard let slot = slots[url], let schedule = feeds[slot]?.schedule, schedule.ownInterval != interval
        else { return }
        feeds[slot]?.schedule.ownInterval = interval
        bringForward(slot, within: interval ?? policy.maxInterval)
    }

    /// Takes over a policy. What rests is brought forward where it would wait for longer than is now allowed.
    package mutating func setPolicy(_ policy: PollPolicy) {
        self.policy = policy
        for slot in feeds.indices {
            guard let schedule = feeds[slot]?.schedule else { continue }
            bringForward(slot, within: longest(schedule))
        }
    }

    private mutating func bringForward(_ slot: Int, within limit: Duration) {
        guard let feed = feeds[slot], feed.place == .resting else { return }
        let schedule = broughtForward(feed.schedule, within: limit)
        feeds[slot]?.schedule = schedule
        if schedule.nextPoll != feed.schedule.nextPoll { rest(slot) }
    }

    /// A plan may rest on the server's own wish, but no longer than this.
    private func longest(_ schedule: FeedSchedule) -> Duration {
        max(policy.maxInterval, schedule.ownInterval ?? .zero)
    }

    /// The schedule with its next poll no further behind the last one than `limit`. Failures and Retry-After have
    /// plans of their own.
    private func broughtForward(_ schedule: FeedSchedule, within limit: Duration) -> FeedSchedule {
        guard let nextPoll = schedule.nextPoll, let lastPoll = schedule.lastPoll, schedule.failures == 0,
            schedule.notBefore.map({ $0 < nextPoll }) ?? true
        else { return schedule }
        let latest = lastPoll.addingTimeInterval(limit.seconds)
        guard nextPoll > latest else { return schedule }
        var schedule = schedule
        schedule.nextPoll = latest
        schedule.nextPollReason = "every \(limit.phrase), as configured now"
        return schedule
    }

    /// Forgets a feed. One in flight is forgotten too: ``finished(_:_:status:now:jitter:)`` then returns nil.
    package mutating func remove(_ url: String) {
        guard let slot = slots.removeValue(forKey: url), let feed = feeds[slot] else { return }
        counts[feed.schedule.state, default: 0] -= 1
        hosts[feed.host].feedCount -= 1
        if feed.place == .inFlight {
            // The host stays taken until the request's end is told, or nobody would keep the gap.
            orphans[url] = feed.host
        }
        if feed.place == .queued { waiting -= 1 }
        feeds[slot] = nil
        // A slot that a host's queue may still name is not used again before the queue has passed it.
        if feed.place != .queued { freeSlots.append(slot) }
    }

    private var orphans: [String: Int] = [:]

    // MARK: The loop

    /// Feeds to ask now: at most one for each host, no host within its gap, no more than fit in `concurrency`.
    /// They count as in flight from here on; tell the end of each by ``finished(_:_:status:now:jitter:)`` or
    /// ``abandoned(_:now:)``.
    package mutating func due(now: Date) -> [String] {
        guard !isPaused else { return [] }
        wake(now)
        var started: [String] = []
        while inFlight < policy.concurrency, let host = readyHosts.popFirst() {
            readyCount -= 1
            guard let slot = nextWaiting(at: host), let url = feeds[slot]?.schedule.url else {
                hosts[host].place = .idle
                continue
            }
            waiting -= 1
            inFlight += 1
            hosts[host].place = .inFlight
            feeds[slot]?.place = .inFlight
            started.append(url)
        }
        return started
    }

    /// The instant at which ``due(now:)`` may have something to give: in the distant past when it has now, nil
    /// when only a finished request or a new feed can change that.
    package var nextWake: Date? {
        guard !isPaused, inFlight < policy.concurrency else { return nil }
        if readyCount > 0 { return .distantPast }
        switch (feedHeap.first?.time, hostHeap.first?.time) {
        case (let feed?, let host?): return min(feed, host)
        case (let feed, let host): return feed ?? host
        }
    }

    /// Notes the instant at which a request that ``due(now:)`` gave was really sent.
    package mutating func started(_ url: String, now: Date) {
        guard let slot = slots[url], feeds[slot]?.place == .inFlight else { return }
        feeds[slot]?.schedule.nextPollReason = "being asked right now"
        feeds[slot]?.schedule.nextPoll = now
    }

    /// Ends a request and plans the next; returns the feed's schedule after it, nil if the feed is not known
    /// any more. `status` is the HTTP status if there was an answer, `jitter` a random number in 0..<1.
    @discardableResult
    package mutating func finished(
        _ url: String, _ outcome: PollOutcome, status: Int? = nil, now: Date, jitter: Double
    ) -> FeedSchedule? {
        guard let slot = land(url, outcome, now: now), let feed = feeds[slot] else { return nil }
        let next = PollPlanner(policy: policy).next(
            after: feed.schedule, outcome: outcome, status: status, now: now, jitter: jitter)
        counts[feed.schedule.state, default: 0] -= 1
        counts[next.state, default: 0] += 1
        feeds[slot]?.schedule = next
        move(slot, to: next.host)
        rest(slot)
        feeds[slot]?.isWantedAgain = false
        if feed.isWantedAgain { request(url, now: now) }
        return next
    }

    /// Ends a request that was given up without an answer that says anything about the feed, as at shutdown:
    /// the feed is due again.
    package mutating func abandoned(_ url: String, now: Date) {
        guard let slot = land(url, nil, now: now) else { return }
        feeds[slot]?.isWantedAgain = false
        feeds[slot]?.schedule.nextPoll = now
        feeds[slot]?.schedule.nextPollReason = "the last request was given up before its end"
        rest(slot)
    }

    /// Follows a clock that was set back by `seconds`: every poll and every gap lies as far ahead as before.
    package mutating func turnBack(by seconds: TimeInterval) {
        feedHeap = PollHeap()
        hostHeap = PollHeap()
        for host in hosts.indices {
            hosts[host].freeAt -= seconds
            guard hosts[host].place == .resting else { continue }
            hostHeap.insert(
                .init(time: hosts[host].freeAt, slot: host, generation: hosts[host].generation))
        }
        for slot in feeds.indices where feeds[slot] != nil {
            feeds[slot]?.schedule.turnBack(by: seconds)
            if feeds[slot]?.place == .resting { rest(slot) }
        }
    }

    // MARK: By hand

    /// Makes a feed due now, or every feed that is not gone if `url` is nil. The interval does not matter then;
    /// Retry-After, the host's gap, concurrency and a pause do. nil if the feed is unknown.
    @discardableResult
    package mutating func request(_ url: String? = nil, now: Date) -> PollRequestReceipt? {
        var receipt = PollRequestReceipt(requested: 0, deferred: [])
        if let url {
            guard let slot = slots[url] else { return nil }
            request(slot, now: now, &receipt)
        } else {
            for slot in feeds.indices where feeds[slot].map({ $0.schedule.state != .gone }) ?? false {
                if feeds[slot].map({ slots[$0.schedule.url] == slot }) ?? false {
                    request(slot, now: now, &receipt)
                }
            }
        }
        return receipt
    }

    private mutating func request(_ slot: Int, now: Date, _ receipt: inout PollRequestReceipt) {
        guard let feed = feeds[slot] else { return }
        if let notBefore = feed.schedule.notBefore, notBefore > now {
            let reason = feed.schedule.nextPollReason
            receipt.deferred.append(.init(url: feed.schedule.url, until: notBefore, reason: reason))
            return
        }
        receipt.requested += 1
        switch feed.place {
        case .queued: return
        case .inFlight: feeds[slot]?.isWantedAgain = true
        case .resting:
            // Asked for twice, as during a pause, it is due once.
            if let nextPoll = feed.schedule.nextPoll, nextPoll <= now { return }
            feeds[slot]?.schedule.nextPoll = now
            feeds[slot]?.schedule.nextPollReason = "asked for by ctl poll"
            rest(slot)
        }
    }

    /// Stops giving out feeds. Requests in flight go on.
    package mutating func pause() { isPaused = true }

    /// Goes on after ``pause()``.
    package mutating func resume() { isPaused = false }

    // MARK: Inside

    private mutating func hostSlot(_ name: String) -> Int {
        if let slot = hostSlots[name] { return slot }
        hosts.append(Host())
        hostSlots[name] = hosts.count - 1
        return hosts.count - 1
    }

    /// Into the heap, at its next poll.
    private mutating func rest(_ slot: Int) {
        feeds[slot]?.place = .resting
        feedGeneration += 1
        feeds[slot]?.generation = feedGeneration
        guard let feed = feeds[slot], let time = feed.schedule.nextPoll else { return }
        feedHeap.insert(.init(time: time, slot: slot, generation: feed.generation))
    }

    /// Moves feeds whose time has come into their host's queue, and hosts whose gap is over to the ready ones.
    private mutating func wake(_ now: Date) {
        while let top = hostHeap.first, top.time <= now {
            _ = hostHeap.removeFirst()
            if hosts[top.slot].place == .resting, hosts[top.slot].generation == top.generation {
                hosts[top.slot].place = .idle
                admit(top.slot, now)
            }
        }
        while let top = feedHeap.first, top.time <= now {
            _ = feedHeap.removeFirst()
            guard let feed = feeds[top.slot], feed.place == .resting, feed.generation == top.generation else {
                continue
            }
            feeds[top.slot]?.place = .queued
            waiting += 1
            hosts[feed.host].waiting.append(top.slot)
            admit(feed.host, now)
        }
    }

    /// Makes an idle host with a queue ready, or lets it rest until its gap is over.
    private mutating func admit(_ host: Int, _ now: Date) {
        guard hosts[host].place == .idle, !hosts[host].waiting.isEmpty else { return }
        if hosts[host].freeAt <= now {
            hosts[host].place = .ready
            readyHosts.append(host)
            readyCount += 1
        } else {
            hosts[host].place = .resting
            hosts[host].generation += 1
            hostHeap.insert(.init(time: hosts[host].freeAt, slot: host, generation: hosts[host].generation))
        }
    }

    /// The first of a host's queue that has not been removed meanwhile.
    private mutating func nextWaiting(at host: Int) -> Int? {
        while let slot = hosts[host].waiting.popFirst() {
            if let feed = feeds[slot], feed.place == .queued { return slot }
            freeSlots.append(slot)
        }
        return nil
    }

    /// Frees the host and the place in flight; the feed's slot, unless it was removed meanwhile.
    private mutating func land(_ url: String, _ outcome: PollOutcome?, now: Date) -> Int? {
        if let host = orphans.removeValue(forKey: url) {
            inFlight -= 1
            release(host, outcome, now: now)
            return nil
        }
        guard let slot = slots[url], let feed = feeds[slot], feed.place == .inFlight else { return nil }
        inFlight -= 1
        feeds[slot]?.place = .resting
        release(feed.host, outcome, now: now)
        return slot
    }

    private mutating func release(_ host: Int, _ outcome: PollOutcome?, now: Date) {
        switch outcome {
        case .throttled: hosts[host].slowness = min(hosts[host].slowness + 1, 6)
        case .fetched, .notModified: hosts[host].slowness = max(hosts[host].slowness - 1, 0)
        default: break
        }
        let gap = policy.hostGap.seconds * Double(1 << hosts[host].slowness)
        hosts[host].freeAt = now.addingTimeInterval(gap)
        hosts[host].place = .idle
        admit(host, now)
    }

    private mutating func move(_ slot: Int, to name: String) {
        let host = hostSlot(name)
        guard let feed = feeds[slot], feed.host != host else { return }
        hosts[feed.host].feedCount -= 1
        hosts[host].feedCount += 1
        feeds[slot]?.host = host
    }
}
