import ArgumentParser

/// `newswatch db check`.
struct DatabaseCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Reads the whole database and tells what is wrong.",
        discussion: """
            Takes seconds for each gigabyte. Exits with 1 when something is wrong.

            Example:
              newswatch db check --database /var/lib/newswatch/newswatch.db
            """)

    /// What `--json` prints.
    private struct Result: Encodable {
        var database: String
        var faults: [String]
    }

    @OptionGroup var database: DatabaseOption

    @Flag(name: .long, help: "Print one JSON document.")
    var json = false

    func run() async throws {
        let console = Console.current
        let faults = try OfflineDatabase.faults(database.path)
        if json {
            try console.print(json: Result(database: database.path, faults: faults))
        } else {
            for fault in faults { try console.print(PrintableText.line(fault)) }
            if faults.isEmpty { try console.print("\(database.path): sound") }
        }
        guard faults.isEmpty else {
            throw CommandFailure(
                .unhealthy, "\(database.path) is damaged: restore a backup, or move it away to start anew")
        }
    }
}
