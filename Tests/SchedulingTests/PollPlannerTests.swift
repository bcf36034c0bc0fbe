import Foundation
import Scheduling
import Testing

@Suite struct PollPlannerTests {
    let start = Date(timeIntervalSince1970: 1_700_000_000)  // 2023-11-14 22:13:20 UTC
    let planner = PollPlanner(policy: .standard)

    func feed(own: Duration? = nil) -> FeedSchedule {
        FeedSchedule(
            url: "https://example.org/feed", interval: .seconds(900), ownInterval: own, firstPoll: start)
    }

    func after(
        _ schedule: FeedSchedule, _ outcome: PollOutcome, status: Int? = 200, at now: Date? = nil,
        jitter: Double = 0
    ) -> FeedSchedule {
        planner.next(after: schedule, outcome: outcome, status: status, now: now ?? start, jitter: jitter)
    }

    func wait(_ schedule: FeedSchedule) -> Double? {
        schedule.nextPoll?.timeIntervalSince(schedule.lastPoll ?? start)
    }

    // MARK: Rhythm

    @Test func firstAnswerSaysNothingAboutTheRhythm() {
        let next = after(feed(), .fetched(newEntries: 30))
        #expect(next.state == .healthy)
        #expect(next.entryCount == 30)
        #expect(wait(next) == 900)
        #expect(next.nextPollReason == "every 15 min until its rhythm is known")
    }

    @Test func newsHalvesTheInterval() {
        var schedule = after(feed(), .fetched(newEntries: 30))
        schedule = after(schedule, .fetched(newEntries: 1), at: start.addingTimeInterval(900))
        #expect(wait(schedule) == 450)
        schedule = after(schedule, .fetched(newEntries: 1), at: start.addingTimeInterval(1350))
        #expect(wait(schedule) == 300)
        #expect(
            schedule.nextPollReason.hasPrefix(
                "every 5 min, the shortest allowed: it brings news about every "))
    }

    @Test func quietFeedIsAskedLessAndLessDownToOnceADay() {
        var schedule = after(feed(), .fetched(newEntries: 30))
        var now = start
        var waits: [Double] = []
        for _ in 0..<40 {
            now = schedule.nextPoll ?? now
            schedule = after(schedule, .notModified(), status: 304, at: now)
            waits.append(wait(schedule) ?? 0)
        }
        #expect(waits == waits.sorted())
        #expect(waits.first.map { $0 > 900 && $0 < 1350 } == true)
        #expect(waits.last == 86_400)
        #expect(
            schedule.nextPollReason.hasPrefix("every 24 h, the longest allowed: it brings news about every "))
    }

    @Test func intervalGrowsByHalfAtMost() {
        var schedule = after(feed(), .fetched(newEntries: 1))
        schedule.interval = .seconds(600)
        schedule.rhythm.observe(elapsed: 864_000, foundNews: false)
        let next = after(schedule, .notModified(), status: 304, at: start.addingTimeInterval(600))
        #expect(wait(next) == 900)
    }

    @Test func feedIsAskedFourTimesPerPieceOfNews() {
        var schedule = after(feed(), .fetched(newEntries: 1))
        for _ in 0..<300 { schedule.rhythm.observe(elapsed: 14_400, foundNews: true) }
        schedule.interval = .seconds(86_400)
        let next = after(schedule, .notModified(), status: 304, at: start.addingTimeInterval(3600))
        #expect(wait(next).map { abs($0 - 3600) < 60 } == true)
        #expect(next.nextPollReason == "every 60 min: it brings news about every 4 h")
    }

    @Test func ownIntervalIsKeptAsItIs() {
        var schedule = after(feed(own: .seconds(1)), .fetched(newEntries: 5))
        #expect(wait(schedule) == 1)
        for hour in 1...50 {
            schedule = after(
                schedule, .notModified(), status: 304, at: start.addingTimeInterval(Double(hour) * 3600))
        }
        #expect(wait(schedule) == 1)
        #expect(schedule.nextPollReason == "every 1 s, as configured for this feed")
    }

    @Test func jitterAddsUpToATenth() {
        #expect(wait(after(feed(), .fetched(newEntries: 1), jitter: 0.5)) == 945)
        #expect(wait(after(feed(), .fetched(newEntries: 1), jitter: .nan)) == 900)
        let daily = after(feed(own: .seconds(86_400)), .fetched(newEntries: 1), jitter: 0.9)
        #expect(wait(daily) == 86_400)
    }

    // MARK: Wishes

    @Test func maxAgeDelays() {
        let next = after(feed(), .fetched(newEntries: 1, hints: .init(maxAge: .seconds(3600))))
        #expect(wait(next) == 3600)
        #expect(next.nextPollReason == "the server calls its answer fresh for 60 min")
        #expect(wait(after(feed(), .fetched(newEntries: 1, hints: .init(maxAge: .seconds(60))))) == 900)
    }

    @Test func wishesDelayNoFurtherThanTheLongestInterval() {
        let next = after(feed(), .fetched(newEntries: 1, hints: .init(maxAge: .seconds(31_536_000))))
        #expect(wait(next) == 86_400)
        #expect(
            next.nextPollReason
                == "the server calls its answer fresh for 365 days; asked after 24 h at the latest")
    }

    @Test func timeToLiveIsRememberedWhileNothingChanges() {
        var schedule = after(feed(), .fetched(newEntries: 1, hints: .init(timeToLive: .seconds(7200))))
        #expect(wait(schedule) == 7200)
        schedule = after(schedule, .notModified(), status: 304, at: start.addingTimeInterval(7200))
        #expect(wait(schedule) == 7200)
        #expect(schedule.nextPollReason == "the feed asks to be left alone for 2 h (ttl)")
        schedule = after(schedule, .fetched(newEntries: 0), at: start.addingTimeInterval(14_400))
        #expect(schedule.timeToLive == nil)
    }

    @Test func skippedHoursAreSkipped() {
        let next = after(feed(), .fetched(newEntries: 1, hints: .init(skipHours: [22, 23, 0, 5])))
        // 22:28:20 lies in hour 22; the first hour that is allowed is 01:00.
        #expect(next.nextPoll == Date(timeIntervalSince1970: 1_700_010_000))
        #expect(next.nextPollReason == "the feed asks not to be read in this hour (skipHours)")
    }

    @Test func feedThatSkipsEveryHourIsAskedAllTheSame() {
        let next = after(feed(), .fetched(newEntries: 1, hints: .init(skipHours: Set(0..<24))))
        #expect(wait(next) == 900)
    }

    // MARK: Failures

    @Test func failuresBackOffWithFullJitter() {
        var schedule = after(feed(), .failed("HTTP 500"), status: 500, jitter: 0.999)
        #expect(schedule.state == .failing)
        #expect(schedule.failures == 1)
        #expect(schedule.lastStatus == 500)
        #expect(schedule.lastError == "HTTP 500")
        #expect(wait(schedule).map { abs($0 - 899.1) < 0.01 } == true)
        #expect(schedule.nextPollReason == "failed once: next attempt after 15 min")
        schedule = after(schedule, .failed("no connection"), status: nil, jitter: 0.5)
        #expect(wait(schedule) == 900)
        #expect(schedule.lastStatus == 500)
        schedule = after(schedule, .failed("no connection"), status: nil, jitter: 0)
        #expect(wait(schedule) == 300)
        #expect(schedule.nextPollReason == "failed 3 times in a row: next attempt after 5 min")
        for _ in 0..<100 { schedule = after(schedule, .failed("no connection"), status: nil, jitter: 1) }
        #expect(wait(schedule) == 86_400)
    }

    @Test func goodAnswerEndsFailure() {
        let failing = after(feed(), .failed("HTTP 500"), status: 500)
        let next = after(failing, .notModified(), status: 304, at: start.addingTimeInterval(900))
        #expect(next.state == .healthy)
        #expect(next.failures == 0)
        #expect(next.lastError == nil)
        #expect(next.lastStatus == 304)
    }

    @Test func incompleteDocumentIsAFailureThatCountsItsEntries() {
        let next = after(feed(), .incomplete(newEntries: 7, reason: "the answer ends before its end"))
        #expect(next.state == .failing)
        #expect(next.entryCount == 7)
        #expect(next.lastError == "the answer ends before its end")
    }

    @Test func retryAfterIsObeyedBeyondTheLongestInterval() {
        let next = after(feed(), .throttled(retryAfter: .days(3)), status: 429)
        #expect(wait(next) == 259_200)
        #expect(next.notBefore == next.nextPoll)
        #expect(next.state == .failing)
        #expect(next.nextPollReason == "the server asked for 3 days by Retry-After (HTTP 429)")
    }

    @Test func retryAfterIsObeyedForAWeekAtMost() {
        let next = after(feed(), .throttled(retryAfter: .days(365)), status: 503)
        #expect(wait(next) == 604_800)
        #expect(next.nextPollReason.hasSuffix("; 7 days is the most it gets"))
    }

    @Test func shortRetryAfterDoesNotHurry() {
        let next = after(feed(), .throttled(retryAfter: .zero), status: 429)
        #expect(wait(next) == 300)
    }

    @Test func throttlingWithoutATimeBacksOff() {
        let next = after(feed(), .throttled(retryAfter: nil), status: 429, jitter: 0.5)
        #expect(wait(next) == 450)
        #expect(next.notBefore == nil)
    }

    @Test func goneFeedIsNotAskedAgain() {
        let next = after(feed(), .gone, status: 410)
        #expect(next.state == .gone)
        #expect(next.nextPoll == nil)
        #expect(next.nextPollReason.contains("410"))
        let back = after(next, .fetched(newEntries: 1), at: start.addingTimeInterval(86_400))
        #expect(back.state == .healthy)
        #expect(back.nextPoll != nil)
    }

    @Test func moveIsForgottenWhenTheNewAddressKeepsFailing() {
        var schedule = after(
            feed(), .fetched(newEntries: 1, hints: .init(movedTo: "https://new.example/feed")))
        #expect(schedule.address == "https://new.example/feed")
        for _ in 0..<2 { schedule = after(schedule, .failed("HTTP 404"), status: 404) }
        #expect(schedule.host == "new.example")
        schedule = after(schedule, .failed("HTTP 404"), status: 404)
        #expect(schedule.address == "https://example.org/feed")
    }

    // MARK: Silence

    @Test func feedThatStopsIsSilentAfterTwentyOfItsGaps() {
        var schedule = after(feed(), .fetched(newEntries: 10))
        var now = start
        for _ in 0..<200 {
            now += 3600
            schedule = after(schedule, .fetched(newEntries: 1), at: now)
        }
        schedule = after(schedule, .notModified(), status: 304, at: now.addingTimeInterval(6 * 86_400))
        #expect(schedule.state == .healthy)
        schedule = after(schedule, .notModified(), status: 304, at: now.addingTimeInterval(8 * 86_400))
        #expect(schedule.state == .silent)
        schedule = after(schedule, .fetched(newEntries: 1), at: now.addingTimeInterval(9 * 86_400))
        #expect(schedule.state == .healthy)
    }

    @Test func feedThatNeverBroughtNewsIsSilentAfterAMonth() {
        var schedule = after(feed(), .fetched(newEntries: 10))
        schedule = after(schedule, .notModified(), status: 304, at: start.addingTimeInterval(29 * 86_400))
        #expect(schedule.state == .healthy)
        schedule = after(schedule, .notModified(), status: 304, at: start.addingTimeInterval(31 * 86_400))
        #expect(schedule.state == .silent)
    }
}
