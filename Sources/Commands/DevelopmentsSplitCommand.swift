import ArgumentParser
import ControlProtocol

/// `newswatch ctl developments split`.
struct DevelopmentsSplitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "split",
        abstract: "Makes entries a development of their own.",
        discussion: """
            The entry that opened the development stays with it. Copies of the entries go with them. \
            The new development is told like any other, and whoever was told of the old one gets a \
            correction.

            Example:
              newswatch ctl developments split dev_4a1f20c97be35d86 entry_17 entry_21
            """)

    @OptionGroup var about: DevelopmentArgument

    @Argument(
        help: ArgumentHelp("Entries that report something else: ids, addresses or guids.", valueName: "entry")
    )
    var entries: [String]

    @OptionGroup var options: ControlOptions

    func run() async throws {
        let console = Console.current
        let receipt = try await options.rule(
            RulingRequest(action: .split, development: about.development, entries: entries), console)
        guard let receipt else { return }
        let opened = receipt.opened.map(PrintableText.line) ?? "a development of its own"
        try console.print(
            "\(opened) is parted from \(PrintableText.line(receipt.development)); \(receipt.echo)")
    }
}
