import ArgumentParser
import ControlProtocol
import Daemon

/// `newswatchd`.
struct DaemonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: Program.daemonName,
        abstract: "Polls feeds, decides what is new and sends alerts.",
        discussion: """
            Stays in the foreground and logs to stderr. SIGTERM stops it within 10 seconds, with everything \
            that was read stored and everything stored accounted for.

            Examples:
              newswatchd --config /etc/newswatch/newswatchd.toml
              newswatchd --config my.toml --once
              newswatchd --config my.toml --check

            Exit codes: 0 stopped as asked; 1 with --once, when a feed failed; 64 usage; 74 input or output \
            failed; 75 database or socket in use; 77 permission; 78 configuration.
            """,
        version: NewswatchVersion.current)

    @Option(
        name: .long, help: ArgumentHelp("The configuration file.", valueName: "file"),
        completion: .file(extensions: ["toml"]))
    var config: String

    @Flag(name: .long, help: "Poll every due feed once, deliver, and exit.")
    var once = false

    @Flag(name: .long, help: "Check the configuration and exit, as `newswatch check` does.")
    var check = false

    func validate() throws {
        if once, check { throw ValidationError("--once and --check exclude each other.") }
    }

    func run() async throws {
        if check { return try ConfigurationCheck.run(path: config, Console.current) }
        let code = await DaemonProgram.run(configurationPath: config, once: once)
        if code != ExitCode.success.rawValue { throw ForeignExit(code: code) }
    }
}
