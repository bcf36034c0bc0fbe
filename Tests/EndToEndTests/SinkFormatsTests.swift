import Foundation
import Testing

/// The sample week, told by the real daemon to programs and chats.
@Suite(.seated) struct SinkFormatsTests {
    private static let python = ProcessInfo.processInfo.environment["NEWSWATCH_PYTHON"] ?? "python3"
    private static let chats = ["slack", "discord", "teams", "matrix", "ntfy"]

    /// A room in which every story of the week has been told.
    private func week(sinks: (Outlet) -> String = { _ in "" }) async throws -> (Newsroom, Outlet) {
        let outlet = try Outlet()
        let stories = try SampleWeek.items().map(\.story)
        outlet.publish(Array(stories.prefix(3)))
        let room = try Newsroom(outlet: outlet, sinks: sinks(outlet))
        try "token\n".write(
            to: room.folder.appending(path: "token"), atomically: true, encoding: .utf8)
        try await room.start()
        try await room.waitForFirstContact()
        outlet.publish(Array(stories.dropFirst(3)))
        try await room.waitForEntries(stories.count)
        try await RunningProgram.until("the first digest") {
            try room.alertLog().contains { $0["type"] as? String == "digest" }
        }
        try await room.waitForDelivery()
        return (room, outlet)
    }

    @Test func programsAndChatsAreToldTheSameAsTheLog() async throws {
        let told = try Repository.temporaryFolder("told")
        defer { try? FileManager.default.removeItem(at: told) }
        let (room, outlet) = try await week { outlet in
            let address = outlet.server.url("/hook")
            let webhooks = Self.chats.map { chat in
                let url = "\(address)/\(chat)/" + (chat == "matrix" ? "!room:example.org" : "room")
                let secret = chat == "matrix" ? "secret_file = \"token\"" : ""
                return """
                    [[sink]]
                    name = "\(chat)"
                    type = "webhook"
                    format = "\(chat)"
                    url = "\(url)"
                    allow_private = true
                    \(secret)

                    """
            }
            let program = """
                [[sink]]
                name = "pager"
                type = "exec"
                command = ["/bin/sh", "-c", 'cat >> "$0/told"', "\(told.path)"]
                """
            return webhooks.joined() + program
        }
        let log = room.folder.appending(path: "alerts.log")
        let lines = try String(contentsOf: log, encoding: .utf8)
        #expect(lines.split(separator: "\n").count > 3)
        #expect(try String(contentsOf: told.appending(path: "told"), encoding: .utf8) == lines)
        for chat in Self.chats {
            let requests = outlet.server.requests.filter { $0.path.hasPrefix("/hook/\(chat)/") }
            #expect(requests.count == lines.split(separator: "\n").count, "\(chat)")
        }
        let transactions = outlet.server.requests.filter { $0.method == "PUT" }.map {
            String($0.path.split(separator: "/").last ?? "")
        }
        #expect(try transactions == room.alertIDs())
    }

    @Test func daemonThatWasGivenNoCredentialsSaysSo() async throws {
        let secret = """
            [[sink]]
            name = "desk"
            type = "webhook"
            url = "https://hooks.example/"
            secret_file = "$CREDENTIALS_DIRECTORY/desk"
            """
        let room = try Newsroom(outlet: try Outlet(), sinks: secret)
        let check = try await RunningProgram.run("newswatch", ["check", room.configuration])
        #expect(check.exitCode == 0, "\(check.standardError)")
        let daemon = try await RunningProgram.run("newswatchd", ["--config", room.configuration, "--once"])
        #expect(daemon.exitCode == 78)
        #expect(
            daemon.standardError.contains(
                "secret_file $CREDENTIALS_DIRECTORY/desk: systemd has given no credentials"))
    }

    @Test(
        .enabled("SKIPPED: no Python with jsonschema; `make interop` brings one") {
            try await Shell.run(python, ["-c", "import jsonschema"], in: Repository.root).exitCode == 0
        })
    func everyAlertIsValidByTheSchema() async throws {
        let (room, _) = try await week()
        let alerts = try room.alertLog().count
        let script = "exec \"$0\" Tests/AlertingTests/validate-alerts.py docs/alert.schema.json < \"$1\""
        let log = room.folder.appending(path: "alerts.log").path
        let verdicts = try await Shell.run("sh", ["-c", script, Self.python, log], in: Repository.root)
        #expect(verdicts.output == String(repeating: "valid\n", count: alerts))
    }
}
