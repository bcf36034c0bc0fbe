import Foundation
import Testing

@testable import Alerting

/// Real programs: what they read, how they end, and what is left of them.
@Suite(.timeLimit(.minutes(5))) struct ExecSinkTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// What one delivery to a shell script comes to. The script runs in `/`; `$1` is the test's folder.
    private func deliver(
        _ script: String, alert: PendingAlert = PendingAlert(id: "msg_1", payload: "{}"),
        timeout: Duration = .seconds(30)
    ) async -> DeliveryResult? {
        let sink = ExecSink(
            name: "desk", command: ["/bin/sh", "-c", script, "sh", folder.path], timeout: timeout,
            grace: .milliseconds(100))
        return await sink.deliver([alert]).first
    }

    /// What a delivery comes to that is cancelled as soon as the script has made the file `ready`.
    private func cancelled(_ script: String, grace: Duration) async throws -> DeliveryResult? {
        let sink = ExecSink(
            name: "desk", command: ["/bin/sh", "-c", script, "sh", folder.path], grace: grace)
        let delivery = Task { await sink.deliver([PendingAlert(id: "msg_1", payload: "{}")]) }
        while !folder.holds("ready") { await Task.yield() }
        delivery.cancel()
        return await delivery.value.first
    }

    /// Whether a process of that number runs; one that has ended and waits for its parent does not.
    private func isRunning(_ process: String) -> Bool {
        // It may end between a look for the file and its reading: what cannot be read is no process any more.
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
            return false
        }
        return text.split(separator: ")").last?.split(separator: " ").first != "Z"
    }

    @Test func programReadsTheDocumentAndKnowsWhoseItIs() async throws {
        let alert = try Samples.pending("dev_a")
        let script = #"cat > "$1/input"; env | sort > "$1/environment"; pwd > "$1/folder""#
        #expect(await deliver(script, alert: alert) == .delivered)
        #expect(try folder.read("input") == alert.payload + "\n")
        #expect(
            try folder.read("environment").split(separator: "\n").filter { !$0.hasPrefix("_=") } == [
                "LANG=C.UTF-8", "NEWSWATCH_ALERT=\(alert.id)", "NEWSWATCH_SINK=desk",
                "PATH=/usr/local/bin:/usr/bin:/bin", "PWD=/",
            ])
        #expect(try folder.read("folder") == "/\n")
    }

    @Test func argumentsAreNoShellsBusiness() async throws {
        let sink = ExecSink(
            name: "desk",
            command: ["/bin/sh", "-c", #"printf %s "$1" > "$0/argument""#, folder.path, "$(id) `id` ; \"'*"])
        #expect(await sink.deliver([PendingAlert(id: "msg_1", payload: "{}")]) == [.delivered])
        #expect(try folder.read("argument") == "$(id) `id` ; \"'*")
    }

    @Test(arguments: [
        ("exit 75", "exit 75"), ("exit 1", "exit 1"), ("kill -9 $$", "ended by signal 9"),
        (
            "printf 'no \\033[31mroute\\nto host' >&2; exit 69",
            "exit 69: no [31mroute to host"
        ),
    ])
    func everyOtherEndIsTriedAgain(_ script: String, _ reason: String) async {
        #expect(await deliver(script) == .retry(reason: reason, after: nil))
    }

    @Test func programThatIsNotThereIsTriedAgain() async {
        let sink = ExecSink(name: "desk", command: [folder.path + "/gone"])
        #expect(
            await sink.deliver([PendingAlert(id: "msg_1", payload: "{}")]) == [
                .retry(reason: "cannot be started: No such file or directory", after: nil)
            ])
    }

    @Test func programThatReadsNothingOrClosesItsInputHoldsNothingUp() async {
        let large = PendingAlert(id: "msg_1", payload: String(repeating: "x", count: 4 << 20))
        #expect(await deliver("exit 0", alert: large) == .delivered)
        #expect(await deliver("exec <&-; exit 0", alert: large) == .delivered)
    }

    @Test func programMaySayAGigabyte() async {
        #expect(await deliver("head -c 1073741824 /dev/zero") == .delivered)
    }

    @Test func firstKibibyteOfAComplaintIsKept() async {
        let result = await deliver("yes complaint | head -c 8388608 >&2; exit 1")
        guard case .retry(let reason, nil)? = result else {
            Issue.record("\(String(describing: result))")
            return
        }
        #expect(reason.hasPrefix("exit 1: complaint complaint "))
        #expect(reason.utf8.count <= "exit 1: ".utf8.count + ExecSink.maxErrorBytes)
        #expect(reason.utf8.count > 1000)
    }

    @Test func nothingButTheThreeStandardDescriptorsIsOpen() async {
        // `ls` opens the folder that it lists, as the first that is free.
        #expect(
            await deliver("ls /proc/self/fd >&2; exit 1") == .retry(reason: "exit 1: 0 1 2 3", after: nil))
    }

    @Test func programThatDoesNotEndIsStopped() async {
        #expect(
            await deliver("exec sleep 50", timeout: .milliseconds(100))
                == .retry(reason: "stopped after 100 ms", after: nil))
    }

    @Test func allThatAStoppedProgramStartedIsStoppedWithIt() async throws {
        let script = #"""
            trap "" TERM
            echo "waiting for the printer" >&2
            echo $$ > "$1/program"
            sh -c 'trap "" TERM; echo $$ > "$0/new"; mv "$0/new" "$0/ready"; while :; do sleep 1; done' "$1" &
            wait
            """#
        let result = try await cancelled(script, grace: .milliseconds(100))
        #expect(result == .retry(reason: "cancelled: waiting for the printer", after: nil))
        for name in ["program", "ready"] {
            let process = try folder.read(name).trimmingCharacters(in: .newlines)
            // The kernel takes a moment to end what it was told to kill; one that lived on would exceed the limit.
            while isRunning(process) { await Task.yield() }
        }
    }

    @Test func programMayEndCleanlyWhenItIsStopped() async throws {
        let script = #"""
            exec 2>&-
            trap 'echo stopped > "$1/end"; exit 0' TERM
            : > "$1/ready"
            while :; do sleep 0.02; done
            """#
        #expect(
            try await cancelled(script, grace: .seconds(50)) == .retry(reason: "cancelled", after: nil))
        #expect(try folder.read("end") == "stopped\n")
    }

    @Test func grandchildThatHoldsStandardErrorIsNotWaitedFor() async throws {
        #expect(await deliver(#"sleep 50 & echo $! > "$1/child"; exit 0"#) == .delivered)
        let child = try folder.read("child").trimmingCharacters(in: .newlines)
        #expect(isRunning(child))
        #expect(kill(try #require(pid_t(child)), SIGKILL) == 0)
    }

    @Test func noEndedProgramIsLeftBehind() async throws {
        _ = await deliver(#"echo $$ > "$1/program""#)
        let process = try folder.read("program").trimmingCharacters(in: .newlines)
        #expect(!FileManager.default.fileExists(atPath: "/proc/\(process)"))
    }

    @Test func limitsAreTheDocumentedOnes() {
        #expect(ExecSink.timeout == .seconds(30))
        #expect(ExecSink.grace == .seconds(2))
        #expect(ExecSink.maxErrorBytes == 1024)
    }
}
