import ArgumentParser
import ControlProtocol

/// `newswatch`: everything except the daemon itself.
struct NewswatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "newswatch",
        abstract: "Tells you once, soon and truly when something new happens in a story that you follow.",
        discussion: """
            The daemon newswatchd polls feeds, decides what is new and sends alerts. This program asks the \
            running daemon (ctl, timeline, explain), looks after its lists of feeds (feeds) and its database (db), \
            and runs its parts on files (check, parse, backtest, fingerprint, replay).

            Examples:
              newswatch ctl status
              newswatch check /etc/newswatch/newswatchd.toml
              newswatch replay samples/saga-week.jsonl

            Exit codes: 0 fine; 1 the thing asked about is not fine; 64 usage; 65 bad data, the rest done \
            first; 69 daemon or server unreachable; 70 bug; 74 input or output failed; 75 database or socket in use; \
            77 permission; 78 configuration.
            """,
        version: NewswatchVersion.current,
        subcommands: [
            ControlCommand.self, FeedsCommand.self, CheckCommand.self, TimelineCommand.self,
            ExplainCommand.self, DatabaseCommand.self, ReplayCommand.self, BacktestCommand.self,
            ParseCommand.self,
            FingerprintCommand.self,
        ])
}
