import ArgumentParser
import ControlProtocol

/// A page of the manual in the macros of man(7), made from the help of the commands. It carries no date, so that
/// the same program gives the same page.
struct ManualPage {
    let fileName: String
    let text: String

    /// newswatch(1), with every verb.
    static func command() throws -> ManualPage {
        let root = NewswatchCommand.self
        let help = try CommandHelp.of(root)
        var roff = Roff(name: "newswatch", section: 1, manual: "User Commands")
        roff.opening(help, synopsis: ["newswatch verb [options]", "newswatch help [verb …]"])
        for group in root.configuration.groupedSubcommands {
            roff.section(group.name)
            for type in group.subcommands where type.configuration.shouldDisplay {
                if let verb = help.subcommands?.first(where: {
                    $0.commandName == type.configuration.commandName
                }) {
                    roff.verb(verb, type, root: root, path: [help.commandName])
                }
            }
        }
        roff.section("Exit status")
        for code in ExitCode.allCases { roff.item("\(code.rawValue)", code.meaning) }
        roff.section("Environment")
        for (name, meaning) in environment { roff.item(name, meaning) }
        roff.section("Files")
        for (name, meaning) in files { roff.item(name, meaning) }
        roff.seeAlso([("newswatchd", 8), ("jq", 1), ("curl", 1)])
        return ManualPage(fileName: "newswatch.1", text: roff.text)
    }

    /// newswatchd(8).
    static func daemon() throws -> ManualPage {
        let root = DaemonCommand.self
        let help = try CommandHelp.of(root)
        var roff = Roff(name: Program.daemonName, section: 8, manual: "System Administration")
        roff.opening(help, synopsis: [root.usageText(for: root)])
        roff.section("Options")
        for parameter in help.ownParameters { roff.parameter(parameter) }
        roff.section("Files")
        for (name, meaning) in files { roff.item(name, meaning) }
        roff.seeAlso([("newswatch", 1), ("systemctl", 1), ("journalctl", 1)])
        return ManualPage(fileName: "newswatchd.8", text: roff.text)
    }

    private static let environment = [
        ("NEWSWATCH_SOCKET", "The daemon's control socket, where --socket names none."),
        ("NEWSWATCH_CONFIG", "The daemon's configuration, where --config names none."),
        ("NEWSWATCH_ETC", "The folder of the configuration, where no option names one."),
        ("TZ", "The zone of times in tables; --utc and --json show UTC."),
        ("COLUMNS", "The width that tables must fit, instead of the terminal's."),
        ("NO_COLOR", "Not empty: no colours on a terminal either."),
    ]

    private static let files = [
        (ConfigurationOption.standard, "The daemon's configuration, each key with a comment."),
        (ControlRoute.defaultSocketPath, "The control socket, for members of the group newswatch."),
        ("/var/lib/newswatch/newswatch.db", "The database."),
    ]
}

extension ParsableCommand {
    /// The command line of a verb, for example `newswatch ctl status [--json]`.
    static func usageText(for verb: any ParsableCommand.Type) -> String {
        let usage = usageString(for: verb)
        let prefix = "Usage: "
        return usage.hasPrefix(prefix) ? String(usage.dropFirst(prefix.count)) : usage
    }
}
