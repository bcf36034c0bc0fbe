import ArgumentParser
import ControlProtocol
import Daemon

/// `newswatch explain`.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tells what was decided on an entry, and why.",
        discussion: """
            Asks the running daemon, or with --database reads what a stopped one has stored. Of several \
            entries with the same address or guid the newest is explained.

            Examples:
              newswatch explain entry_12
              newswatch explain https://example.org/2023/11/17/board
              newswatch explain entry_12 --json | jq '.decisions[].reasons'
              newswatch explain entry_12 --database run/newswatch.db
            """)

    @Argument(
        help: ArgumentHelp("The entry's id, the address of the article, or its guid.", valueName: "id-or-url")
    )
    var name: String

    @Flag(name: .long, help: "Print one JSON document.")
    var json = false

    @OptionGroup var time: TimeOption
    @OptionGroup var source: SourceOptions

    func validate() throws {
        if name.isEmpty { throw ValidationError("The entry is empty: give its id or address.") }
    }

    func run() async throws {
        let console = Console.current
        let explanation = try await explanation(console)
        if json { return try console.print(json: explanation) }
        for line in ExplanationText.lines(explanation, minute: { time.minute($0, console) }) {
            try console.print(line)
        }
    }

    private func explanation(_ console: Console) async throws -> ExplanationDocument {
        if let database = source.database {
            let stored = try await OfflineDatabase.read(database) { try $0.explanation(of: name) }
            guard let stored else {
                throw CommandFailure(.badData, ControlFailure.unknownEntry(name).description)
            }
            return ExplanationDocument(stored)
        }
        return try await source.socket.client(console).get(.explain, query: QueryText.query("id", name))
    }
}
