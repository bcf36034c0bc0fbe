import Foundation
import Stories
import Testing

@testable import Alerting

@Suite struct SinkPolicyTests {
    private let now = Date(timeIntervalSince1970: 1_700_000_000)

    private func development(kind: String = "removal", _ confidence: Confidence = .medium)
        -> AlertedDevelopment
    {
        AlertedDevelopment(
            id: "dev_1", entryID: "entry_1", topic: "ferry", kind: kind, headline: "It happened",
            firstPublished: now, alertedAt: now, late: false, confidence: confidence, why: "Because.",
            corroboration: 1, sources: [])
    }

    @Test func withoutKeysEverythingIsToldAtOnce() {
        let policy = SinkPolicy()
        #expect(policy.wants(development(kind: "other", .low)))
        #expect(policy.wants(.feed) && policy.wants(.service))
        #expect(policy.suffices(corroboration: 1))
        #expect(policy.reasonToFold(newest: [now, now], now: now) == nil)
        #expect(policy.release(newest: [now], now: now) == now)
    }

    @Test func kindsLeaveOutWhatTheyDoNotName() {
        var policy = SinkPolicy()
        policy.kinds = ["removal", "service"]
        #expect(policy.wants(development()))
        #expect(!policy.wants(development(kind: "return")))
        #expect(!policy.wants(.feed))
        #expect(policy.wants(.service))
    }

    @Test func everyKindOfEventCanBeNamed() {
        #expect(Set(SinkPolicy.knownKinds).count == SinkPolicy.knownKinds.count)
        #expect(Set(EventKind.allCases.map(\.rawValue)).isSubset(of: SinkPolicy.knownKinds))
    }

    @Test(arguments: Confidence.allCases) func confidenceBelowTheLeastIsLeftOut(confidence: Confidence) {
        var policy = SinkPolicy()
        policy.minConfidence = .medium
        #expect(policy.wants(development(confidence)) == (confidence != .low))
    }

    @Test func aRateHasRoomAgainWhenItsOldestAlertLeavesTheWindow() throws {
        let rate = try #require(AlertRate(count: 2, window: 60))
        let newest = [10, 40, 300].map { now.addingTimeInterval(-$0) }
        #expect(rate.nextRoom(newest: newest, now: now) == now.addingTimeInterval(20))
        #expect(rate.nextRoom(newest: newest, now: now.addingTimeInterval(20)) == nil)
        #expect(rate.nextRoom(newest: [now], now: now) == nil)
    }

    @Test func whatWasSentBeforeTheClockWasSetBackHoldsUpNothing() throws {
        let rate = try #require(AlertRate(count: 1, window: 60))
        #expect(rate.nextRoom(newest: [now.addingTimeInterval(86_400)], now: now) == nil)
    }

    @Test func anEmptyOrEndlessRateIsNone() {
        #expect(AlertRate(count: 0, window: 60) == nil)
        #expect(AlertRate(count: 1001, window: 60) == nil)
        #expect(AlertRate(count: 1, window: 0) == nil)
    }

    @Test func whatIsHeldByBothIsReleasedByTheLater() throws {
        var policy = SinkPolicy()
        policy.quietHours = QuietHours("22:00-23:00 UTC")
        policy.rate = AlertRate(count: 1, window: 86_400)
        // 2023-11-14T22:13:20Z
        #expect(policy.reasonToFold(newest: [], now: now) == .quietHours)
        #expect(policy.release(newest: [], now: now) == now.addingTimeInterval(46 * 60 + 40))
        #expect(policy.release(newest: [now], now: now) == now.addingTimeInterval(86_400))
    }

    @Test(arguments: [
        ("en", false), ("en-GB", false), ("pt_BR", false), ("de", true), ("zh-Hant", true), (nil, false),
    ]) func aGlossStandsBesideWhatReadersCannotRead(language: String?, needs: Bool) {
        var policy = SinkPolicy()
        policy.languages = ["EN", "pt"]
        #expect(policy.needsGloss(language: language) == needs)
    }
}
