import Foundation
import Testing

@testable import Daemon

@Suite struct StorageHealthTests {
    private let start = Date(timeIntervalSince1970: 1_700_000_000)
    private let health = StorageHealth()

    private func at(_ seconds: TimeInterval) -> Date { start.addingTimeInterval(seconds) }

    @Test func theFirstFailureIsNewsAndTheOthersOfItsTryAreNot() {
        #expect(health.failed("full", now: start))
        #expect(!health.failed("full", now: at(1)))
        #expect(health.trouble == .init(since: start, reason: "full", nextTry: at(5)))
    }

    @Test func triesComeLessOftenUntilOneEveryMinute() {
        var now = start
        var waits: [TimeInterval] = []
        for _ in 0..<7 {
            _ = health.failed("full", now: now)
            let next = health.trouble?.nextTry ?? now
            waits.append(next.timeIntervalSince(now))
            now = next
        }
        #expect(waits == [5, 10, 20, 40, 60, 60, 60])
        #expect(health.trouble?.since == start)
    }

    @Test func aDatabaseThatTakesATrifleAndNoDocumentIsNotTriedEveryFiveSeconds() {
        _ = health.failed("full", now: start)
        #expect(health.recovered()?.reason == "full")
        #expect(health.trouble == nil)
        _ = health.failed("full", now: at(5))
        #expect(health.trouble?.nextTry == at(15))
        _ = health.recovered()
        health.stored()
        _ = health.failed("full", now: at(100))
        #expect(health.trouble?.nextTry == at(105))
    }
}
