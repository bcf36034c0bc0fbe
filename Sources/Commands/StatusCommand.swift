import ArgumentParser
import ControlProtocol

/// `newswatch ctl status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Shows what the daemon has done and how it is.",
        discussion: """
            Exits with 0 while the daemon answers. With --check it exits with 1 when a feed fails or is gone, \
            when an alert could not be delivered, when polling is paused, when the database cannot be written, or when the configuration's files hold \
            faults and an older state of them is in force.

            Examples:
              newswatch ctl status
              newswatch ctl status --json | jq .outbox
              newswatch ctl status --check || echo 'newswatch needs a look'
            """)

    @OptionGroup var options: ControlOptions

    @Flag(name: .long, help: "Exit with 1 if anything is unhealthy.")
    var check = false

    func run() async throws {
        let console = Console.current
        let status: StatusDocument = try await options.socket.client(console).get(.status)
        if options.json {
            try console.print(json: status)
        } else {
            let lines = StatusText.lines(status, now: console.now(), usesColour: console.usesColour)
            for line in lines { try console.print(line) }
        }
        let complaints = StatusText.complaints(status)
        if check, !complaints.isEmpty {
            throw CommandFailure(.unhealthy, complaints.joined(separator: "; "))
        }
    }
}
