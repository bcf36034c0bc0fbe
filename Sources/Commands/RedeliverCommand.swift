import ArgumentParser
import ControlProtocol

/// `newswatch ctl redeliver`.
struct RedeliverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redeliver",
        abstract: "Sends an alert again, under the same id.",
        discussion: """
            It goes to the sinks that gave it up or, when none did, to all that had it. Returns at once; watch \
            the result with `newswatch ctl alerts`.

            Example:
              newswatch ctl redeliver msg_2k6pyc3u3jd5oq7h4lw3n5xz2a
            """)

    @Argument(help: ArgumentHelp("The alert's id, as `ctl alerts` shows it.", valueName: "id"))
    var id: String

    @OptionGroup var options: ControlOptions

    func validate() throws {
        if id.isEmpty { throw ValidationError("The id is empty: `newswatch ctl alerts` lists them.") }
    }

    func run() async throws {
        let console = Console.current
        let receipt: DispatchReceipt = try await options.socket.client(console).post(
            .redeliver, query: QueryText.query("id", id))
        if options.json { return try console.print(json: receipt) }
        let sinks = receipt.sinks.map(PrintableText.line).joined(separator: ", ")
        try console.print("\(PrintableText.line(receipt.id)) goes again to \(sinks)")
    }
}
