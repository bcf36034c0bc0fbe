import ArgumentParser
import ControlProtocol
import Replay

/// `newswatch replay`.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Lets the real daemon live through an archive.",
        discussion: """
            Serves the items as growing feeds on loopback and runs the real daemon against them: \
            database, polling, decisions and alerts are those of a normal run, and decisions equal those of \
            backtest. Ends with a summary.

            Examples:
              newswatch replay samples/saga-week.jsonl
              newswatch replay samples/saga-week.jsonl --directory run --duration 15
              newswatch replay items.jsonl --speed 3600
            """)

    @Argument(
        help: ArgumentHelp("The archive, JSON Lines as for backtest.", valueName: "items"),
        completion: .file(extensions: ["jsonl"]))
    var items: String

    @Option(
        name: .long,
        help: ArgumentHelp("Seconds of the archive in one second of the replay.", valueName: "factor"))
    var speed: Double?

    @Option(
        name: .long,
        help: ArgumentHelp("Choose the speed so that the replay takes this long.", valueName: "seconds"))
    var duration: Double?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Keep database, log and timeline here. (default: a folder that is removed afterwards)",
            valueName: "folder"), completion: .directory)
    var directory: String?

    @OptionGroup var location: LocationOption

    func validate() throws {
        if speed != nil, duration != nil {
            throw ValidationError("--speed and --duration exclude each other.")
        }
        for (name, value) in [("--speed", speed), ("--duration", duration)] {
            if let value, !(value.isFinite && value > 0) {
                throw ValidationError("\(name) must be greater than 0.")
            }
        }
    }

    func run() async throws {
        let location = ConfigurationLocation(option: location.configDir, console: Console.current)
        let code = await ReplayProgram.run(
            options: ReplayOptions(
                itemsPath: items, speed: speed, duration: duration, directory: directory,
                configurationDirectory: location.directory,
                timeline: { Timeline($0, topic: nil).markdown().joined(separator: "\n") + "\n" }))
        if code != ExitCode.success.rawValue { throw ForeignExit(code: code) }
    }
}
