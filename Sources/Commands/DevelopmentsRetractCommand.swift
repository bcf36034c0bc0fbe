import ArgumentParser
import ControlProtocol

/// `newswatch ctl developments retract`.
struct DevelopmentsRetractCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retract",
        abstract: "Takes back what was told in error.",
        discussion: """
            Whoever was told gets a correction. What reports it still joins it, and is not told.

            Example:
              newswatch ctl developments retract dev_4a1f20c97be35d86
            """)

    @OptionGroup var about: DevelopmentArgument

    @OptionGroup var options: ControlOptions

    func run() async throws {
        let console = Console.current
        let receipt = try await options.rule(
            RulingRequest(action: .retract, development: about.development), console)
        guard let receipt else { return }
        try console.print("\(PrintableText.line(receipt.development)) is taken back; \(receipt.echo)")
    }
}
