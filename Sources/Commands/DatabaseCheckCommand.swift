import ArgumentParser
import ControlProtocol

/// `newswatch db check`.
struct DatabaseCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Reads the whole database and tells what is wrong.",
        discussion: """
            Takes seconds for each gigabyte. Exits with 1 when something is wrong.

            Examples:
              newswatch db check
              newswatch db check --database /var/lib/newswatch/newswatch.db
            """)

    @OptionGroup var source: SourceOptions

    @Flag(name: .long, help: "Print one JSON document.")
    var json = false

    func run() async throws {
        let console = Console.current
        let result = try await result(console)
        let database = PrintableText.line(result.database)
        if json {
            try console.print(json: result)
        } else {
            for fault in result.faults { try console.print(PrintableText.line(fault)) }
            if result.faults.isEmpty { try console.print("\(database): sound") }
        }
        guard result.faults.isEmpty else {
            throw CommandFailure(
                .unhealthy, "\(database) is damaged: restore a backup, or move it away to start anew")
        }
    }

    private func result(_ console: Console) async throws -> DatabaseCheckDocument {
        if let database = source.database {
            return DatabaseCheckDocument(
                database: database, faults: try await OfflineDatabase.faults(database))
        }
        return try await source.socket.client(console).get(.check, limits: ControlClient.patient)
    }
}
