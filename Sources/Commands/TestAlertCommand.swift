import ArgumentParser
import ControlProtocol

/// `newswatch ctl test-alert`.
struct TestAlertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test-alert",
        abstract: "Sends a test to every sink.",
        discussion: """
            It goes through the outbox as any alert does and has the type `test`. Returns at once; watch the \
            result with `newswatch ctl alerts`.

            Example:
              newswatch ctl test-alert
            """)

    @OptionGroup var options: ControlOptions

    func run() async throws {
        let console = Console.current
        let receipt: DispatchReceipt = try await options.socket.client(console).post(.testAlert)
        if options.json { return try console.print(json: receipt) }
        let sinks = receipt.sinks.map(PrintableText.line).joined(separator: ", ")
        try console.print("\(PrintableText.line(receipt.id)) goes to \(sinks)")
    }
}
