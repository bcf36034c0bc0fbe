import Commands
import Foundation
import Synchronization

/// What a run of a program left behind.
struct CommandRun: Equatable {
    var output: String
    var errors: String
    var code: Int32

    /// Runs `newswatch` in this process with everything captured. The clock stands at 12:00 on 17 November 2023.
    static func newswatch(
        _ arguments: [String], environment: [String: String] = [:], columns: Int? = nil,
        usesColour: Bool = false, executablePath: String? = nil, input: InputChannel = .empty
    ) async -> CommandRun {
        await program(
            ["newswatch"] + arguments, environment: environment, columns: columns, usesColour: usesColour,
            executablePath: executablePath, input: input)
    }

    /// Runs the program that `arguments[0]` names. Clocks show UTC unless told otherwise.
    static func program(
        _ arguments: [String], environment: [String: String] = [:], columns: Int? = nil,
        usesColour: Bool = false, executablePath: String? = nil,
        utcOffset: @escaping @Sendable (Date) -> Int = { _ in 0 }, input: InputChannel = .empty
    ) async -> CommandRun {
        let output = Capture()
        let errors = Capture()
        let console = Console(
            standardInput: input, standardOutput: output.channel, standardError: errors.channel,
            environment: environment, columns: columns, usesColour: usesColour,
            executablePath: executablePath, now: { Sample.noon }, utcOffset: utcOffset)
        let code = await Program.run(arguments: arguments, console: console)
        return CommandRun(output: output.text, errors: errors.text, code: code)
    }
}

/// Collects what is written.
final class Capture: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    var channel: OutputChannel {
        OutputChannel { written in self.bytes.withLock { $0 += written } }
    }
}

/// A folder of its own, short enough for a socket's path.
struct TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/nwc-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap(mkdtemp).map { String(cString: $0) } ?? "/nonexistent"
        }
    }

    /// Writes a file and returns its path.
    func write(_ name: String, _ content: String) throws -> String {
        let url = URL(fileURLWithPath: path).appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: url)
        return url.path
    }

    func remove() {
        // Left-overs in /tmp harm nobody, and a test that fails for them would hide why it failed.
        try? FileManager.default.removeItem(atPath: path)
    }
}
