import ArgumentParser

/// `newswatch ctl`: the verbs that speak to the running daemon.
struct ControlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ctl",
        abstract: "Asks and steers the running daemon.",
        discussion: """
            Speaks HTTP over the daemon's unix socket. Members of the socket's group may connect.

            Examples:
              newswatch ctl status
              newswatch ctl feeds --json
              newswatch ctl watch
              curl --unix-socket /run/newswatch/control.sock http://localhost/api/v1/status

            Exit codes: 69 when no daemon answers, 77 when the socket may not be opened.
            """,
        subcommands: [
            StatusCommand.self, FeedStatesCommand.self, PollCommand.self, PauseCommand.self,
            ResumeCommand.self,
            ReloadCommand.self,
            DevelopmentsCommand.self, AlertsCommand.self, RedeliverCommand.self, TestAlertCommand.self,
            WatchCommand.self,
        ])
}
