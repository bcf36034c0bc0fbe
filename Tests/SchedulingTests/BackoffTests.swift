import Scheduling
import Testing

@Suite struct BackoffTests {
    let backoff = Backoff(base: .seconds(10), cap: .seconds(3600), floor: .seconds(2))

    @Test func boundDoublesUpToTheCap() {
        #expect((0...4).map(backoff.bound(attempt:)) == [10, 20, 40, 80, 160].map { .seconds($0) })
        #expect(backoff.bound(attempt: 9) == .seconds(3600))
        #expect(backoff.bound(attempt: .max) == .seconds(3600))
    }

    @Test func jitterTakesAShareOfTheBound() {
        #expect(backoff.delay(attempt: 3, jitter: 0.5) == .seconds(40))
        #expect(backoff.delay(attempt: 3, jitter: 0.25) == .seconds(20))
    }

    @Test func noDelayIsBelowTheFloor() {
        #expect(backoff.delay(attempt: 0, jitter: 0) == .seconds(2))
        #expect(backoff.delay(attempt: 5, jitter: 0) == .seconds(2))
    }

    @Test func nonsenseIsTakenAsTheNearestEnd() {
        #expect(backoff.delay(attempt: -3, jitter: 7) == .seconds(10))
        #expect(backoff.delay(attempt: 0, jitter: .nan) == .seconds(10))
        #expect(Backoff(base: .seconds(-1), cap: .seconds(-5)).delay(attempt: 3, jitter: 0.5) == .zero)
    }
}
