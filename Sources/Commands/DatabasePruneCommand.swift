import ArgumentParser
import ControlProtocol
import Foundation
import Settings

/// `newswatch db prune`.
struct DatabasePruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Forgets what is older than is to be kept.",
        discussion: """
            Takes away old entries that are off topic everywhere, the texts of the other old ones, and alerts that \
            every sink has. Developments, their sources and decisions stay, and so do alerts that were given up. The \
            daemon does this by itself at every start and every day, by [database] retain; a stopped one's database \
            needs --older-than. The file keeps its size, and its free pages are used again.

            Examples:
              newswatch db prune
              newswatch db prune --database /var/lib/newswatch/newswatch.db --older-than 400d
            """)

    @OptionGroup var source: SourceOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "With --database: what was seen before this age goes; at least 30d.", valueName: "age"))
    var olderThan: String?

    @Flag(name: .long, help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard source.database != nil else {
            if olderThan != nil {
                throw ValidationError("--older-than is for --database; the daemon has its configuration.")
            }
            return
        }
        guard let age = olderThan.flatMap(DurationText.parse), age >= ConfigurationDefaults.copyWindow else {
            throw ValidationError("--database needs --older-than AGE, at least 30d, such as 400d.")
        }
    }

    func run() async throws {
        let console = Console.current
        let result = try await result(console)
        if json { return try console.print(json: result) }
        let entries = Quantity.phrase(result.entries, "entry", "entries")
        let alerts = Quantity.phrase(result.alerts, "alert", "alerts")
        try console.print("forgotten: \(entries), \(alerts)")
    }

    private func result(_ console: Console) async throws -> PruneDocument {
        guard let database = source.database, let age = olderThan.flatMap(DurationText.parse) else {
            return try await source.socket.client(console).post(.prune, limits: ControlClient.patient)
        }
        let before = console.now().addingTimeInterval(-Double(age.components.seconds))
        let pruned = try await OfflineDatabase.write(database) { try await $0.prune(before: before) }
        return PruneDocument(before: before, entries: pruned.entries, alerts: pruned.alerts)
    }
}
