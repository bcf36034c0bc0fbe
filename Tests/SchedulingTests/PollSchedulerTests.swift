import Foundation
import Scheduling
import Testing

@Suite struct PollSchedulerTests {
    let start = Date(timeIntervalSince1970: 1_700_000_000)

    func at(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }

    func scheduler(_ urls: [String], gap: Duration = .seconds(1), concurrency: Int = 64) -> PollScheduler {
        var scheduler = PollScheduler(policy: PollPolicy(hostGap: gap, concurrency: concurrency))
        for url in urls { scheduler.add(url: url, now: start) }
        return scheduler
    }

    let three = ["http://a.example/1", "http://b.example/1", "http://c.example/1"]
    let oneHost = ["http://a.example/1", "http://A.example:8080/2", "https://a.example/3"]

    // MARK: Giving out

    @Test func newFeedsAreDueAtOnceInOrder() {
        var scheduler = scheduler(three)
        #expect(scheduler.count(of: .new) == 3)
        #expect(scheduler.due(now: start) == three)
        #expect(scheduler.due(now: start) == [])
        #expect(scheduler.inFlight == 3)
    }

    @Test func onlyAsManyAsConcurrencyAllows() {
        var scheduler = scheduler(three, concurrency: 2)
        #expect(scheduler.due(now: start) == Array(three[..<2]))
        #expect(scheduler.nextWake == nil)
        #expect(scheduler.waiting == 1)
        scheduler.finished(three[1], .notModified(), now: at(1), jitter: 0)
        #expect(scheduler.nextWake == .distantPast)
        #expect(scheduler.due(now: at(1)) == [three[2]])
    }

    @Test func finishedFeedIsDueAtItsNextPoll() {
        var scheduler = scheduler([three[0]])
        _ = scheduler.due(now: start)
        scheduler.finished(three[0], .fetched(newEntries: 3), status: 200, now: at(2), jitter: 0)
        #expect(scheduler.nextWake == at(902))
        #expect(scheduler.due(now: at(901)) == [])
        #expect(scheduler.due(now: at(902)) == [three[0]])
        #expect(scheduler.count(of: .healthy) == 1)
        #expect(scheduler.schedule(of: three[0])?.lastStatus == 200)
    }

    @Test func statesAddUp() {
        var scheduler = scheduler(three)
        _ = scheduler.due(now: start)
        scheduler.finished(three[0], .fetched(newEntries: 3), now: start, jitter: 0)
        scheduler.finished(three[1], .gone, status: 410, now: start, jitter: 0)
        #expect(FeedState.allCases.map(scheduler.count(of:)) == [1, 1, 0, 0, 1])
        scheduler.remove(three[1])
        #expect(FeedState.allCases.map(scheduler.count(of:)).reduce(0, +) == scheduler.count)
    }

    @Test func aFeedInTheSlotOfARemovedOneKeepsItsOwnTime() {
        var scheduler = scheduler([three[0]])
        _ = scheduler.due(now: start)
        scheduler.finished(three[0], .notModified(), now: start, jitter: 0)
        scheduler.remove(three[0])
        scheduler.add(url: three[1], now: at(500))
        _ = scheduler.due(now: at(500))
        scheduler.finished(three[1], .notModified(), now: at(500), jitter: 0)
        // The removed feed would have been due at 900.
        #expect(scheduler.due(now: at(1399)) == [])
        #expect(scheduler.due(now: at(1400)) == [three[1]])
    }

    // MARK: Hosts

    @Test func oneRequestPerHostWhateverItsPort() {
        var scheduler = scheduler(oneHost)
        #expect(scheduler.due(now: start) == [oneHost[0]])
        #expect(scheduler.due(now: at(100)) == [])
        #expect(scheduler.waiting == 2)
        #expect(scheduler.feedsSharingHost(with: oneHost[1]) == 3)
    }

    @Test func gapCountsFromTheEndOfTheLastRequest() {
        var scheduler = scheduler(oneHost)
        _ = scheduler.due(now: start)
        scheduler.finished(oneHost[0], .notModified(), now: at(10), jitter: 0)
        #expect(scheduler.due(now: at(10.9)) == [])
        #expect(scheduler.nextWake == at(11))
        #expect(scheduler.due(now: at(11)) == [oneHost[1]])
    }

    @Test func noGapIsAllowed() {
        var scheduler = scheduler(oneHost, gap: .zero)
        for url in oneHost {
            #expect(scheduler.due(now: start) == [url])
            scheduler.finished(url, .notModified(), now: start, jitter: 0)
        }
    }

    @Test func throttlingHostGetsTwiceTheGap() {
        var scheduler = scheduler(oneHost)
        _ = scheduler.due(now: start)
        scheduler.finished(
            oneHost[0], .throttled(retryAfter: .seconds(60)), status: 429, now: start, jitter: 0)
        #expect(scheduler.due(now: at(1)) == [])
        #expect(scheduler.due(now: at(2)) == [oneHost[1]])
        scheduler.finished(oneHost[1], .notModified(), now: at(2), jitter: 0)
        #expect(scheduler.due(now: at(3)) == [oneHost[2]])
    }

    @Test func slowHostHoldsUpNoOther() {
        var scheduler = scheduler(oneHost + [three[1]], concurrency: 2)
        #expect(scheduler.due(now: start) == [oneHost[0], three[1]])
    }

    @Test func feedThatMovedWaitsForItsNewHost() {
        var scheduler = scheduler([three[0], three[1]])
        _ = scheduler.due(now: start)
        let moved = PollHints(movedTo: "http://b.example/moved")
        scheduler.finished(three[0], .fetched(newEntries: 1, hints: moved), now: start, jitter: 0)
        scheduler.request(three[0], now: at(1))
        #expect(scheduler.due(now: at(5)) == [])
        scheduler.finished(three[1], .notModified(), now: at(5), jitter: 0)
        #expect(scheduler.due(now: at(6)) == [three[0]])
        #expect(scheduler.feedsSharingHost(with: three[1]) == 2)
    }

    // MARK: By hand

    @Test func requestIgnoresTheInterval() {
        var scheduler = scheduler([three[0]])
        _ = scheduler.due(now: start)
        scheduler.finished(three[0], .notModified(), now: start, jitter: 0)
        #expect(scheduler.request(three[0], now: at(5))?.requested == 1)
        #expect(scheduler.schedule(of: three[0])?.nextPollReason == "asked for by ctl poll")
        #expect(scheduler.due(now: at(5)) == [three[0]])
        #expect(scheduler.due(now: at(1000)) == [])
    }

    @Test func requestNeverIgnoresRetryAfter() {
        var scheduler = scheduler([three[0]])
        _ = scheduler.due(now: start)
        scheduler.finished(
            three[0], .throttled(retryAfter: .seconds(3600)), status: 429, now: start, jitter: 0)
        let receipt = scheduler.request(now: at(5))
        #expect(receipt?.requested == 0)
        #expect(receipt?.deferred.map(\.until) == [at(3600)])
        #expect(scheduler.due(now: at(3599)) == [])
        #expect(scheduler.request(three[0], now: at(3600))?.requested == 1)
        #expect(scheduler.due(now: at(3600)) == [three[0]])
    }

    @Test func requestNeverIgnoresTheHostsGap() {
        var scheduler = scheduler([three[0]])
        _ = scheduler.due(now: start)
        scheduler.finished(three[0], .notModified(), now: start, jitter: 0)
        scheduler.request(three[0], now: at(0.1))
        #expect(scheduler.due(now: at(0.5)) == [])
        #expect(scheduler.due(now: at(1)) == [three[0]])
    }

    @Test func requestDuringARequestAsksAgainAfterIt() {
        var scheduler = scheduler([three[0]])
        _ = scheduler.due(now: start)
        scheduler.request(three[0], now: start)
        #expect(scheduler.due(now: at(5)) == [])
        scheduler.finished(three[0], .notModified(), now: at(6), jitter: 0)
        #expect(scheduler.due(now: at(7)) == [three[0]])
        scheduler.finished(three[0], .notModified(), now: at(8), jitter: 0)
        #expect(scheduler.due(now: at(60)) == [])
    }

    @Test func requestForAllLeavesOutGoneFeeds() {
        var scheduler = scheduler([three[0], three[1]])
        _ = scheduler.due(now: start)
        scheduler.finished(three[0], .gone, status: 410, now: start, jitter: 0)
        scheduler.finished(three[1], .notModified(), now: start, jitter: 0)
        #expect(scheduler.request(now: at(10))?.requested == 1)
        #expect(scheduler.due(now: at(10)) == [three[1]])
        #expect(scheduler.request(three[0], now: at(10))?.requested == 1)
        #expect(scheduler.due(now: at(10)) == [three[0]])
    }

    @Test func requestForAnUnknownFeedIsToldSo() {
        var scheduler = scheduler(three)
        #expect(scheduler.request("http://nowhere.example/", now: start) == nil)
    }

    @Test func pauseGivesOutNothingAndForgetsNothing() {
        var scheduler = scheduler(three)
        scheduler.pause()
        #expect(scheduler.due(now: start) == [])
        #expect(scheduler.nextWake == nil)
        for _ in 0..<3 { #expect(scheduler.request(three[2], now: start)?.requested == 1) }
        #expect(scheduler.due(now: at(1)) == [])
        scheduler.resume()
        #expect(Set(scheduler.due(now: at(2))) == Set(three))
    }

    // MARK: Coming and going

    @Test func feedRemovedInFlightKeepsItsHostUntilItsEnd() {
        var scheduler = scheduler(oneHost)
        _ = scheduler.due(now: start)
        scheduler.remove(oneHost[0])
        #expect(scheduler.count == 2)
        #expect(scheduler.due(now: at(5)) == [])
        #expect(scheduler.finished(oneHost[0], .notModified(), now: at(5), jitter: 0) == nil)
        #expect(scheduler.inFlight == 0)
        #expect(scheduler.due(now: at(6)) == [oneHost[1]])
    }

    @Test func feedRemovedWhileItWaitsIsNotGivenOut() {
        var scheduler = scheduler(oneHost)
        _ = scheduler.due(now: start)
        scheduler.remove(oneHost[1])
        scheduler.add(url: "http://d.example/", now: start)
        #expect(scheduler.due(now: start) == ["http://d.example/"])
        scheduler.finished(oneHost[0], .notModified(), now: start, jitter: 0)
        #expect(scheduler.due(now: at(1)) == [oneHost[2]])
    }

    @Test func abandonedFeedIsDueAgain() {
        var scheduler = scheduler([three[0]])
        _ = scheduler.due(now: start)
        scheduler.abandoned(three[0], now: at(3))
        #expect(scheduler.schedule(of: three[0])?.state == .new)
        #expect(scheduler.due(now: at(4)) == [three[0]])
    }

    @Test func restoredFeedKeepsItsPlan() {
        var first = scheduler([three[0]])
        _ = first.due(now: start)
        let schedule = first.finished(
            three[0], .throttled(retryAfter: .days(2)), status: 429, now: start, jitter: 0)
        var second = scheduler([])
        if let schedule { second.add(schedule) }
        #expect(second.due(now: at(86_400)) == [])
        #expect(second.due(now: at(2 * 86_400)) == [three[0]])
    }

    @Test func restoredFeedObeysTodaysLongestInterval() {
        var schedule = FeedSchedule(url: three[0], interval: .seconds(900), firstPoll: start)
        schedule.lastPoll = start
        schedule.nextPoll = at(86_400)
        var scheduler = PollScheduler(policy: PollPolicy(maxInterval: .seconds(3600)))
        scheduler.add(schedule)
        #expect(scheduler.nextWake == at(3600))
        scheduler.setOwnInterval(.seconds(10), of: three[0])
        #expect(scheduler.count == 1)
        #expect(scheduler.due(now: at(10)) == [three[0]])
    }

    // MARK: Size

    @Test func aHundredThousandFeedsAreAskedOnceEachPerRound() {
        let urls = (0..<100_000).map { "http://host\($0 / 2).example/\($0)" }
        var scheduler = scheduler(urls, concurrency: 1000)
        var now = start
        var asked: Set<String> = []
        while asked.count < urls.count {
            let due = scheduler.due(now: now)
            #expect(due.count <= 1000)
            if due.isEmpty { now = scheduler.nextWake.map { max($0, now) } ?? now + 1 }
            for url in due {
                #expect(asked.insert(url).inserted)
                scheduler.finished(url, .notModified(), now: now, jitter: 0)
            }
            if now > at(800) { break }
        }
        #expect(asked.count == urls.count)
        #expect(scheduler.inFlight == 0)
        #expect(scheduler.waiting == 0)
    }

    // MARK: Another configuration

    @Test func aShorterLongestIntervalBringsRestingFeedsForward() {
        var scheduler = scheduler([three[0]])
        _ = scheduler.due(now: start)
        scheduler.finished(three[0], .fetched(newEntries: 3), now: start, jitter: 0)
        #expect(scheduler.nextWake == at(900))
        scheduler.setPolicy(
            PollPolicy(
                interval: .seconds(60), minInterval: .seconds(10), maxInterval: .seconds(120), concurrency: 5)
        )
        #expect(scheduler.due(now: at(119)) == [])
        #expect(scheduler.due(now: at(120)) == [three[0]])
        #expect(scheduler.policy.concurrency == 5)
    }

    @Test func anIntervalOfItsOwnHoldsAtOnce() {
        var scheduler = scheduler([three[0], three[1]])
        _ = scheduler.due(now: start)
        scheduler.finished(three[0], .fetched(newEntries: 3), now: start, jitter: 0)
        scheduler.setOwnInterval(.seconds(30), of: three[0])
        scheduler.setOwnInterval(.seconds(40), of: three[1])
        #expect(scheduler.schedule(of: three[0])?.nextPollReason == "every 30 s, as configured now")
        #expect(scheduler.due(now: at(30)) == [three[0]])
        // In flight at the change, it is planned by the new value.
        scheduler.finished(three[1], .notModified(), now: at(31), jitter: 0)
        #expect(scheduler.schedule(of: three[1])?.nextPoll == at(71))
    }

    /// What the server wished for holds, as long as the policy allows it: reading the same file again is no reason
    /// to be impolite.
    @Test func theSameConfigurationAgainChangesNoPlan() {
        var scheduler = scheduler([])
        scheduler.add(url: three[0], ownInterval: .seconds(60), now: start)
        _ = scheduler.due(now: start)
        let fresh = PollHints(maxAge: .seconds(3600))
        scheduler.finished(three[0], .fetched(newEntries: 1, hints: fresh), now: start, jitter: 0)
        let planned = scheduler.schedule(of: three[0])
        #expect(planned?.nextPoll == at(3600))
        scheduler.setPolicy(scheduler.policy)
        scheduler.setOwnInterval(.seconds(60), of: three[0])
        #expect(scheduler.schedule(of: three[0]) == planned)
        scheduler.add(planned ?? FeedSchedule(url: "", interval: .zero, firstPoll: start))
        #expect(scheduler.schedule(of: three[0]) == planned)
    }

    @Test func retryAfterOutlivesAChangeOfConfiguration() {
        var scheduler = scheduler([three[0]])
        _ = scheduler.due(now: start)
        scheduler.finished(
            three[0], .throttled(retryAfter: .seconds(7200)), status: 429, now: start, jitter: 0)
        scheduler.setPolicy(
            PollPolicy(interval: .seconds(10), minInterval: .seconds(1), maxInterval: .seconds(10)))
        scheduler.setOwnInterval(.seconds(1), of: three[0])
        #expect(scheduler.due(now: at(7199)) == [])
        #expect(scheduler.due(now: at(7200)) == [three[0]])
    }
}
