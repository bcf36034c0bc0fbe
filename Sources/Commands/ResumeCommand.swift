import ArgumentParser
import ControlProtocol

/// `newswatch ctl resume`.
struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Goes on polling after `newswatch ctl pause`.",
        discussion: """
            Feeds that became due meanwhile are asked at once. After more than six hours they are treated as \
            after an outage: what happened long ago is marked late.

            Example:
              newswatch ctl resume
            """)

    @OptionGroup var options: ControlOptions

    func run() async throws {
        let console = Console.current
        let state: PauseDocument = try await options.socket.client(console).post(.resume)
        if options.json { return try console.print(json: state) }
        try console.print("polling")
    }
}
