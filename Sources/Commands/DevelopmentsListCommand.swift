import ArgumentParser
import ControlProtocol

/// `newswatch ctl developments list`, which is what `ctl developments` does.
struct DevelopmentsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists what has happened, oldest first.",
        discussion: """
            SEEN BY counts independent outlets: another domain that is not printing a copy.

            Examples:
              newswatch ctl developments list
              newswatch ctl developments list --json | jq -r '.[] | [.first_published, .headline] | @tsv'
            """)

    @OptionGroup var options: ControlOptions
    @OptionGroup var time: TimeOption

    func run() async throws {
        let console = Console.current
        let developments: [DevelopmentDocument] = try await options.socket.client(console).get(.developments)
        if options.json { return try console.print(json: developments) }
        guard !developments.isEmpty else { return try console.print("No developments yet.") }
        var table = TextTable([
            .init(title: "FIRST PUBLISHED"), .init(title: "KIND"), .init(title: "SURE"),
            .init(title: "SEEN BY", isNumber: true), .init(title: "HEADLINE", isFlexible: true),
            .init(title: "ID"),
        ])
        for development in developments {
            let isStanding = development.standing == "told"
            table.add([
                .init(time.minute(development.firstPublished, console)), .init(development.kind),
                .init(development.confidence, development.confidence == "low" ? .yellow : nil),
                .init("\(development.corroboration)"),
                .init(
                    isStanding ? development.headline : "(\(development.standing)) \(development.headline)"),
                .init(development.id),
            ])
        }
        for line in table.lines(limit: console.columns, usesColour: console.usesColour) {
            try console.print(line)
        }
    }
}
