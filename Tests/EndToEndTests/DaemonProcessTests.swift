import Foundation
import LoopbackServer
import Testing

/// The real daemon as a process against a real server, spoken to by the real client.
@Suite(.serialized, .seated) struct DaemonProcessTests {
    @Test func firstContactIsOneDigestNewsIsAnAlertAndARestartIsSilent() async throws {
        let outlet = try Outlet()
        outlet.publish([.firing])
        let room = try Newsroom(outlet: outlet)
        try await room.start()
        try await room.waitForEntries(1)
        try await RunningProgram.until("the digest") { try !room.alertLog().isEmpty }
        #expect(try room.alertLog().map { $0["type"] as? String } == ["digest"])

        outlet.publish([.suing])
        try await room.waitForEntries(2)
        try await RunningProgram.until("the alert") { try room.alertLog().count == 2 }
        #expect(try room.alertLog().last?["type"] as? String == "development.new")

        let stopped = try await room.stop()
        #expect(stopped?.exitCode == 0)
        let before = outlet.feedRequests.count
        try await room.start()
        try await RunningProgram.until("another poll") {
            _ = try await room.ctl("poll")
            return outlet.feedRequests.count > before + 1
        }
        #expect(try room.alertLog().count == 2)
        // The validators outlived the restart.
        #expect(outlet.feedRequests.last?["If-None-Match"] == "\"2\"")
    }

    @Test func aFirstDocumentThatIsCutIsNoFirstContactSoTheRestDoesNotFlood() async throws {
        let outlet = try Outlet()
        outlet.publish([.firing, .suing])
        outlet.behave(.cut(after: 700))
        let room = try Newsroom(outlet: outlet)
        try await room.start()
        try await room.waitForEntries(2)
        try await RunningProgram.until("the digest") { try !room.alertLog().isEmpty }
        #expect(try room.alertLog().map { $0["type"] as? String } == ["digest"])
    }

    @Test func aFirstPollThatFailsIsNoFirstContactEither() async throws {
        let outlet = try Outlet()
        outlet.publish([.firing, .suing])
        outlet.replace(with: LoopbackAnswer(status: 500))
        let room = try Newsroom(outlet: outlet)
        let failed = try await RunningProgram.run("newswatchd", ["--config", room.configuration, "--once"])
        #expect(failed.exitCode == 1)
        outlet.replace(with: nil)
        try await room.start()
        try await room.waitForEntries(2)
        try await RunningProgram.until("the digest") { try !room.alertLog().isEmpty }
        #expect(try room.alertLog().map { $0["type"] as? String } == ["digest"])
    }

    @Test func theWebhookGetsTheSameIdThatTheLogHasAndARetryKeepsIt() async throws {
        let outlet = try Outlet()
        outlet.webhook(status: 500)
        let room = try Newsroom(outlet: outlet, sinks: outlet.webhookSink)
        try await room.start()
        try await room.waitForFirstContact()
        outlet.publish([.suing])
        try await room.waitForEntries(1)
        try await RunningProgram.until("the first attempt") { !outlet.hookRequests.isEmpty }
        outlet.webhook(status: 204)
        // The second attempt comes by the schedule, 5 s after the first.
        try await RunningProgram.until("the second attempt") { outlet.hookRequests.count >= 2 }
        try await room.waitForDelivery()

        let ids = Set(outlet.hookRequests.compactMap { $0["webhook-id"] })
        #expect(ids == Set(try room.alertIDs()))
        #expect(ids.count == 1)
        #expect(try room.alertLog().map { $0["type"] as? String } == ["development.new"])
        let alerts = try await room.json("alerts") as? [[String: Any]] ?? []
        #expect(alerts.allSatisfy { $0["state"] as? String == "delivered" })
        #expect(alerts.first { $0["sink"] as? String == "hook" }?["attempts"] as? Int == 2)
    }

    @Test func sigtermEndsADaemonWhoseWebhookIsSilentWithinTenSeconds() async throws {
        let outlet = try Outlet()
        let gate = LoopbackGate()
        outlet.withhold(gate)
        let room = try Newsroom(outlet: outlet, sinks: outlet.webhookSink)
        try await room.start()
        try await room.waitForFirstContact()
        outlet.publish([.suing])
        try await room.waitForEntries(1)
        try await RunningProgram.until("the webhook to be called") { !outlet.hookRequests.isEmpty }
        let stopped = try await room.stop()
        #expect(stopped?.exitCode == 0)
        gate.open()
        outlet.withhold(nil)

        // What was not acknowledged comes again, under the same id.
        try await room.start()
        try await RunningProgram.until("the delivery to be made up") { outlet.hookRequests.count >= 2 }
        #expect(Set(outlet.hookRequests.compactMap { $0["webhook-id"] }).count == 1)
    }

    @Test func aSecondInstanceIsRefusedAndToldWhoIsThere() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet)
        try await room.start()
        let second = try await RunningProgram.run("newswatchd", ["--config", room.configuration])
        #expect(second.exitCode == 75)
        #expect(second.standardError.contains("process \(room.daemon?.processID ?? 0)"))
        // The first one's socket was not taken away from it.
        #expect(try await room.ctl("status").exitCode == 0)
    }

    @Test func oneRoundDeliversAndTellsByItsExitCodeWhetherAllFeedsAnswered() async throws {
        let outlet = try Outlet()
        outlet.publish([.firing])
        let room = try Newsroom(outlet: outlet)
        let good = try await RunningProgram.run("newswatchd", ["--config", room.configuration, "--once"])
        #expect(good.exitCode == 0, "\(good.standardError)")
        #expect(try room.alertLog().map { $0["type"] as? String } == ["digest"])

        outlet.replace(with: LoopbackAnswer(status: 500))
        let dead = try Newsroom(outlet: outlet)
        let bad = try await RunningProgram.run("newswatchd", ["--config", dead.configuration, "--once"])
        #expect(bad.exitCode == 1)
    }

    @Test func aDaemonThatIsDownIsExitCode69AndSaysWhatToDo() async throws {
        let room = try Newsroom(outlet: try Outlet())
        let result = try await room.ctl("status")
        #expect(result.exitCode == 69)
        #expect(result.standardError.contains("systemctl start newswatchd"))
    }

    @Test func theSocketIsForOwnerAndGroupOnly() async throws {
        let room = try Newsroom(outlet: try Outlet())
        try await room.start()
        let attributes = try FileManager.default.attributesOfItem(
            atPath: room.folder.appending(path: "control.sock").path)
        #expect(attributes[.posixPermissions] as? Int == 0o660)
    }

    @Test func statesAddUpToTheTotalInJSON() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(
            outlet: outlet,
            more: """
                [[feed]]
                url = "http://127.0.0.1:9/nobody.xml"
                """)
        try await room.start()
        try await RunningProgram.until("both feeds to be asked") {
            let status = try await room.json("status") as? [String: Any]
            return ((status?["feeds"] as? [String: Any])?["new"] as? Int) == 0
        }
        let status = try await room.json("status") as? [String: Any]
        let feeds = status?["feeds"] as? [String: Int] ?? [:]
        #expect(feeds["total"] == 2)
        #expect(feeds.filter { $0.key != "total" }.values.reduce(0, +) == 2)
        #expect(feeds["failing"] == 1)
    }
}
