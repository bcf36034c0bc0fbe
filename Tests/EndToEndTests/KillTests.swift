import Foundation
import LoopbackServer
import Testing

/// kill -9 in the middle of the sample week.
@Suite(.serialized) struct KillTests {
    /// When the daemon is killed in a step, counted from the moment at which new entries are there to be read.
    enum Moment: CaseIterable {
        case atOnce
        case onTheRequest
        case soonAfter
        case whileTheWebhookWaits
        case afterTheLogGrew
    }

    @Test func aWeekWithTwentyKillsTellsWhatAnUndisturbedOneTells() async throws {
        let items = try SampleWeek.items().map(\.story)
        let steps = stride(from: 0, to: items.count, by: 3).map {
            Array(items[$0..<min($0 + 3, items.count)])
        }
        #expect(steps.count >= 20)
        let undisturbed = try await play(steps, kills: 0)
        let killed = try await play(steps, kills: 20)

        #expect(undisturbed.log.count > 5)
        // Twenty kills, and each kind of moment really met.
        for moment in Moment.allCases { #expect(killed.kills[moment, default: 0] > 0, "\(moment)") }
        #expect(killed.log == undisturbed.log, "the log differs")
        #expect(Set(killed.log).count == killed.log.count, "the log repeats an id")
        #expect(Set(killed.hook) == Set(undisturbed.hook), "the webhook misses or invents an alert")
        let moments = killed.kills.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ")
        let repeats = killed.hook.count - Set(killed.hook).count
        print("20 kills (\(moments)): \(killed.log.count) alerts, \(repeats) repeated webhooks")
    }

    private func play(
        _ steps: [[Outlet.Story]], kills: Int
    ) async throws -> (log: [String], hook: [String], kills: [Moment: Int]) {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet, sinks: outlet.webhookSink)
        try await room.start()
        try await room.waitForFirstContact()
        var published = 0
        var done = 0
        var struck: [Moment: Int] = [:]
        for (number, step) in steps.enumerated() {
            outlet.publish(step)
            published += step.count
            if done < kills {
                let moment = Moment.allCases[number % Moment.allCases.count]
                if try await killOnce(room, outlet, moment) { struck[moment, default: 0] += 1 }
                done += 1
                try await room.start()
            }
            try await room.waitForEntries(published)
            // The next step begins when this one was told, so that both weeks have the same order.
            try await room.waitForDelivery()
        }
        _ = try await room.stop()
        return (
            try room.alertIDs(), outlet.hookRequests.compactMap { $0["webhook-id"] }, struck
        )
    }

    /// Kills at the moment, or, when it does not come, without it; returns whether it came.
    private func killOnce(_ room: Newsroom, _ outlet: Outlet, _ moment: Moment) async throws -> Bool {
        let requests = outlet.feedRequests.count
        let hooks = outlet.hookRequests.count
        let lines = try room.alertIDs().count
        let gate = LoopbackGate()
        if moment == .whileTheWebhookWaits { outlet.withhold(gate) }
        if moment != .atOnce { _ = try await room.ctl("poll") }
        let patience = ContinuousClock.now + .milliseconds(400)
        var isStruck = false
        while ContinuousClock.now < patience {
            switch moment {
            case .atOnce: break
            case .onTheRequest, .soonAfter:
                if outlet.feedRequests.count == requests { usleep(200); continue }
                if moment == .soonAfter { usleep(UInt32.random(in: 0...8000)) }
            case .whileTheWebhookWaits:
                if outlet.hookRequests.count == hooks { usleep(200); continue }
            case .afterTheLogGrew:
                if try room.alertIDs().count == lines { usleep(200); continue }
            }
            isStruck = true
            break
        }
        try await room.kill()
        gate.open()
        outlet.withhold(nil)
        return isStruck
    }
}
