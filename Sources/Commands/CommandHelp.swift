import ArgumentParser
import Foundation

/// What argument-parser tells about a command with all its verbs: the JSON of `--experimental-dump-help`.
struct CommandHelp: Decodable {
    /// An argument, option or flag.
    struct Parameter: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String

            /// As it is typed.
            var text: String { kind == "long" ? "--\(name)" : "-\(name)" }
        }

        let shouldDisplay: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let kind: String
        let abstract: String?
    }

    let commandName: String
    let shouldDisplay: Bool
    let abstract: String?
    let discussion: String?
    let subcommands: [CommandHelp]?
    let arguments: [Parameter]?

    private struct Tool: Decodable {
        let command: CommandHelp
    }

    /// Of a program. Throws when argument-parser has changed the form.
    static func of(_ root: any ParsableCommand.Type) throws -> CommandHelp {
        try JSONDecoder().decode(Tool.self, from: Data(root._dumpHelp().utf8)).command
    }

    /// The verb's parameters without `--help` and `--version`, which every verb has.
    var ownParameters: [Parameter] {
        (arguments ?? []).filter { parameter in
            let names = (parameter.names ?? []).map(\.name)
            return parameter.shouldDisplay && !names.contains("help") && !names.contains("version")
        }
    }
}
