import Foundation
import Synchronization
import Testing

@testable import Scheduling

@Suite(.timeLimit(.minutes(5))) struct SystemTimeTests {
    private let time = SystemTime()

    @Test func aSleepEndsInItsTimeThoughTheClockIsSetBackADay() async throws {
        let start = Date()
        // The first look at the clock plans the sleep; from the second on it shows yesterday.
        let looks = Mutex(0)
        let time = SystemTime(wall: {
            looks.withLock { looks in
                looks += 1
                return looks == 1 ? start : start - 86_400
            }
        })
        try await time.sleep(until: start + 0.02)
        #expect(time.now() < start)
    }

    @Test func whatThePastHoldsIsNotWaitedFor() async throws {
        try await time.sleep(until: time.now() - 86_400)
    }

    @Test func aSleepWithoutEndIsCancelled() async throws {
        let sleep = Task { [time] in try await time.sleep(until: .distantFuture) }
        sleep.cancel()
        await #expect(throws: CancellationError.self) { try await sleep.value }
    }
}
