import ArgumentParser
import ControlProtocol

/// `newswatch ctl pause`.
struct PauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Stops polling until `ctl resume`, over restarts too.",
        discussion: """
            Requests in flight end as usual, and alerts that wait are delivered. While paused, `ctl poll` is \
            refused.

            Example:
              newswatch ctl pause
            """)

    @OptionGroup var options: ControlOptions

    func run() async throws {
        let console = Console.current
        let state: PauseDocument = try await options.socket.client(console).post(.pause)
        if options.json { return try console.print(json: state) }
        try console.print("polling is paused; `newswatch ctl resume` goes on")
    }
}
