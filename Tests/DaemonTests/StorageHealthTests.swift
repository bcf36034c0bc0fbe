import Alerting
import Foundation
import Synchronization
import Testing

@testable import Daemon

@Suite struct StorageHealthTests {
    private let start = Date(timeIntervalSince1970: 1_700_000_000)
    private let told = Told()
    private let health: StorageHealth

    /// What an operator is told.
    private final class Told: Sendable {
        let notices = Mutex<[ServiceNotice]>([])
    }

    init() {
        health = StorageHealth(
            path: "news.db", tell: { [told] notice in told.notices.withLock { $0.append(notice) } })
    }

    private func at(_ seconds: TimeInterval) -> Date { start.addingTimeInterval(seconds) }

    @Test func theFirstFailureIsNewsAndTheOthersOfItsTryAreNot() {
        #expect(health.failed("full", now: start))
        #expect(!health.failed("full", now: at(1)))
        #expect(health.trouble == .init(since: start, reason: "full", nextTry: at(5)))
    }

    @Test func theBeginningAndTheEndAreTold() {
        _ = health.failed("full", now: start)
        _ = health.failed("full", now: at(5))
        _ = health.recovered(now: at(60))
        let notices = told.notices.withLock { $0 }
        #expect(notices.map(\.state) == [.failing, .recovered])
        #expect(notices.last?.message.contains("2023-11-14T22:13:20Z to 2023-11-14T22:14:20Z") == true)
    }

    @Test func aDamagedFileIsNotWrittenToAgain() {
        _ = health.failed("damaged", isLasting: true, now: start)
        #expect(health.trouble?.isDue(now: at(1e9)) == false)
    }

    @Test func aClockThatIsSetBackDelaysNoTry() {
        _ = health.failed("full", now: start)
        #expect(health.trouble?.isDue(now: at(4)) == false)
        #expect(health.trouble?.isDue(now: at(-86_400)) == true)
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
        #expect(health.recovered(now: at(5)))
        #expect(!health.recovered(now: at(5)))
        #expect(health.trouble == nil)
        _ = health.failed("full", now: at(5))
        #expect(health.trouble?.nextTry == at(15))
        _ = health.recovered(now: at(15))
        health.stored()
        _ = health.failed("full", now: at(100))
        #expect(health.trouble?.nextTry == at(105))
    }
}
