import ArgumentParser

/// `newswatch db`: what an operator does with the database now and then.
struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db",
        abstract: "Copies, checks, exports or prunes the database.",
        discussion: """
            Asks the running daemon, which goes on meanwhile, or with --database reads the file of a stopped \
            one under its lock, so that none can start.

            Examples:
              newswatch db backup /backup/newswatch.db
              newswatch db check --database /backup/newswatch.db
              newswatch db export | jq -r 'select(.type == "entry") | .title'

            Exit codes: 65 when the file is no database of newswatch, 69 when no daemon answers, 75 when a \
            daemon has it in use.
            """,
        subcommands: [
            DatabaseBackupCommand.self, DatabaseCheckCommand.self, DatabaseExportCommand.self,
            DatabasePruneCommand.self,
        ])
}
