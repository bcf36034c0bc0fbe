import Foundation

/// Decides when a feed is asked next and says why: a function of its schedule, what just came of it, and the
/// policy. Nothing else in the program sets a next poll.
package struct PollPlanner: Sendable {
    /// The policy in force.
    package var policy: PollPolicy

    /// A feed is asked this many times in the usual time between two pieces of its news, so that news is found
    /// after an eighth of that time on average.
    static let pollsPerNews = 4.0
    /// After an empty poll the interval grows by at most this factor, so that a burst is followed closely.
    static let growth = 1.5
    /// Up to this share of an interval is added by jitter, so that feeds added together drift apart.
    static let spread = 0.1
    /// A feed is silent after this many times its usual gap …
    static let silenceFactor = 20.0
    /// … but not before this, and in any case after `longestSilence`.
    static let shortestSilence = Duration.days(7)
    static let longestSilence = Duration.days(90)
    /// A feed whose rhythm was never seen is silent after this.
    static let unknownSilence = Duration.days(30)
    /// After this many failures in a row at an address that a feed has moved to, the configured one is tried.
    static let failuresUntilMoveIsForgotten = 3

    /// Plans by `policy`.
    package init(policy: PollPolicy) {
        self.policy = policy
    }

    /// The schedule after a poll that ended at `now` with `outcome`. `status` is the HTTP status, if there was
    /// an answer; `jitter` a random number in 0..<1 drawn by the caller.
    package func next(
        after schedule: FeedSchedule, outcome: PollOutcome, status: Int?, now: Date, jitter: Double
    ) -> FeedSchedule {
        var next = schedule
        let jitter = jitter.isFinite ? min(max(jitter, 0), 1) : 0
        next.lastStatus = status ?? schedule.lastStatus
        next.notBefore = nil
        switch outcome {
        case .notModified(let hints):
            answered(&next, newEntries: 0, hints: hints, now: now, jitter: jitter)
        case .fetched(let newEntries, let hints):
            next.timeToLive = hints.timeToLive
            next.skipHours = hints.skipHours
            answered(&next, newEntries: max(newEntries, 0), hints: hints, now: now, jitter: jitter)
        case .incomplete(let newEntries, let reason):
            next.entryCount += max(newEntries, 0)
            if newEntries > 0 { next.lastNews = now }
            failed(&next, reason, now: now, jitter: jitter)
        case .failed(let reason):
            failed(&next, reason, now: now, jitter: jitter)
        case .throttled(let retryAfter):
            throttled(&next, retryAfter, now: now, jitter: jitter)
        case .gone:
            next.state = .gone
            next.failures += 1
            next.lastError = "gone (HTTP 410)"
            next.nextPoll = nil
            next.nextPollReason =
                "the server says it is gone for good (HTTP 410): asked again only by ctl poll"
        }
        next.lastPoll = now
        return next
    }

    // MARK: A good answer

    private func answered(
        _ next: inout FeedSchedule, newEntries: Int, hints: PollHints, now: Date, jitter: Double
    ) {
        next.failures = 0
        next.lastError = nil
        next.entryCount += newEntries
        if let movedTo = hints.movedTo { next.movedTo = movedTo == next.url ? nil : movedTo }
        observe(&next, foundNews: newEntries > 0, now: now)
        next.state = isSilent(next, now: now) ? .silent : .healthy
        let (interval, reason) = interval(for: next, foundNews: newEntries > 0)
        next.interval = interval
        let spread = now.addingTimeInterval(interval.seconds * (1 + Self.spread * jitter))
        (next.nextPoll, next.nextPollReason) = delayed(
            min(spread, latest(next, now: now)), reason, next, maxAge: hints.maxAge, now: now)
    }

    /// The first answer's entries are what the feed held already: they say nothing about its rhythm.
    private func observe(_ next: inout FeedSchedule, foundNews: Bool, now: Date) {
        if next.firstAnswer == nil {
            next.firstAnswer = now
        } else if let lastPoll = next.lastPoll {
            // A daemon that was off for a year must not take that for the feed's silence.
            let elapsed = min(now.timeIntervalSince(lastPoll), 2 * policy.maxInterval.seconds)
            next.rhythm.observe(elapsed: elapsed, foundNews: foundNews)
        }
        if foundNews { next.lastNews = now }
    }

    private func usualGap(_ schedule: FeedSchedule) -> Double {
        schedule.rhythm.gap(guess: Self.pollsPerNews * policy.interval.seconds)
    }

    private func isSilent(_ schedule: FeedSchedule, now: Date) -> Bool {
        guard let since = schedule.lastNews ?? schedule.firstAnswer else { return false }
        let longest: Double
        if schedule.rhythm.updates < 1 {
            longest = Self.unknownSilence.seconds
        } else {
            longest = min(
                max(Self.silenceFactor * usualGap(schedule), Self.shortestSilence.seconds),
                Self.longestSilence.seconds)
        }
        return now.timeIntervalSince(since) > longest
    }

    private func interval(for schedule: FeedSchedule, foundNews: Bool) -> (Duration, String) {
        if let own = schedule.ownInterval {
            return (own, "every \(own.phrase), as configured for this feed")
        }
        let gap = usualGap(schedule)
        let step = schedule.interval.seconds * (foundNews ? 0.5 : Self.growth)
        let wanted =
            schedule.rhythm.watched == 0 ? policy.interval.seconds : min(gap / Self.pollsPerNews, step)
        let bounded = min(max(wanted, policy.minInterval.seconds), policy.maxInterval.seconds)
        let interval = Duration.milliseconds(Int64(bounded * 1000))
        let every = "every \(interval.phrase)"
        if schedule.rhythm.watched == 0 { return (interval, every + " until its rhythm is known") }
        let bound =
            bounded > wanted ? ", the shortest allowed" : bounded < wanted ? ", the longest allowed" : ""
        return (interval, "\(every)\(bound): it brings news about every \(Duration.seconds(gap).phrase)")
    }

    // MARK: What server and feed wish

    private func latest(_ schedule: FeedSchedule, now: Date) -> Date {
        now.addingTimeInterval(max(policy.maxInterval, schedule.ownInterval ?? .zero).seconds)
    }

    private func delayed(
        _ planned: Date, _ reason: String, _ schedule: FeedSchedule, maxAge: Duration?, now: Date
    ) -> (Date, String) {
        let latest = latest(schedule, now: now)
        var (time, reason) = (planned, reason)
        func delay(until wish: Date, _ text: String) {
            guard wish > time else { return }
            let cut = wish > latest
            time = max(time, min(wish, latest))
            reason =
                cut
                ? "\(text); asked after \(Duration.seconds(time.timeIntervalSince(now)).phrase) at the latest"
                : text
        }
        if let maxAge {
            delay(
                until: now.addingTimeInterval(maxAge.seconds),
                "the server calls its answer fresh for \(maxAge.phrase)")
        }
        if let timeToLive = schedule.timeToLive {
            delay(
                until: now.addingTimeInterval(timeToLive.seconds),
                "the feed asks to be left alone for \(timeToLive.phrase) (ttl)")
        }
        if let hour = HoursOfDay.firstAllowed(from: time, skipping: schedule.skipHours) {
            delay(until: hour, "the feed asks not to be read in this hour (skipHours)")
        }
        return (time, reason)
    }

    // MARK: Failures

    private func failed(_ next: inout FeedSchedule, _ reason: String, now: Date, jitter: Double) {
        next.failures += 1
        next.lastError = reason
        next.state = .failing
        if next.movedTo != nil, next.failures >= Self.failuresUntilMoveIsForgotten { next.movedTo = nil }
        let delay = backoff(next).delay(attempt: next.failures - 1, jitter: jitter)
        next.nextPoll = now.addingTimeInterval(delay.seconds)
        next.nextPollReason = "\(times(next.failures)): next attempt after \(delay.phrase)"
    }

    private func throttled(_ next: inout FeedSchedule, _ retryAfter: Duration?, now: Date, jitter: Double) {
        let status = next.lastStatus.map { " (HTTP \($0))" } ?? ""
        next.failures += 1
        next.lastError = "the server asks for fewer requests\(status)"
        next.state = .failing
        let backoff = backoff(next).delay(attempt: next.failures - 1, jitter: jitter)
        guard let retryAfter else {
            next.nextPoll = now.addingTimeInterval(backoff.seconds)
            next.nextPollReason =
                "the server asks for fewer requests\(status): next attempt after \(backoff.phrase)"
            return
        }
        let wait = min(max(retryAfter, .zero), PollPolicy.maxRetryAfter)
        next.notBefore = now.addingTimeInterval(wait.seconds)
        next.nextPoll = now.addingTimeInterval(max(wait, floor(next)).seconds)
        let asked = "the server asked for \(retryAfter.phrase) by Retry-After\(status)"
        next.nextPollReason = retryAfter > wait ? asked + "; \(wait.phrase) is the most it gets" : asked
    }

    private func floor(_ schedule: FeedSchedule) -> Duration {
        min(schedule.ownInterval ?? policy.minInterval, policy.minInterval)
    }

    private func backoff(_ schedule: FeedSchedule) -> Backoff {
        Backoff(
            base: schedule.ownInterval ?? policy.interval, cap: policy.maxInterval, floor: floor(schedule))
    }

    private func times(_ failures: Int) -> String {
        failures == 1 ? "failed once" : "failed \(failures) times in a row"
    }
}
