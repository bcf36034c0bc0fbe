import Alerting
import Foundation
import Scheduling
import Testing

@testable import Daemon

@Suite struct FeedNoticeTests {
    private func schedule(_ body: (inout FeedSchedule) -> Void = { _ in }) -> FeedSchedule {
        var schedule = FeedSchedule(
            url: "https://example.org/feed", interval: .seconds(900),
            firstPoll: Date(timeIntervalSince1970: 0))
        schedule.state = .healthy
        body(&schedule)
        return schedule
    }

    private func event(_ before: FeedSchedule, _ after: FeedSchedule) -> FeedNotice.Event? {
        FeedNotice(before: before, after: after, name: nil)?.event
    }

    @Test func theFifthFailureInARowIsToldAndNoOther() {
        let failing = (0...8).map { count in
            schedule {
                $0.failures = count
                $0.state = count == 0 ? .healthy : .failing
            }
        }
        let told = zip(failing, failing.dropFirst()).map { event($0, $1) }
        #expect(told == [nil, nil, nil, nil, .broken, nil, nil, nil])
        #expect(event(failing[8], failing[0]) == .recovered)
        #expect(event(failing[4], failing[0]) == nil)
    }

    @Test func aFeedThatFallsSilentAndComesBackIsTold() {
        let silent = schedule { $0.state = .silent }
        #expect(event(schedule(), silent) == .silent)
        #expect(event(silent, silent) == nil)
        #expect(event(silent, schedule()) == .recovered)
    }

    @Test func aFeedThatIsGoneOrMovedIsTold() {
        #expect(event(schedule(), schedule { $0.state = .gone }) == .gone)
        let moved = schedule { $0.movedTo = "https://example.net/feed" }
        #expect(event(schedule(), moved) == .moved)
        #expect(
            FeedNotice(before: schedule(), after: moved, name: "Desk")?.movedTo == "https://example.net/feed")
        #expect(event(moved, moved) == nil)
        #expect(event(moved, schedule()) == nil)
    }
}
