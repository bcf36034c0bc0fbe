import Foundation
import Storage
import Stories
import Testing

@Suite struct OutboxTests {
    let store: NewsStore
    let now = Sample.start

    init() throws { store = try NewsStore(path: nil) }

    private func due(_ sink: String, limit: Int = 10, at time: Date? = nil) throws -> [String] {
        try store.dueDeliveries(sink: sink, now: time ?? now, limit: limit).map(\.alertID)
    }

    @Test func sinksGetAlertsInTheOrderOfTheOutbox() throws {
        for id in ["msg_c", "msg_a", "msg_b"] {
            try store.enqueue(Sample.alert(id), sinks: ["desk", "file"])
        }
        #expect(try due("desk") == ["msg_c", "msg_a", "msg_b"])
        #expect(try due("file", limit: 2) == ["msg_c", "msg_a"])
        #expect(try due("unknown").isEmpty)
    }

    @Test func sameAlertAgainIsNotSentAgain() throws {
        try store.enqueue(Sample.alert("msg_1"), sinks: ["desk"])
        var again = Sample.alert("msg_1")
        again.payload = "{}"
        try store.enqueue(again, sinks: ["desk"])
        let deliveries = try store.deliveries()
        #expect(deliveries.map(\.payload) == [Sample.alert("msg_1").payload])
        try store.markDelivered(alert: "msg_1", sink: "desk", at: now)
        try store.enqueue(again, sinks: ["desk"])
        #expect(try store.counts().pendingDeliveries == 0)
    }

    @Test func deadSinkHoldsUpNoOther() throws {
        for id in ["msg_1", "msg_2"] { try store.enqueue(Sample.alert(id), sinks: ["dead", "live"]) }
        try store.markFailed(
            alert: "msg_1", sink: "dead", error: "refused", nextAttempt: now.addingTimeInterval(60))
        try store.markDelivered(alert: "msg_1", sink: "live", at: now)
        #expect(try due("live") == ["msg_2"])
        #expect(try due("dead") == ["msg_2"])
        #expect(try store.counts().pendingDeliveries == 3)
    }

    @Test func whatFollowsWaitsUntilWhatItFollowsIsThroughOrGivenUp() throws {
        let development = DevelopmentID(rawValue: "dev_1")
        try store.open(development)
        try store.ingest { transaction in
            try transaction.enqueue(
                Sample.alert("msg_new", developments: ["dev_1"]), sinks: ["dead", "live"])
            try transaction.enqueue(
                Sample.alert("msg_update"), sinks: ["dead", "live"], following: development)
            try transaction.enqueue(
                Sample.alert("msg_correction"), sinks: ["dead", "live"], following: development)
            try transaction.enqueue(Sample.alert("msg_other"), sinks: ["dead"])
        }
        #expect(try due("live") == ["msg_new"])
        try store.markDelivered(alert: "msg_new", sink: "live", at: now)
        #expect(try due("live") == ["msg_update"])
        try store.markDelivered(alert: "msg_update", sink: "live", at: now)
        #expect(try due("live") == ["msg_correction"])

        let later = now.addingTimeInterval(300)
        try store.markFailed(alert: "msg_new", sink: "dead", error: "status 500", nextAttempt: later)
        #expect(try due("dead") == ["msg_other"])
        try store.markDelivered(alert: "msg_other", sink: "dead", at: now)
        #expect(try store.nextDelivery(sink: "dead") == later)
        try store.markFailed(alert: "msg_new", sink: "dead", error: "status 500", nextAttempt: nil)
        #expect(try due("dead") == ["msg_update"])
    }

    @Test func whatFollowsKnowsWhatTheSinkCallsThatWhichItFollows() throws {
        let development = DevelopmentID(rawValue: "dev_1")
        try store.open(development)
        try store.enqueue(Sample.alert("msg_new", developments: ["dev_1"]), sinks: ["room", "log"])
        try store.markDelivered(alert: "msg_new", sink: "room", receipt: "$one", at: now)
        try store.markDelivered(alert: "msg_new", sink: "log", at: now)
        try store.ingest {
            try $0.enqueue(Sample.alert("msg_update"), sinks: ["room", "log"], following: development)
        }
        #expect(try store.dueDeliveries(sink: "room", now: now, limit: 9).map(\.precedent) == ["$one"])
        #expect(try store.dueDeliveries(sink: "log", now: now, limit: 9).map(\.precedent) == [nil])
    }

    @Test func onlyWhatWasDeliveredIsRepeated() throws {
        try store.enqueue(Sample.alert("msg_1"), sinks: ["desk"])
        try store.markFailed(alert: "msg_1", sink: "desk", error: "gone", nextAttempt: nil)
        _ = try store.redeliver(alert: "msg_1", sinks: ["desk"], now: now)
        #expect(try store.deliveries().map(\.isRepeated) == [false])
        try store.markDelivered(alert: "msg_1", sink: "desk", at: now)
        _ = try store.redeliver(alert: "msg_1", sinks: ["desk"], now: now)
        #expect(try store.deliveries().map(\.isRepeated) == [true])
    }

    @Test func anAlertToldLaterSaysWhatIsKnownThen() throws {
        try store.enqueue(Sample.alert("msg_1"), sinks: ["early"])
        var later = Sample.alert("msg_1")
        later.payload = #"{"later":true}"#
        try store.enqueue(later, sinks: ["late"])
        let payloads = try Dictionary(uniqueKeysWithValues: store.deliveries().map { ($0.sink, $0.payload) })
        #expect(payloads == ["early": Sample.alert("msg_1").payload, "late": later.payload])
    }

    @Test func whoWasToldIsKnownByTheAlertThatToldIt() throws {
        let development = DevelopmentID(rawValue: "dev_1")
        try store.open(development)
        try store.enqueue(Sample.alert("msg_1", developments: ["dev_1"]), sinks: ["desk"])
        try store.enqueue(Sample.alert("msg_2", developments: ["dev_1"]), sinks: ["desk", "file"])
        #expect(try store.ingest { try $0.told(development) } == ["desk": "msg_1", "file": "msg_2"])
    }

    @Test func whatIsHeldBackIsHeldUntilItIsReleased() throws {
        let development = DevelopmentID(rawValue: "dev_1")
        try store.open(development)
        try store.ingest { transaction in
            try transaction.withhold(development, from: "night", because: .corroboration)
            #expect(try transaction.uncorroborated(sink: "night") == [development])
            #expect(try transaction.folded(sink: "night").isEmpty)
            try transaction.withhold(development, from: "night", because: .quietHours)
            #expect(try transaction.withheld(development).map(\.reason) == [.quietHours])
            #expect(try transaction.folded(sink: "night").map(\.development) == [development])
            try transaction.release(development, to: "night")
            #expect(try transaction.withheld(development).isEmpty)
        }
    }

    @Test func failedAttemptComesBackInItsTurn() throws {
        for id in ["msg_1", "msg_2"] { try store.enqueue(Sample.alert(id), sinks: ["desk"]) }
        let later = now.addingTimeInterval(60)
        try store.markFailed(alert: "msg_1", sink: "desk", error: "status 503", nextAttempt: later)
        try store.markFailed(alert: "msg_2", sink: "desk", error: "status 503", nextAttempt: later)
        #expect(try due("desk").isEmpty)
        #expect(try store.nextDelivery(sink: "desk") == later)
        #expect(try due("desk", at: later) == ["msg_1", "msg_2"])
        let delivery = try #require(try store.deliveries().first { $0.sink == "desk" })
        #expect(delivery.attempts == 1)
        #expect(delivery.lastError == "status 503")
    }

    @Test func whatWasNeverTriedIsDueOnAClockThatWasSetBack() throws {
        try store.enqueue(Sample.alert("msg_new"), sinks: ["desk"])
        try store.ingest {
            try $0.enqueue(
                Sample.alert("msg_held"), sinks: ["desk"], notBefore: now.addingTimeInterval(3600))
        }
        try store.enqueue(Sample.alert("msg_tried"), sinks: ["desk"])
        try store.markFailed(
            alert: "msg_tried", sink: "desk", error: "x", nextAttempt: now.addingTimeInterval(60))
        let yesterday = now.addingTimeInterval(-86_400)
        #expect(try due("desk", at: yesterday) == ["msg_new"])
        try store.turnBackDeliveries(sink: "desk", by: 86_400)
        #expect(try due("desk", at: yesterday.addingTimeInterval(60)) == ["msg_new", "msg_tried"])
    }

    @Test func whatWaitsForASinkThatIsBackIsDueAtOnceUnlessItIsHeld() throws {
        try store.enqueue(Sample.alert("msg_tried"), sinks: ["desk"])
        try store.markFailed(
            alert: "msg_tried", sink: "desk", error: "x", nextAttempt: now.addingTimeInterval(60))
        try store.ingest {
            try $0.enqueue(
                Sample.alert("msg_held"), sinks: ["desk"], notBefore: now.addingTimeInterval(3600))
        }
        try store.bringDeliveriesForward(sink: "desk", to: now)
        #expect(try due("desk") == ["msg_tried"])
    }

    @Test func givenUpAlertIsKeptAndCanBeSentAgain() throws {
        try store.enqueue(Sample.alert("msg_1"), sinks: ["desk", "file"])
        try store.markDelivered(alert: "msg_1", sink: "file", at: now)
        try store.markFailed(alert: "msg_1", sink: "desk", error: "status 410", nextAttempt: nil)
        #expect(try store.deliveries(failedOnly: true).map(\.sink) == ["desk"])
        #expect(try store.counts().failedDeliveries == 1)
        #expect(try store.nextDelivery(sink: "desk") == nil)

        #expect(try store.redeliver(alert: "msg_1", sinks: ["desk", "file"], now: now) == ["desk"])
        #expect(try due("desk") == ["msg_1"])
        #expect(try due("file").isEmpty)
        let counts = try store.counts()
        #expect(counts.failedDeliveries == 0 && counts.pendingDeliveries == 1)
        #expect(try store.deliveries(alert: "msg_1").first?.attempts == 0)
    }

    @Test func alertThatNoSinkGaveUpIsRepeatedToAllThatHadIt() throws {
        try store.enqueue(Sample.alert("msg_1"), sinks: ["desk", "file", "old", "slow"])
        for sink in ["desk", "file", "old"] { try store.markDelivered(alert: "msg_1", sink: sink, at: now) }
        #expect(try store.redeliver(alert: "msg_9", sinks: ["desk"], now: now).isEmpty)
        let sinks = ["desk", "file", "slow"]
        #expect(try store.redeliver(alert: "msg_1", sinks: sinks, now: now) == ["desk", "file"])
        #expect(try due("desk") == ["msg_1"])
        // Not configured any more: it would wait for ever.
        #expect(try due("old").isEmpty)
        #expect(try store.redeliver(alert: "msg_1", sinks: sinks, now: now).isEmpty)
    }

    @Test func deliveredStaysDelivered() throws {
        try store.enqueue(Sample.alert("msg_1"), sinks: ["desk"])
        try store.markDelivered(alert: "msg_1", sink: "desk", at: now)
        try store.markFailed(alert: "msg_1", sink: "desk", error: "late answer", nextAttempt: now)
        let delivery = try #require(try store.deliveries().first)
        #expect(delivery.state == .delivered)
        #expect(delivery.delivered == now)
        #expect(delivery.attempts == 1)
        #expect(delivery.lastError == nil)
    }

    @Test func claimedAttemptIsCountedOnce() throws {
        try store.enqueue(Sample.alert("msg_1"), sinks: ["desk"])
        #expect(try store.claimDueDeliveries(sink: "desk", now: now, limit: 5).map(\.attempts) == [1])
        try store.markFailed(alert: "msg_1", sink: "desk", error: "x", nextAttempt: now)
        #expect(try store.deliveries().first?.attempts == 1)
        // Claimed, then the machine stops: the attempt that nobody marked counts as well.
        _ = try store.claimDueDeliveries(sink: "desk", now: now, limit: 5)
        #expect(try store.claimDueDeliveries(sink: "desk", now: now, limit: 5).map(\.attempts) == [3])
        try store.markDelivered(alert: "msg_1", sink: "desk", at: now)
        #expect(try store.deliveries().first?.attempts == 3)
    }

    @Test func outboxSurvivesReopening() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("news.db")
        do {
            let store = try NewsStore(path: path)
            try store.enqueue(Sample.alert("msg_1"), sinks: ["desk"])
            try store.enqueue(Sample.alert("msg_2"), sinks: ["desk"])
            try store.markDelivered(alert: "msg_1", sink: "desk", at: now)
            try store.close()
        }
        let store = try NewsStore(path: path)
        #expect(try store.deliveries().map(\.alertID) == ["msg_1", "msg_2"])
        #expect(try store.deliveries().map(\.state) == [.delivered, .pending])
    }
}

extension NewsStore {
    /// Stores an entry that opens the development.
    fileprivate func open(_ development: DevelopmentID) throws {
        try add(Sample.item(Sample.identity(guid: development.rawValue, content: 1))) { number in
            [
                Sample.decision(
                    number, developments: [development.rawValue],
                    opened: [Sample.opening(development.rawValue)])
            ]
        }
    }
}
