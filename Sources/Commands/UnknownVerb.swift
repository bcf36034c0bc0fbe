import ArgumentParser
import Settings

/// A word on the command line that stands where a verb belongs and is none. argument-parser takes it for a
/// surplus argument and, after `help`, says nothing at all.
struct UnknownVerb {
    let word: String
    /// The program and the verbs before the word.
    let path: [String]
    /// The whole command that was probably meant.
    let meant: String?

    /// Nil when the verbs among the arguments are all known.
    init?(_ arguments: [String], root: any ParsableCommand.Type) {
        var words = arguments[...]
        if words.first == "help" { words.removeFirst() }
        var command = root
        var path = [Self.name(root)]
        while let word = words.popFirst(), !command.configuration.subcommands.isEmpty {
            guard !word.hasPrefix("-") else { return nil }
            guard let next = command.configuration.subcommands.first(where: { Self.name($0) == word }) else {
                self.word = word
                self.path = path
                // Of argument-parser's groups only the topmost has the verb `help`.
                meant =
                    word == "help"
                    ? ([path[0], "help"] + path.dropFirst()).joined(separator: " ")
                    : Self.nearest(to: word, among: Self.commands(below: command, path))
                return
            }
            command = next
            path.append(word)
        }
        return nil
    }

    /// What the user is told, in argument-parser's form.
    var lines: [String] {
        let question = meant.map { " Did you mean '\($0)'?" } ?? ""
        return [
            "Error: Unknown verb '\(PrintableText.line(word))'.\(question)",
            "  See '\(path.joined(separator: " ")) --help' for all verbs.",
        ]
    }

    private static func name(_ command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? ""
    }

    /// Every verb below the command as words, those higher up first.
    private static func commands(below command: any ParsableCommand.Type, _ path: [String]) -> [[String]] {
        let shown = command.configuration.subcommands.filter { $0.configuration.shouldDisplay }
        return shown.map { path + [name($0)] } + shown.flatMap { commands(below: $0, path + [name($0)]) }
    }

    /// The command whose last word was probably meant, wherever it stands: `status` is found below `ctl`.
    private static func nearest(to word: String, among commands: [[String]]) -> String? {
        let known = commands.compactMap(\.last)
        return NearestKey.meant(by: word, among: known).flatMap { verb in
            commands.first { $0.last == verb }?.joined(separator: " ")
        }
    }
}
