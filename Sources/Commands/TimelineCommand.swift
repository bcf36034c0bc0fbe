import ArgumentParser
import ControlProtocol
import Daemon

/// `newswatch timeline`.
struct TimelineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline",
        abstract: "Writes the chronology: developments and sources.",
        discussion: """
            Asks the running daemon, or with --database reads what a stopped one has stored. Days and times are \
            in UTC: the page is for readers in any zone.

            Examples:
              newswatch timeline --markdown > timeline.md
              newswatch timeline --json | jq '.[-1]'
              newswatch timeline --markdown --topic openai-leadership
              newswatch timeline --database run/newswatch.db > timeline.md
            """)

    @Flag(name: .long, help: "Print Markdown. (default)")
    var markdown = false

    @Flag(name: .long, help: "Print one JSON document: an array as of `ctl developments --json`, by time.")
    var json = false

    @Option(name: .long, help: ArgumentHelp("Only this topic.", valueName: "id"))
    var topic: String?

    @OptionGroup var source: SourceOptions

    func validate() throws {
        if markdown, json { throw ValidationError("--markdown and --json exclude each other.") }
    }

    func run() async throws {
        let console = Console.current
        let timeline = Timeline(try await developments(console), topic: topic)
        if json { return try console.print(json: timeline.developments) }
        for line in timeline.markdown() { try console.print(line) }
    }

    private func developments(_ console: Console) async throws -> [DevelopmentDocument] {
        if let database = source.database {
            return try await OfflineDatabase.read(database) {
                try $0.developments().map(DevelopmentDocument.init)
            }
        }
        return try await source.socket.client(console).get(.developments)
    }
}
