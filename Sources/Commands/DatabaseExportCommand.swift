import ArgumentParser
import Daemon
import Storage

/// `newswatch db export`.
struct DatabaseExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes entries, decisions and developments as JSONL.",
        discussion: """
            One state of the database, whatever comes in meanwhile. The first line is a header, the last one \
            the counts; an export without it is cut. A file that exists is never replaced.

            Examples:
              newswatch db export | jq -r 'select(.type == "development") | .headline'
              newswatch db export --output export.jsonl --database /var/lib/newswatch/newswatch.db
            """)

    @Option(
        name: .long,
        help: ArgumentHelp("Write to this file, which must not exist, instead of stdout.", valueName: "file"))
    var output: String?

    @OptionGroup var source: SourceOptions

    func validate() throws {
        if output?.isEmpty == true { throw ValidationError("The file is empty: name the file to write.") }
    }

    func run() async throws {
        let console = Console.current
        do {
            let file = try output.map { path throws(StorageError) in try NewFile(path: path) }
            let sink = ExportSink { bytes in
                if let file { try file.write(bytes) } else { try console.standardOutput.add(bytes) }
            }
            if let database = source.database {
                try await OfflineDatabase.read(database) { store in
                    let export = try DatabaseExport(store, now: console.now())
                    while let lines = try await export.next() { try await sink.take(lines) }
                }
            } else {
                try await source.socket.client(console).stream(.export, limits: ControlClient.patient) {
                    try await sink.take($0)
                }
            }
            let summary = try await sink.summary()
            guard let file else { return }
            try file.publish()
            let counts = [
                Quantity.phrase(summary.entries, "entry", "entries"),
                Quantity.phrase(summary.decisions, "decision", "decisions"),
                Quantity.phrase(summary.developments, "development", "developments"),
            ]
            try console.print("\(file.path): \(counts.joined(separator: ", "))")
        } catch let error as StorageError {
            throw CommandFailure(error)
        }
    }
}
