import Foundation
import LoopbackServer
import Testing

/// What an operator asks of a running daemon, and what is left of it after kill -9.
@Suite(.serialized, .seated) struct SteeringTests {
    private func room(_ outlet: Outlet) throws -> Newsroom {
        try Newsroom(outlet: outlet, sinks: outlet.webhookSink)
    }

    private func isPaused(_ room: Newsroom) async throws -> Bool? {
        (try await room.json("status") as? [String: Any])?["paused"] as? Bool
    }

    @Test func pauseOutlivesAKillWhileAlertsAreDelivered() async throws {
        let outlet = try Outlet()
        let room = try room(outlet)
        try await room.start()
        try await room.waitForEntries(0)
        let paused = try await room.ctl("pause")
        #expect(paused.exitCode == 0)
        #expect(paused.standardOutput == "polling is paused; `newswatch ctl resume` goes on\n")
        try await room.kill()
        outlet.publish([.suing])
        let before = outlet.feedRequests.count
        try await room.start()
        #expect(try await isPaused(room) == true)
        #expect(try await room.ctl("status", "--check").exitCode == 1)
        try await RunningProgram.until("the feed to be overdue") {
            let feeds = try await room.json("feeds") as? [[String: Any]]
            let next = try Date(feeds?.first?["next_poll"] as? String ?? "", strategy: .iso8601)
            return Date().timeIntervalSince(next) > 2
        }

        let refused = try await room.ctl("poll")
        #expect(refused.exitCode == 1)
        #expect(
            refused.standardError == "newswatch: polling is paused; `newswatch ctl resume` goes on\n")
        for count in 1...2 {
            let test = try await room.ctl("test-alert", "--json")
            #expect(test.exitCode == 0)
            try await RunningProgram.until("the test alert") { outlet.hookRequests.count == count }
            try await room.waitForDelivery()
        }
        #expect(try room.alertLog().map { $0["type"] as? String } == ["test", "test"])
        #expect(outlet.feedRequests.count == before)
        let once = try await stopAndRunOnce(room)
        #expect(once.exitCode == 0)
        #expect(once.standardError.contains("polling is paused"))
        #expect(outlet.feedRequests.count == before)

        try await room.start()
        #expect(try await room.ctl("resume").standardOutput == "polling\n")
        try await room.waitForEntries(1)
        #expect(try await isPaused(room) == false)
        try await room.kill()
        try await room.start()
        #expect(try await isPaused(room) == false)
    }

    private func stopAndRunOnce(_ room: Newsroom) async throws -> RunningProgram.Result {
        _ = try await room.stop()
        return try await RunningProgram.run("newswatchd", ["--config", room.configuration, "--once"])
    }

    @Test func anAlertIsSentAgainUnderItsOwnId() async throws {
        let outlet = try Outlet()
        let room = try room(outlet)
        try await room.start()
        let answer = try await room.json("test-alert") as? [String: Any]
        let id = try #require(answer?["id"] as? String)
        #expect(answer?["sinks"] as? [String] == ["log", "hook"])
        try await RunningProgram.until("the test alert") { outlet.hookRequests.count == 1 }
        try await room.waitForDelivery()

        #expect(try await room.ctl("redeliver", id).standardOutput == "\(id) goes again to hook, log\n")
        try await RunningProgram.until("it again") { outlet.hookRequests.count == 2 }
        try await room.waitForDelivery()
        #expect(outlet.hookRequests.map { $0["webhook-id"] } == [id, id])
        #expect(Set(outlet.hookRequests.map(\.body)).count == 1)
        #expect(try room.alertIDs() == [id, id])

        // Given up by one sink, it goes to that one only.
        outlet.webhook(status: 410)
        _ = try await room.ctl("redeliver", id)
        try await RunningProgram.until("the webhook to be given up") {
            try await room.ctl("alerts", "--failed", "--json").standardOutput.contains(id)
        }
        try await room.waitForDelivery()
        outlet.webhook(status: 204)
        // 410 turns the sink off for as long as the process lives.
        try await room.kill()
        try await room.start()
        #expect(try await room.ctl("redeliver", id).standardOutput == "\(id) goes again to hook\n")
        try await room.waitForDelivery()
        #expect(outlet.hookRequests.count == 4)
        let log = try room.alertLog()
        #expect(log.filter { $0["type"] as? String == "test" }.map { $0["id"] as? String } == [id, id, id])
        // The other sink was told that this one fails.
        let notice = try #require(log.first { $0["type"] as? String == "service.sink" })
        let data = notice["data"] as? [String: Any]
        #expect(data?["name"] as? String == "hook")
        #expect(data?["state"] as? String == "failing")
        #expect(try await room.ctl("redeliver", "msg_unknown").exitCode == 65)
    }

    @Test func anEntryIsExplainedByTheDaemonAndByItsDatabaseAlike() async throws {
        let outlet = try Outlet()
        let room = try room(outlet)
        outlet.publish([.suing])
        try await room.start()
        try await room.waitForEntries(1)
        let name = "https://harbour-courier.example/2"
        let socket = room.folder.appending(path: "control.sock").path
        let online = try await RunningProgram.run(
            "newswatch", ["explain", name, "--json", "--socket", socket])
        #expect(online.exitCode == 0, "\(online.standardError)")
        let held = try await RunningProgram.run("newswatch", ["explain", name, "--database", room.database])
        #expect(held.exitCode == 75)
        _ = try await room.stop()
        let offline = try await RunningProgram.run(
            "newswatch", ["explain", name, "--json", "--database", room.database])
        #expect(offline.standardOutput == online.standardOutput)
        let words = try await RunningProgram.run(
            "newswatch", ["explain", "entry_1", "--database", room.database])
        #expect(words.standardOutput.hasPrefix("entry_1  Elon Musk sues OpenAI\n"))
        #expect(words.standardOutput.contains("\nopenai-leadership: new development, score "))

        let copy = room.folder.appending(path: "copy.db").path
        let backup = try await RunningProgram.run(
            "newswatch", ["db", "backup", copy, "--database", room.database])
        #expect(backup.exitCode == 0, "\(backup.standardError)")
        let check = try await RunningProgram.run("newswatch", ["db", "check", "--database", copy])
        #expect(check.standardOutput == "\(copy): sound\n")
    }
}
