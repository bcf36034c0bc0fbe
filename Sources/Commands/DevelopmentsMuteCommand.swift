import ArgumentParser
import ControlProtocol

/// `newswatch ctl developments mute`.
struct DevelopmentsMuteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mute",
        abstract: "Tells nothing more of a development.",
        discussion: """
            What reports it still joins it; no update or late alert of it is sent.

            Example:
              newswatch ctl developments mute dev_4a1f20c97be35d86
            """)

    @OptionGroup var about: DevelopmentArgument

    @OptionGroup var options: ControlOptions

    func run() async throws {
        let console = Console.current
        let receipt = try await options.rule(
            RulingRequest(action: .mute, development: about.development), console)
        guard let receipt else { return }
        try console.print("nothing more is told of \(PrintableText.line(receipt.development))")
    }
}
