import ArgumentParser
import ControlProtocol

/// `newswatch ctl alerts`.
struct AlertsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts",
        abstract: "Lists the alerts and their delivery to each sink.",
        discussion: """
            States: pending (will be tried, or tried again), delivered, failed (given up).

            Examples:
              newswatch ctl alerts
              newswatch ctl alerts --failed
              newswatch ctl alerts --json | jq '.[] | select(.state == "pending")'
            """)

    @Flag(name: .long, help: "Only alerts that were given up.")
    var failed = false

    @OptionGroup var options: ControlOptions
    @OptionGroup var time: TimeOption

    func run() async throws {
        let console = Console.current
        let alerts: [AlertDocument] = try await options.socket.client(console).get(
            .alerts, query: failed ? "?failed=true" : "")
        if options.json { return try console.print(json: alerts) }
        guard !alerts.isEmpty else {
            return try console.print(failed ? "No alert has failed." : "No alerts yet.")
        }
        var table = TextTable([
            .init(title: "CREATED"), .init(title: "STATE"), .init(title: "SINK"), .init(title: "TYPE"),
            .init(title: "TRIES", isNumber: true), .init(title: "ID"),
            .init(title: "ERROR", isFlexible: true),
        ])
        for alert in alerts {
            table.add([
                .init(time.minute(alert.created, console)),
                .init(alert.state.rawValue, Self.colour(of: alert.state)),
                .init(alert.sink), .init(alert.type), .init("\(alert.attempts)"), .init(alert.id),
                .init(alert.state == .delivered ? "" : alert.lastError ?? ""),
            ])
        }
        for line in table.lines(limit: console.columns, usesColour: console.usesColour) {
            try console.print(line)
        }
    }

    private static func colour(of state: AlertDocument.State) -> TextTable.Colour {
        switch state {
        case .pending: .yellow
        case .delivered: .green
        case .failed: .red
        }
    }
}
