import ArgumentParser
import ControlProtocol
import Foundation

/// The project's exit codes, not argument-parser's type of the same name.
typealias ExitCode = ControlProtocol.ExitCode

/// Both programs. The name under which the file was started decides which one it is.
package enum Program {
    /// The daemon's name; every other name is the command.
    package static let daemonName = "newswatchd"

    /// Runs the program with the process's own arguments and ends the process with the exit code.
    package static func main() async -> Never {
        // A reader that closes its end early is an outcome of write(2), not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        exit(await run(arguments: CommandLine.arguments, console: .standard()))
    }

    /// Runs the program named by `arguments[0]` with the rest; everything it reads from and writes to its
    /// surroundings goes through `console`. Returns the exit code.
    package static func run(arguments: [String], console: Console) async -> Int32 {
        let name = arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent }
        let rest = Array(arguments.dropFirst())
        return await Console.$current.withValue(console) {
            var code =
                name == daemonName
                ? await execute(DaemonCommand.self, rest, console)
                : await execute(NewswatchCommand.self, rest, console)
            do throws(OutputFailure) {
                try console.standardOutput.flush()
            } catch {
                code = outcome(of: error, console)
            }
            // That stderr cannot be written is the one failure with nobody left to tell.
            try? console.standardError.flush()
            return code
        }
    }

    private static func execute(
        _ root: any AsyncParsableCommand.Type, _ arguments: [String], _ console: Console
    ) async -> Int32 {
        if let unknown = UnknownVerb(arguments, root: root) {
            for line in unknown.lines { console.note(line) }
            return ExitCode.usage.rawValue
        }
        do {
            var command = try await root.asyncParseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return ExitCode.success.rawValue
        } catch {
            return outcome(of: error, root, console)
        }
    }

    private static func outcome(
        of error: any Error, _ root: any AsyncParsableCommand.Type, _ console: Console
    ) -> Int32 {
        switch error {
        case let error as OutputFailure: return outcome(of: error, console)
        case let error as CommandFailure:
            for line in error.lines { console.note(line) }
            return error.code.rawValue
        case let error as ForeignExit: return error.code
        default:
            let code = root.exitCode(for: error)
            guard code == .success || code == .validationFailure else {
                console.complain("internal error: \(error); please report it")
                return ExitCode.bug.rawValue
            }
            let text = root.fullMessage(for: error, columns: console.columns ?? Console.defaultColumns)
            return print(text, failed: code != .success, console)
        }
    }

    /// Help and versions belong to stdout, complaints about the command line to stderr.
    private static func print(_ text: String, failed: Bool, _ console: Console) -> Int32 {
        do throws(OutputFailure) {
            try (failed ? console.standardError : console.standardOutput).line(text)
        } catch {
            return outcome(of: error, console)
        }
        return (failed ? ExitCode.usage : .success).rawValue
    }

    private static func outcome(of failure: OutputFailure, _ console: Console) -> Int32 {
        switch failure {
        case .brokenPipe: return ExitCode.success.rawValue
        case .failed(let reason):
            console.complain("cannot write the output: \(reason)")
            return ExitCode.inputOutput.rawValue
        }
    }
}
