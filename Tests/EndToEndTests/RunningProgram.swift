import Foundation

/// One of the two real programs as a process of its own. What it prints goes to files in a folder of its own.
///
/// Owned by one test.
final class RunningProgram {
    /// How a finished program ended.
    struct Result {
        var exitCode: Int32
        var standardOutput: String
        var standardError: String
    }

    /// A wait that took longer than any working program takes.
    struct TooSlow: Error, CustomStringConvertible {
        var description: String
    }

    private let process: SpawnedProcess
    private let folder: URL

    /// The program under test, as the package builds it.
    static let executable = Repository.root.appending(path: ".build/release/newswatch")

    /// Starts `program` (`newswatch` or `newswatchd`, the same file under two names), by `launcher` where one is given:
    /// a command that becomes the program that its last arguments name.
    init(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], input: URL? = nil,
        launcher: [String] = []
    ) throws {
        folder = try Repository.temporaryFolder("program")
        for file in ["stdout", "stderr"] { try Data().write(to: folder.appending(path: file)) }
        let command =
            launcher.isEmpty
            ? [Self.executable.path]
            : launcher + [Self.executable.deletingLastPathComponent().appending(path: program).path]
        process = try SpawnedProcess(
            command[0], name: launcher.isEmpty ? program : nil, arguments: command.dropFirst() + arguments,
            environment: environment, input: input, output: folder.appending(path: "stdout"),
            errors: folder.appending(path: "stderr"))
    }

    deinit {
        process.send(signal: SIGKILL)
        // A folder left behind in the temporary directory harms no result.
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs a program to its end.
    static func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:], input: URL? = nil,
        limit: Duration = .seconds(120)
    ) async throws -> Result {
        try await RunningProgram(program, arguments, environment: environment, input: input).wait(
            limit: limit)
    }

    var standardOutput: String { read("stdout") }
    var standardError: String { read("stderr") }
    var isRunning: Bool { process.isRunning }
    var processID: Int32 { process.processID }

    /// The most memory it has had so far, `VmHWM` of proc(5); 0 when it has ended.
    var peakMemoryBytes: Int {
        let status = (try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) << 10
    }

    func send(signal: Int32) { process.send(signal: signal) }

    /// Waits for the end; a program that outlives `limit` is killed and reported.
    func wait(limit: Duration = .seconds(60)) async throws -> Result {
        try await Self.until("the program to end\n\(standardError)", limit: limit) {
            !process.isRunning
        }
        return Result(
            exitCode: process.exitCode ?? -1, standardOutput: standardOutput, standardError: standardError)
    }

    /// Looks again until `condition` holds; the limit is far above what it takes and only ends a hopeless wait.
    static func until(
        _ what: @autoclosure () -> String, limit: Duration = .seconds(30),
        _ condition: () async throws -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + limit
        var pause = Duration.milliseconds(5)
        while try await !condition() {
            guard ContinuousClock.now < deadline else { throw TooSlow(description: "waited for \(what())") }
            try await Task.sleep(for: pause)
            // Many conditions start a program: dozens of tests that ask all the time would starve what they wait for.
            pause = min(pause * 2, .milliseconds(200))
        }
    }

    private func read(_ name: String) -> String {
        (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
    }
}
