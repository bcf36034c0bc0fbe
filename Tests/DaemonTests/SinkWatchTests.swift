import Alerting
import Foundation
import Testing

@testable import Daemon

@Suite struct SinkWatchTests {
    private let watch = SinkWatch()
    private let now = Date(timeIntervalSince1970: 1_700_000_000)

    private func report(_ outcome: DeliveryReport.Outcome, after seconds: Double, sink: String = "hook")
        -> String?
    {
        let report = DeliveryReport(sink: sink, alert: "msg_1", outcome: outcome)
        return watch.notice(of: report, at: now + seconds)?.message
    }

    private var postponed: DeliveryReport.Outcome { .postponed(reason: "status 500", until: now) }

    @Test func aSinkIsToldOfOnceAfterFiveMinutesAndOnceWhenItWorksAgain() {
        #expect(report(postponed, after: 0) == nil)
        #expect(report(postponed, after: 299) == nil)
        #expect(
            report(postponed, after: 300)
                == "The sink hook fails (status 500); what it cannot be given is kept and tried again.")
        #expect(report(postponed, after: 600) == nil)
        #expect(report(.delivered, after: 700) == "The sink hook takes alerts again.")
        #expect(report(.delivered, after: 701) == nil)
        #expect(report(postponed, after: 800) == nil)
    }

    @Test func whatIsGivenUpIsToldAtOnce() {
        #expect(
            report(.failed(reason: "status 410"), after: 0)
                == "The sink hook fails (status 410); what it could not be given is kept: newswatch ctl alerts --failed."
        )
        #expect(report(.failed(reason: "status 410"), after: 1) == nil)
    }

    @Test func aShortOutageIsNobodysBusiness() {
        #expect(report(postponed, after: 0) == nil)
        #expect(report(.delivered, after: 100) == nil)
        #expect(report(postponed, after: 350) == nil)
    }

    @Test func sinksAreWatchedApartAndTheOutboxIsNoneOfThem() {
        #expect(report(postponed, after: 0, sink: "a") == nil)
        #expect(report(postponed, after: 400, sink: "b") == nil)
        #expect(report(.outboxUnavailable(reason: "disk full"), after: 500, sink: "b") == nil)
    }
}
