import ArgumentParser

/// `newswatch db`: what an operator does with the database now and then.
struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db",
        abstract: "Copies or checks the database of a stopped daemon.",
        discussion: """
            Takes the daemon's lock meanwhile, so that none can start.

            Examples:
              newswatch db check --database /var/lib/newswatch/newswatch.db
              newswatch db backup copy.db --database /var/lib/newswatch/newswatch.db

            Exit codes: 65 when the file is no database of newswatch, 75 when a daemon has it in use.
            """,
        subcommands: [DatabaseBackupCommand.self, DatabaseCheckCommand.self])
}

/// Which database.
struct DatabaseOption: ParsableArguments {
    @Option(
        name: .customLong("database"),
        help: ArgumentHelp("The database, which no daemon may have in use.", valueName: "file"),
        completion: .file(extensions: ["db"]))
    var path: String
}
