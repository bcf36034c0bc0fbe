import Foundation
import LoopbackServer
import Testing

/// `newswatch doctor` on rooms where something is wrong. Healthy ones: ``OperatorWholeOutputTests``.
@Suite(.serialized, .seated) struct DoctorTests {
    private struct Report: Decodable {
        struct Finding: Decodable {
            let area: String
            let check: String
            let state: String
            let finding: String
            let remedy: String?
        }

        let findings: [Finding]
        let healthy: Bool

        /// `check: finding` of what needs doing.
        var complaints: [String] {
            findings.filter { ["warn", "fail"].contains($0.state) }.map { "\($0.check): \($0.finding)" }
        }
    }

    private func report(
        _ room: Newsroom, configuration: String? = nil, as prefix: [String] = []
    ) async throws -> Report {
        let command =
            prefix + [
                RunningProgram.executable.path, "doctor", "--json", "--config",
                configuration ?? room.configuration,
            ]
        let result = try await Shell.run(command[0], Array(command.dropFirst()), in: room.folder)
        let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
        #expect(result.exitCode == (report.healthy ? 0 : 1))
        #expect(report.healthy == report.complaints.isEmpty)
        // Each thing that needs doing comes with what to do.
        #expect(report.findings.allSatisfy { ($0.remedy != nil) == ["warn", "fail"].contains($0.state) })
        return report
    }

    @Test func aDeadSinkAndAFailingFeedAreNamed() async throws {
        let outlet = try Outlet()
        outlet.replace(with: LoopbackAnswer(status: 500))
        let room = try Newsroom(
            outlet: outlet,
            sinks: """
                [[sink]]
                name = "dead"
                type = "webhook"
                url = "http://127.0.0.1:9/hook"
                allow_private = true
                [[sink]]
                name = "forbidden"
                type = "webhook"
                url = "\(outlet.hookURL)"
                [[sink]]
                name = "nowhere"
                type = "file"
                path = "no/such/folder/log"
                """)
        try await room.start()
        try await RunningProgram.until("the feed to fail") {
            (try await room.json("feeds") as? [[String: Any]])?.first?["state"] as? String == "failing"
        }
        let complaints = try await report(room).complaints
        #expect(complaints.count == 4, "\(complaints)")
        #expect(complaints[0].hasPrefix("feeds: 1 of 1 feed fails: Harbour Courier: HTTP 500"))
        #expect(complaints[1].hasPrefix("dead: cannot be reached: "))
        #expect(complaints[2].hasPrefix("forbidden: cannot be reached: 127.0.0.1 is loopback"))
        #expect(complaints[3] == "nowhere: there is no folder \(room.folder.path)/no")
        // Looking is not telling: no alert was sent, and no private address asked that is not allowed.
        #expect(outlet.hookRequests.isEmpty)
    }

    @Test func theSocketOfAKilledDaemonIsStale() async throws {
        let room = try Newsroom(outlet: try Outlet())
        try await room.start()
        try await room.kill()
        #expect(
            try await report(room).complaints == [
                "answers: no daemon answers at \(room.socket): the socket is left from one that was killed"
            ])
    }

    @Test func aLockThatIsHeldByWhatDoesNotAnswerIsToldWithItsHolder() async throws {
        let room = try Newsroom(outlet: try Outlet())
        try await room.start()
        let other = room.folder.appending(path: "other.sock").path
        let text = try String(contentsOfFile: room.configuration, encoding: .utf8)
        let configuration = room.folder.appending(path: "other.toml")
        try text.replacingOccurrences(of: "control.sock", with: "other.sock").write(
            to: configuration, atomically: true, encoding: .utf8)
        #expect(
            try await report(room, configuration: configuration.path).complaints == [
                "lock: newswatchd (process \(room.daemon?.processID ?? 0)) has the database in use and does not "
                    + "answer at the socket",
                "answers: no daemon runs: there is no socket \(other)",
            ])
    }

    @Test func ofAFaultyConfigurationTheRestIsStillLookedAt() async throws {
        let room = try Newsroom(outlet: try Outlet())
        let faulty = room.folder.appending(path: "faulty.toml")
        try "[poll]\nintervall = \"1m\"\n".write(to: faulty, atomically: true, encoding: .utf8)
        let report = try await report(room, configuration: faulty.path)
        #expect(
            report.complaints.first
                == "file: \(faulty.path):2:1: unknown key \"intervall\" in [poll] (did you mean \"interval\"?)"
        )
        #expect(Set(report.findings.map(\.area)) == ["configuration", "daemon", "machine"])
    }

    @Test func aSecretForEverybodyIsFound() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet, sinks: outlet.webhookSink + "\nsecret_file = \"secret\"")
        let secret = room.folder.appending(path: "secret").path
        try "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n".write(
            toFile: secret, atomically: true, encoding: .utf8)
        #expect(chmod(secret, 0o644) == 0)
        try await room.start()
        #expect(
            try await report(room).complaints == [
                "hook: everybody may read its secret, \(secret) (mode 0644)"
            ])
        #expect(chmod(secret, 0o600) == 0)
        #expect(try await report(room).complaints.isEmpty)
    }

    @Test func rightsThatAreMissingAreNamed() async throws {
        let room = try Newsroom(outlet: try Outlet())
        _ = try await RunningProgram.run("newswatchd", ["--config", room.configuration, "--once"])
        let isRoot = geteuid() == 0
        // Root may do all: as nobody, who may read the configuration and write nothing.
        try #require(chmod(room.folder.path, isRoot ? 0o755 : 0o555) == 0)
        try #require(chmod(room.database, isRoot ? 0o644 : 0o444) == 0)
        defer { chmod(room.folder.path, 0o755) }
        guard !isRoot || ExitCodeTests.canBeRefused else { return }
        let report = try await report(room, as: isRoot ? ExitCodeTests.asNobody : [])
        let database = try #require(report.findings.first { $0.check == "database" })
        #expect(database.state == "fail")
        #expect(database.finding.contains(" may not write to \(room.folder.path) (mode "))
    }

    @Test func theTimeOfAServerIsComparedWithTheClock() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet)
        outlet.replace(with: LoopbackAnswer(headers: [("Date", "Fri, 17 Nov 2023 20:28:00 GMT")]))
        let clock = try await report(room).findings.first { $0.check == "clock" }
        #expect(clock?.state == "fail")
        #expect(
            clock?.finding.hasSuffix(
                " ahead of the servers that were asked: receivers refuse signed webhooks") == true)
    }
}
