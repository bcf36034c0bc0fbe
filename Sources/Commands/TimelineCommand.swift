import ArgumentParser
import ControlProtocol

/// `newswatch timeline`.
struct TimelineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline",
        abstract: "Writes the chronology of the stories: each development with its sources.",
        discussion: """
            Asks the running daemon.

            Examples:
              newswatch timeline --markdown > timeline.md
              newswatch timeline --json | jq '.[-1]'
              newswatch timeline --markdown --topic openai-leadership
            """)

    @Flag(name: .long, help: "Print Markdown. (default)")
    var markdown = false

    @Flag(name: .long, help: "Print one JSON document: an array as of `ctl developments --json`, by time.")
    var json = false

    @Option(name: .long, help: ArgumentHelp("Only this topic.", valueName: "id"))
    var topic: String?

    @OptionGroup var socket: SocketOption

    func validate() throws {
        if markdown, json { throw ValidationError("--markdown and --json exclude each other.") }
    }

    func run() async throws {
        let console = Console.current
        let all: [DevelopmentDocument] = try await socket.client(console).get(.developments)
        let timeline = Timeline(all, topic: topic)
        if json { return try console.print(json: timeline.developments) }
        for line in timeline.markdown() { try console.print(line) }
    }
}
