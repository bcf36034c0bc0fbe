import Foundation

/// Runs a command of the system to its end, both of its outputs in one text.
enum Shell {
    static func run(
        _ command: String, _ arguments: [String], in folder: URL, limit: Duration = .seconds(240)
    ) async throws -> (exitCode: Int32, output: String) {
        let output = try Repository.temporaryFolder("shell").appending(path: "output")
        defer { try? FileManager.default.removeItem(at: output.deletingLastPathComponent()) }
        try Data().write(to: output)
        let process = try SpawnedProcess(
            "env", arguments: ["-C", folder.path, command] + arguments, environment: [:], output: output,
            errors: output)
        try await RunningProgram.until("\(command) to end", limit: limit) { !process.isRunning }
        return (process.exitCode ?? -1, try String(contentsOf: output, encoding: .utf8))
    }
}
