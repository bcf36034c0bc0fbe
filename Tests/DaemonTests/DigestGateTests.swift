import Foundation
import Testing

@testable import Daemon

@Suite struct DigestGateTests {
    let start = Date(timeIntervalSince1970: 1_700_000_000)

    @Test func opensWhenEveryFeedWasHeard() {
        var gate = DigestGate(awaited: ["a", "b"], start: start)
        gate.heard("a")
        #expect(!gate.isOpen(now: start))
        gate.heard("b")
        #expect(gate.isOpen(now: start))
        #expect(gate.opensBy == nil)
    }

    @Test func aFeedThatNeverAnswersHoldsItUpForTwoMinutes() {
        let gate = DigestGate(awaited: ["dead"], start: start)
        #expect(!gate.isOpen(now: start.addingTimeInterval(119)))
        #expect(gate.isOpen(now: start.addingTimeInterval(120)))
        #expect(gate.opensBy == start.addingTimeInterval(120))
    }

    @Test func nothingAwaitedIsOpenAtOnce() {
        #expect(DigestGate(awaited: [], start: start).isOpen(now: start))
    }

    @Test func feedsAddedLaterAreWaitedForAnew() {
        var gate = DigestGate(awaited: [], start: start)
        gate.await(["c"], from: start.addingTimeInterval(1000))
        #expect(!gate.isOpen(now: start.addingTimeInterval(1119)))
        #expect(gate.opensBy == start.addingTimeInterval(1120))
        gate.heard("c")
        #expect(gate.isOpen(now: start.addingTimeInterval(1001)))
    }

    @Test func addingFeedsDoesNotMakeAWaitLonger() {
        var gate = DigestGate(awaited: ["a"], start: start)
        gate.await(["b"], from: start.addingTimeInterval(100))
        gate.heard("a")
        #expect(!gate.isOpen(now: start.addingTimeInterval(119)))
        #expect(gate.isOpen(now: start.addingTimeInterval(120)))
    }
}
