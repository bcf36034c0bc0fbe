import ArgumentParser
import ControlProtocol

/// `newswatch ctl developments merge`.
struct DevelopmentsMergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Counts others as the same happening as one.",
        discussion: """
            The first one stays; what reports the others reports it from now on. Whoever was told of \
            the others gets a correction.

            Example:
              newswatch ctl developments merge dev_4a1f20c97be35d86 dev_90b3c61d2e8f7a54
            """)

    @Argument(help: ArgumentHelp("The development that stays.", valueName: "development"))
    var development: String

    @Argument(help: ArgumentHelp("The same happening under other ids.", valueName: "other"))
    var others: [String]

    @OptionGroup var options: ControlOptions

    func run() async throws {
        let console = Console.current
        let receipt = try await options.rule(
            RulingRequest(action: .merge, development: development, others: others), console)
        guard let receipt else { return }
        let others = Set(others).count == 1 ? "1 development goes" : "\(Set(others).count) developments go"
        try console.print("\(others) on as \(PrintableText.line(receipt.development)); \(receipt.echo)")
    }
}
