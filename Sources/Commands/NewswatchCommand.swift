import ArgumentParser
import ControlProtocol

/// `newswatch`: everything except the daemon itself.
struct NewswatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "newswatch",
        abstract: "Tells you once when something new happens in a story you follow.",
        discussion: """
            The daemon newswatchd polls feeds, decides what is new and sends alerts. This program asks it, sets \
            it up, and tries its parts on files.

            Examples:
              newswatch replay samples/saga-week.jsonl
              newswatch check /etc/newswatch/newswatchd.toml
              newswatch feeds add https://example.org/
              newswatch ctl status
              newswatch help ctl alerts
            """,
        version: NewswatchVersion.current,
        groupedSubcommands: [
            CommandGroup(name: "Running daemon", subcommands: [ControlCommand.self, DoctorCommand.self]),
            CommandGroup(
                name: "Setup and care",
                subcommands: [CheckCommand.self, FeedsCommand.self, DatabaseCommand.self]),
            CommandGroup(name: "Decision", subcommands: [TimelineCommand.self, ExplainCommand.self]),
            CommandGroup(
                name: "Trial",
                subcommands: [
                    ParseCommand.self, BacktestCommand.self, FingerprintCommand.self, ReplayCommand.self,
                    ManualCommand.self, TrySettingsCommand.self,
                ]),
        ])
}
