import ArgumentParser

/// `newswatch feeds`: the lists of feeds, with or without a running daemon.
struct FeedsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feeds",
        abstract: "Shows and changes lists of feeds; tries feeds out.",
        discussion: """
            Works on the configuration's files, with or without a running daemon. What is added goes to the first \
            list of [feeds] opml. Lists are changed in place: comments, attributes of other programs and the \
            layout stay as they are. A running daemon takes a change in at `newswatch ctl reload`.

            Examples:
              newswatch feeds list
              newswatch feeds add https://example.org/
              newswatch feeds import subscriptions.opml

            Exit codes: 65 when an address is no feed or a list is faulty, 69 when a server cannot be reached, 75 \
            when a list stays locked, 78 when the configuration is faulty.
            """,
        subcommands: [
            FeedsListCommand.self, FeedsAddCommand.self, FeedsRemoveCommand.self, FeedsImportCommand.self,
            FeedsExportCommand.self, FeedsTestCommand.self,
        ])
}
