import Foundation
import LoopbackServer
import Testing

/// `ctl watch` beside the real daemon.
@Suite(.serialized, .seated) struct WatchTests {
    let suing = Outlet.Story(
        id: "2", title: "Elon Musk sues OpenAI",
        text: "Elon Musk filed a lawsuit against OpenAI and Sam Altman in San Francisco.")

    private func watch(_ room: Newsroom, _ arguments: String...) async throws -> RunningProgram {
        let program = try RunningProgram("newswatch", ["ctl", "watch", "--socket", room.socket] + arguments)
        try await RunningProgram.until("the first line\n\(program.standardError)") {
            program.standardOutput.contains("watching")
        }
        return program
    }

    /// The lines without their times, ids as `ID`, and without the polls that bring nothing.
    private func story(_ text: String) -> String {
        text.replacing(#/(?m)^\d\d:\d\d:\d\dZ  /#, with: "").replacing(#/(dev|msg)_\w+/#, with: "ID")
            .replacing(#/poll           Harbour Courier: not modified\n/#, with: "")
    }

    @Test func aPollADevelopmentItsAlertAndItsDeliveryAreToldInTheirOrder() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet)
        try await room.start()
        try await room.waitForFirstContact()
        let text = try await watch(room)
        let lines = try await watch(room, "--jsonl")
        outlet.publish([suing])
        try await room.waitForEntries(1)
        try await RunningProgram.until("the delivery\n\(text.standardOutput)") {
            text.standardOutput.contains("delivered to log")
        }
        _ = try await room.ctl("pause")
        try await RunningProgram.until("the pause") {
            text.standardOutput.contains("paused\n") && lines.standardOutput.contains("\"paused\":true")
        }

        let stopped = try await room.stop()
        #expect(stopped?.exitCode == 0)
        let told = try await text.wait()
        #expect(
            story(told.standardOutput) == """
                watching       newswatchd 0.1.0
                development    Elon Musk sues OpenAI (lawsuit, harbour-courier.example, confidence high) ID
                alert          ID (development.new) goes to log
                poll           Harbour Courier: 1 new of 1 entries
                delivery       ID delivered to log
                polling        paused

                """)
        #expect(told.standardError == "newswatch: the daemon stops; nothing more comes\n")
        #expect(told.exitCode == 69)

        let machine = try await lines.wait()
        #expect(machine.exitCode == 69)
        let events = try machine.standardOutput.split(separator: "\n").map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
        }.filter { $0["outcome"] as? String != "not_modified" && $0["type"] as? String != "heartbeat" }
        #expect(
            events.map { $0["type"] as? String } == [
                "watching", "development", "alert", "poll", "delivery", "polling", "end",
            ])
        #expect(events[2]["id"] as? String == (try room.alertIDs().last))
        #expect(events[4]["alert"] as? String == (try room.alertIDs().last))
    }

    @Test func aDaemonThatIsKilledAndAWatcherThatIsInterruptedEndQuietly() async throws {
        let room = try Newsroom(outlet: try Outlet())
        try await room.start()
        let one = try await watch(room)
        one.send(signal: SIGINT)
        let interrupted = try await one.wait()
        // The shell makes 130 of it.
        #expect(interrupted.exitCode == SIGINT)
        #expect(interrupted.standardError == "")

        let head = try await Shell.run(
            "bash",
            ["-c", "\"$0\" ctl watch --socket \"$1\" | head -1 | cut -c 12-; echo ${PIPESTATUS[0]}"]
                + [RunningProgram.executable.path, room.socket], in: room.folder)
        #expect(head.output == "watching       newswatchd 0.1.0\n0\n")

        let two = try await watch(room)
        try await room.kill()
        let cut = try await two.wait()
        #expect(cut.exitCode == 69)
        #expect(cut.standardError.hasPrefix("newswatch: the daemon's answer was cut short ("))
    }

    @Test func aGivenUpDeliveryAndAFailedPollAreTold() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet, sinks: outlet.webhookSink)
        outlet.webhook(status: 410)
        try await room.start()
        try await room.waitForFirstContact()
        let program = try await watch(room, "--jsonl")
        let test = try await room.ctl("test-alert")
        #expect(test.exitCode == 0)
        try await RunningProgram.until("the failed delivery\n\(program.standardOutput)") {
            program.standardOutput.contains(#""sink":"hook","state":"failed""#)
        }
        outlet.replace(with: LoopbackAnswer(status: 500))
        try await RunningProgram.until("the failed poll\n\(program.standardOutput)") {
            _ = try await room.ctl("poll")
            return program.standardOutput.contains(#""outcome":"failed""#)
        }
        #expect(program.standardOutput.contains(#""status":500"#))
    }
}
