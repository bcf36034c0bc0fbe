import ArgumentParser

/// `newswatch db backup`.
struct DatabaseBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Writes a copy of the database to a new file.",
        discussion: """
            The copy appears under its name when it is whole and on the disk. A file that exists is never \
            replaced. To restore: stop the daemon, move the database and its -wal and -shm away, put the copy \
            in their place.

            Example:
              newswatch db backup copy.db --database /var/lib/newswatch/newswatch.db
            """)

    @Argument(
        help: ArgumentHelp("The file to write, which must not exist.", valueName: "file"),
        completion: .file())
    var file: String

    @OptionGroup var database: DatabaseOption

    func validate() throws {
        if file.isEmpty { throw ValidationError("The file is empty: name the file to write.") }
    }

    func run() async throws {
        let counts = try OfflineDatabase.read(database.path, advice: OfflineDatabase.stop) { store in
            try store.backup(to: file)
            return try store.counts()
        }
        try Console.current.print(
            "\(file): \(counts.entries) entries, \(counts.developments) developments")
    }
}
