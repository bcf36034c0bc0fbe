import Foundation
import LoopbackServer
import Testing

/// Every exit code of `docs/control.md`, reached by the real programs.
@Suite(.serialized, .seated) struct ExitCodeTests {
    private let room: Newsroom
    private let outlet: Outlet

    init() throws {
        outlet = try Outlet()
        room = try Newsroom(outlet: outlet)
    }

    private func code(_ words: String...) async throws -> Int32 {
        try await RunningProgram.run(
            words[0], Array(words.dropFirst()), environment: ["NEWSWATCH_SOCKET": room.socket]
        ).exitCode
    }

    private func write(_ name: String, _ text: String) throws -> String {
        let file = room.folder.appending(path: name)
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    @Test func documentedCodesAreThese() throws {
        let text = try String(
            contentsOf: Repository.root.appending(path: "docs/control.md"), encoding: .utf8)
        let codes = text.matches(of: /(?m)^\| (\d\d?) \|/).compactMap { Int32($0.1) }
        #expect(
            codes == [0, 1, 64, 65, 69, 70, 74, 75, 77, 78], "a code without a test below, or without a row")
    }

    @Test func code0IsFine() async throws {
        try await room.start()
        #expect(try await code("newswatch", "ctl", "status", "--check") == 0)
        #expect(try await code("newswatch", "check", room.configuration) == 0)
        #expect(try await code("newswatch", "doctor", "--config", room.configuration) == 0)
        #expect(try await code("newswatchd", "--config", room.configuration, "--check") == 0)
    }

    @Test func code1IsNotFine() async throws {
        outlet.replace(with: LoopbackAnswer(status: 500))
        #expect(try await code("newswatchd", "--config", room.configuration, "--once") == 1)
        #expect(try await code("newswatch", "doctor", "--config", room.configuration) == 1)
        try await room.start()
        #expect(try await room.ctl("pause").exitCode == 0)
        #expect(try await code("newswatch", "ctl", "status", "--check") == 1)
        #expect(try await code("newswatch", "ctl", "poll") == 1)
    }

    @Test func code64IsTheCommandLine() async throws {
        #expect(try await code("newswatch", "stauts") == 64)
        #expect(try await code("newswatch", "ctl", "status", "--nosuch") == 64)
        #expect(try await code("newswatchd") == 64)
    }

    @Test func code65IsBadData() async throws {
        #expect(try await code("newswatch", "parse", try write("empty.xml", "")) == 65)
        #expect(try await code("newswatch", "fingerprint", try write("items.jsonl", "rubbish\n")) == 65)
        let file = try write("other.db", String(repeating: "not a database ", count: 1000))
        #expect(try await code("newswatch", "db", "check", "--database", file) == 65)
        try await room.start()
        #expect(try await code("newswatch", "ctl", "poll", "nosuchfeed") == 65)
    }

    @Test func code69IsNoDaemon() async throws {
        #expect(try await code("newswatch", "ctl", "status") == 69)
        try await room.start()
        try await room.kill()
        #expect(try await code("newswatch", "ctl", "status") == 69)
    }

    @Test func code70IsAnAnswerThatIsNone() async throws {
        // What sits at the socket speaks HTTP, but not as newswatchd does.
        let stranger = try LoopbackServer(unixSocket: room.socket) { _ in LoopbackAnswer(text: "hello") }
        #expect(try await code("newswatch", "ctl", "status") == 70)
        withExtendedLifetime(stranger) {}
    }

    @Test func code74IsInputOrOutput() async throws {
        let missing = room.folder.appending(path: "missing").path
        #expect(try await code("newswatch", "fingerprint", missing) == 74)
        #expect(try await code("newswatch", "db", "check", "--database", missing) == 74)
        let full = try await Shell.run(
            "sh", ["-c", "\(RunningProgram.executable.path) --version >/dev/full"], in: room.folder)
        #expect(full.exitCode == 74, "\(full.output)")
    }

    @Test func code75IsInUse() async throws {
        try await room.start()
        #expect(try await code("newswatchd", "--config", room.configuration) == 75)
        #expect(try await code("newswatch", "db", "check", "--database", room.database) == 75)
    }

    /// Root may read everything: then the program runs as nobody, if that user can start it at all.
    static let asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]

    static let canBeRefused: Bool = {
        guard geteuid() == 0 else { return true }
        let probe = Process()
        probe.executableURL = URL(filePath: "/usr/bin/env")
        probe.arguments = asNobody + ["test", "-x", RunningProgram.executable.path]
        do {
            try probe.run()
        } catch {
            return false
        }
        probe.waitUntilExit()
        return probe.terminationStatus == 0
    }()

    @Test(
        .enabled(
            if: canBeRefused,
            "SKIPPED: root is refused nothing, and nobody cannot start the program; code 77 is not tested"))
    func code77IsPermission() async throws {
        let file = try write("secret.jsonl", "{}\n")
        #expect(chmod(file, 0) == 0)
        let command =
            (geteuid() == 0 ? Self.asNobody : []) + [
                RunningProgram.executable.path, "fingerprint", file,
            ]
        let result = try await Shell.run(command[0], Array(command.dropFirst()), in: room.folder)
        #expect(result.exitCode == 77)
        #expect(result.output == "newswatch: \(file): permission denied\n")
    }

    @Test func code78IsTheConfiguration() async throws {
        let file = try write("faulty.toml", "[poll]\nintervall = \"1m\"\n")
        #expect(try await code("newswatch", "check", file) == 78)
        #expect(try await code("newswatchd", "--config", file) == 78)
        #expect(try await code("newswatchd", "--config", file, "--check") == 78)
    }
}
