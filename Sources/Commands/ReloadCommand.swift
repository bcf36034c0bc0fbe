import ArgumentParser
import ControlProtocol

/// `newswatch ctl reload`.
struct ReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Reads the configuration again; tells what changed.",
        discussion: """
            Feeds, topics, lexicon, sinks and all settings but the paths of database and socket change at once; \
            nothing that is under way is lost. A file with faults changes nothing: the faults are told, as \
            `newswatch check` does, and the exit code is 78. The same as SIGHUP to the daemon.

            Examples:
              newswatch ctl reload
              newswatch ctl reload --json | jq -r '.changes[] | select(.needs_restart) | .name'
            """)

    @OptionGroup var options: ControlOptions

    func run() async throws {
        let console = Console.current
        // The engine of a large database is rebuilt before the answer comes.
        let reloaded: ReloadDocument = try await options.socket.client(console).post(
            .reload, limits: ControlClient.patient)
        if options.json { return try console.print(json: reloaded) }
        let count = reloaded.changes.count
        let summary = count == 0 ? "nothing changed" : Quantity.phrase(count, "change", "changes")
        try console.print("\(PrintableText.line(reloaded.file)) is in force: \(summary)")
        guard count > 0 else { return }
        var table = TextTable([
            .init(title: "CHANGE"), .init(title: "WHAT"), .init(title: "NAME", isFlexible: true),
            .init(title: "HOW", isFlexible: true),
        ])
        for change in reloaded.changes {
            let how = [change.detail, change.needsRestart ? "holds after a restart" : nil]
            table.add([
                .init(change.action), .init(change.subject), .init(change.name),
                .init(how.compactMap { $0 }.joined(separator: "; "), change.needsRestart ? .yellow : nil),
            ])
        }
        for line in table.lines(limit: console.columns, usesColour: console.usesColour) {
            try console.print(line)
        }
    }
}
