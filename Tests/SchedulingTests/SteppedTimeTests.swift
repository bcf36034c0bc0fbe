import Foundation
import Scheduling
import Synchronization
import Testing

@Suite struct SteppedTimeTests {
    let start = Date(timeIntervalSince1970: 1_700_000_000)

    @Test func sleeperWakesWhenItsDeadlineHasCome() async throws {
        let time = SteppedTime(start)
        async let slept: Void = time.sleep(until: start.addingTimeInterval(60))
        while time.nextDeadline == nil { await Task.yield() }
        #expect(time.nextDeadline == start.addingTimeInterval(60))
        time.advance(by: .seconds(59))
        #expect(time.nextDeadline != nil)
        time.advance(by: .seconds(1))
        try await slept
        #expect(time.nextDeadline == nil)
        #expect(time.now() == start.addingTimeInterval(60))
    }

    @Test func aClockThatIsSetBackIsNoticedAndSleepersSleepAsLongAsBefore() async throws {
        let time = SteppedTime(start)
        var watch = ClockWatch(time)
        async let slept: Void = time.sleep(until: start.addingTimeInterval(60))
        while time.nextDeadline == nil { await Task.yield() }
        time.advance(by: .seconds(50))
        #expect(watch.look(at: time).setBack == 0)
        time.turnBack(by: .seconds(3600))
        time.advance(by: .seconds(10))
        try await slept
        let (now, setBack) = watch.look(at: time)
        #expect(now == start.addingTimeInterval(60 - 3600))
        #expect(setBack == 3600)
        #expect(watch.look(at: time).setBack == 0)
    }

    @Test func pastDeadlineDoesNotSleep() async throws {
        let time = SteppedTime(start)
        try await time.sleep(until: start)
        try await time.sleep(until: start.addingTimeInterval(-5))
    }

    @Test func clockNeverGoesBack() {
        let time = SteppedTime(start)
        time.advance(to: start.addingTimeInterval(-100))
        #expect(time.now() == start)
    }

    @Test func cancelledSleeperThrows() async {
        let time = SteppedTime(start)
        let sleeper = Task { try await time.sleep(until: .distantFuture) }
        while time.nextDeadline == nil { await Task.yield() }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        #expect(time.nextDeadline == nil)
    }

    @Test func sleeperCancelledBeforehandThrows() async {
        let time = SteppedTime(start)
        let sleeper = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await time.sleep(until: .distantFuture)
        }
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }
}
