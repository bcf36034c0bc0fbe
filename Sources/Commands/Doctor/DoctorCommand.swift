import ArgumentParser

/// `newswatch doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Looks for what needs doing, and says what to do.",
        discussion: """
            Looks at configuration, database, daemon, feeds, clock, name resolution, certificates and sinks, \
            whether the daemon runs or not. Changes nothing and sends no alert; asks each webhook's server, and \
            a few feeds', by HEAD. Takes at most 10 seconds. Run it as root to see everything.

            States: ok, note (nothing needs doing), warn (it works, but something needs doing), FAIL.

            Examples:
              sudo newswatch doctor
              newswatch doctor --config my.toml
              newswatch doctor --json | jq -r '.findings[] | select(.remedy) | .remedy'

            Exit codes: 0 when nothing needs doing, 1 when something does.
            """)

    @OptionGroup var configuration: ConfigurationOption

    @Option(
        name: .long,
        help: ArgumentHelp("The daemon's control socket. (default: the configuration's)", valueName: "path"),
        completion: .file(extensions: ["sock"]))
    var socket: String?

    @Flag(name: .long, help: "Print one JSON document.")
    var json = false

    func run() async throws {
        let console = Console.current
        let path = configuration.path(console.environment)
        let facts = try await HealthProbe(configurationPath: path, socket: socket, console: console).facts()
        let report = HealthReport(findings: Diagnosis.findings(facts))
        if json {
            try console.print(json: report)
        } else {
            for line in HealthText.lines(report, limit: console.columns, usesColour: console.usesColour) {
                try console.print(line)
            }
        }
        if !report.isHealthy { throw CommandFailure(.unhealthy) }
    }
}
