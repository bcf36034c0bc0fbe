import ArgumentParser
import Storage

/// `newswatch db backup`.
struct DatabaseBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Writes a copy of the database to a new file.",
        discussion: """
            The copy appears under its name when it is whole, sound and on the disk. A file that exists is \
            never replaced. The daemon goes on meanwhile; it needs as much free space as the database takes. \
            To restore: stop the daemon, move the database and its -wal and -shm away, put the copy in their \
            place.

            Examples:
              newswatch db backup /backup/newswatch-$(date +%F).db
              newswatch db backup copy.db --database /var/lib/newswatch/newswatch.db
            """)

    @Argument(
        help: ArgumentHelp("The file to write, which must not exist.", valueName: "file"),
        completion: .file())
    var file: String

    @OptionGroup var source: SourceOptions

    func validate() throws {
        if file.isEmpty { throw ValidationError("The file is empty: name the file to write.") }
    }

    func run() async throws {
        let console = Console.current
        let counts =
            if let database = source.database {
                try await OfflineDatabase.read(database) { store in
                    try store.backup(to: file)
                    return try store.counts()
                }
            } else {
                try await received(over: try source.socket.client(console))
            }
        let entries = Quantity.phrase(counts.entries, "entry", "entries")
        let developments = Quantity.phrase(counts.developments, "development", "developments")
        try console.print("\(file): \(entries), \(developments)")
    }

    private func received(over client: ControlClient) async throws -> NewsStore.Counts {
        do {
            let copy = try NewFile(path: file)
            try await client.stream(.backup, limits: ControlClient.patient) { try copy.write($0) }
            let store = try NewsStore(readingPath: copy.partialPath)
            let faults = try store.quickCheck()
            guard faults.isEmpty else {
                throw CommandFailure(
                    .badData, "the copy that came is damaged: \(faults[0]); check the daemon's database")
            }
            let counts = try store.counts()
            try store.close()
            try copy.publish()
            return counts
        } catch let error as StorageError {
            throw CommandFailure(error)
        }
    }
}
