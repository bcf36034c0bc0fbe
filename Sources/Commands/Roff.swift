import ArgumentParser
import ControlProtocol

/// Writes a manual page line by line.
struct Roff {
    private let name: String
    private var lines: [String]

    /// A page `NAME(SECTION)` of the manual with that title.
    init(name: String, section: Int, manual: String) {
        self.name = name
        lines = [
            #".TH \#(name.uppercased()) \#(section) "" "newswatch \#(NewswatchVersion.current)" "\#(manual)""#
        ]
    }

    var text: String { lines.joined(separator: "\n") + "\n" }

    /// NAME, SYNOPSIS and DESCRIPTION.
    mutating func opening(_ help: CommandHelp, synopsis: [String]) {
        section("Name")
        let abstract = help.abstract ?? ""
        let phrase = abstract.hasSuffix(".") ? String(abstract.dropLast()) : abstract
        lines.append("\(Self.code(name)) \\- \(Self.words(phrase))")
        section("Synopsis")
        for (index, command) in synopsis.enumerated() {
            if index > 0 { lines.append(".br") }
            lines.append(".B \(Self.code(command))")
        }
        section("Description")
        discussion(help.discussion ?? "")
    }

    mutating func section(_ title: String) {
        lines.append(#".SH "\#(title.uppercased())""#)
    }

    /// A verb with its usage, text and parameters, then the verbs below it.
    mutating func verb(
        _ help: CommandHelp, _ type: any ParsableCommand.Type, root: any ParsableCommand.Type, path: [String]
    ) {
        let path = path + [help.commandName]
        lines.append(#".SS "\#(path.joined(separator: " "))""#)
        lines.append(Self.words(help.abstract ?? ""))
        lines += [".PP", ".B \(Self.code(root.usageText(for: type)))", ".PP"]
        discussion(help.discussion ?? "")
        for parameter in help.ownParameters { self.parameter(parameter) }
        for subcommand in type.configuration.subcommands {
            if let below = help.subcommands?.first(where: {
                $0.commandName == subcommand.configuration.commandName
            }) {
                verb(below, subcommand, root: root, path: path)
            }
        }
    }

    mutating func parameter(_ parameter: CommandHelp.Parameter) {
        let names = (parameter.names ?? []).map(\.text).joined(separator: ", ")
        let value = parameter.kind == "flag" ? "" : "<\(parameter.valueName ?? "value")>"
        let repeats = parameter.isRepeating ? " …" : ""
        item(
            [names, value].filter { !$0.isEmpty }.joined(separator: " ") + repeats, parameter.abstract ?? "")
    }

    mutating func item(_ name: String, _ meaning: String) {
        lines += [".TP", ".B \(Self.code(name))", Self.words(meaning)]
    }

    mutating func seeAlso(_ pages: [(name: String, section: Int)]) {
        section("See also")
        for (index, page) in pages.enumerated() {
            lines.append(".BR \(page.name) (\(page.section))\(index < pages.count - 1 ? "," : "")")
        }
    }

    /// Paragraphs as they are; indented lines, which are examples, exactly as they are.
    private mutating func discussion(_ text: String) {
        for (index, paragraph) in text.split(separator: "\n\n").enumerated() {
            if index > 0 { lines.append(".PP") }
            let parts = paragraph.split(separator: "\n")
            lines += parts.filter { !$0.hasPrefix(" ") }.map { Self.words(String($0)) }
            let examples = parts.filter { $0.hasPrefix(" ") }
            guard !examples.isEmpty else { continue }
            lines += [".PP", ".EX"] + examples.map { Self.code(String($0)) } + [".EE"]
        }
    }

    /// Running text; a hyphen may stay one.
    private static func words(_ text: String) -> String {
        escaped(text).replacing(" --", with: #" \-\-"#)
    }

    /// What is typed: `-` must come out as the character on the keyboard.
    private static func code(_ text: String) -> String {
        escaped(text).replacing("-", with: #"\-"#)
    }

    /// The characters that troff reads as its own; a line must not begin as a request does.
    private static func escaped(_ text: String) -> String {
        let plain = text.replacing(#"\"#, with: #"\e"#)
        return plain.hasPrefix(".") || plain.hasPrefix("'") ? #"\&"# + plain : plain
    }
}
