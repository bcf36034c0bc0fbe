import Alerting
import Foundation

/// Reads the keys of a `[[sink]]` that say where alerts go, and how they are written.
enum SinkDestinationReader {
    private enum Kind: String, CaseIterable {
        case stdout, file, webhook, exec

        /// The first is the default.
        var formats: [AlertFormat] {
            switch self {
            case .stdout, .file: AlertFormat.ofLines
            case .webhook: AlertFormat.ofWebhooks
            case .exec: [.json]
            }
        }

        /// As a sentence has it.
        var phrase: String { self == .exec ? "an exec sink" : "a \(rawValue) sink" }

        /// Of the keys below, those that mean something to it.
        var keys: [String] {
            switch self {
            case .stdout: []
            case .file: ["path"]
            case .webhook: ["url", "secret_file", "allow_private"]
            case .exec: ["command"]
            }
        }
    }

    /// A value, and where it stands.
    private typealias Placed = (value: String, position: SourcePosition)

    private static let keys = ["path", "url", "secret_file", "allow_private", "command"]

    /// Nil after noting why. `credentials` is the folder that systemd has laid the service's credentials in.
    static func read(
        _ table: inout TableReader, credentials: String?
    ) -> (destination: SinkConfiguration.Destination, format: AlertFormat)? {
        let kind = kind(&table)
        let path = table.text("path")
        let url = table.text("url")
        let secretFile = table.text("secret_file")
        let allowPrivate = table.boolean("allow_private")
        let command = table.strings("command")
        let chosen = table.choice("format", of: AlertFormat.self)
        guard let kind else { return nil }
        for key in keys where !kind.keys.contains(key) {
            guard let item = table.table[key] else { continue }
            table.fault(item.keyPosition, "\(key) means nothing to \(kind.phrase)")
        }
        guard let format = format(chosen, of: kind, table) else { return nil }
        let destination: SinkConfiguration.Destination? =
            switch kind {
            case .stdout: .stdout
            case .file: file(table, path)
            case .webhook:
                webhook(
                    table, format, url: url, secretFile: secretFile, allowPrivate: allowPrivate ?? false,
                    credentials: credentials)
            case .exec: exec(table, command)
            }
        return destination.map { ($0, format) }
    }

    private static func kind(_ table: inout TableReader) -> Kind? {
        guard let item = table.item("type") else {
            table.missing("type")
            return nil
        }
        if case .string(let word) = item.value, AlertFormat.ofWebhooks.map(\.rawValue).contains(word) {
            table.fault(
                item.position,
                "type is \"\(word)\", which is a format: type = \"webhook\", format = \"\(word)\"")
            return nil
        }
        return table.choice("type", of: Kind.self)
    }

    /// What cannot be meant for the kind counts as its default, so that what else is wrong is told too.
    private static func format(_ chosen: AlertFormat?, of kind: Kind, _ table: TableReader) -> AlertFormat? {
        guard let item = table.table["format"] else { return kind.formats.first }
        guard let chosen, !kind.formats.contains(chosen) else { return chosen }
        let words = kind.formats.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        table.fault(
            item.position,
            "format is \"\(chosen.rawValue)\", must be \(kind.formats.count > 1 ? "one of " : "")\(words) "
                + "for \(kind.phrase)")
        return kind.formats.first
    }

    private static func file(_ table: TableReader, _ path: Placed?) -> SinkConfiguration.Destination? {
        if table.table["path"] == nil { table.missing("path") }
        return path.map { .file(path: TextFile.resolve($0.value, beside: table.file)) }
    }

    // MARK: Webhooks

    private static func webhook(
        _ table: TableReader, _ format: AlertFormat, url: Placed?, secretFile: Placed?, allowPrivate: Bool,
        credentials: String?
    ) -> SinkConfiguration.Destination? {
        if table.table["url"] == nil { table.missing("url") }
        if let url, let wrong = WebAddress.fault(in: url.value) ?? format.fault(inAddress: url.value) {
            table.fault(url.position, "url \(wrong)")
        }
        if case .token(isRequired: true) = format.secret, table.table["secret_file"] == nil {
            table.fault(
                table.table.position,
                "\(table.name) has no secret_file, which format \"\(format.rawValue)\" reads its access token from"
            )
        }
        let secret = secretFile.flatMap { secretPath(table, format, $0, credentials: credentials) }
        return url.map { .webhook(url: $0.value, secretFile: secret, allowPrivate: allowPrivate) }
    }

    /// The path, when the file is as its format needs it or cannot be seen from here.
    private static func secretPath(
        _ table: TableReader, _ format: AlertFormat, _ file: Placed, credentials: String?
    ) -> String? {
        if case .none = format.secret {
            table.fault(
                file.position,
                "secret_file means nothing to format \"\(format.rawValue)\": its address is its secret")
            return nil
        }
        let variable = SinkCredential.folderVariable + "/"
        var path = TextFile.resolve(file.value, beside: table.file)
        if file.value.hasPrefix(variable) {
            // Only the service sees its credentials: whoever checks its configuration by hand does not.
            guard let credentials else { return file.value }
            path = credentials + "/" + file.value.dropFirst(variable.count)
        }
        guard
            let bytes = TextFile.read(
                path, referrer: table.file, position: file.position, what: "secret_file",
                faults: table.faults)
        else { return nil }
        do {
            _ = try SinkCredential(text: String(decoding: bytes, as: UTF8.self), for: format)
        } catch {
            table.fault(file.position, "secret_file \(path): \(error)")
        }
        return path
    }

    // MARK: Programs

    private static func exec(
        _ table: TableReader, _ command: [Placed]?
    ) -> SinkConfiguration.Destination? {
        if table.table["command"] == nil { table.missing("command") }
        guard let command else { return nil }
        guard let program = command.first else {
            if let item = table.table["command"] {
                table.fault(
                    item.position, "command is empty, must be [\"/path/of/program\", \"argument\", …]")
            }
            return nil
        }
        for word in command where word.value.utf8.contains(0) {
            table.fault(word.position, "command holds a NUL character, which no program can be given")
        }
        let path = TextFile.resolve(program.value, beside: table.file)
        if let wrong = fault(inProgram: path) { table.fault(program.position, "command \(path): \(wrong)") }
        // Programs are started in another folder than the one that a relative path counts from.
        let absolute = URL(fileURLWithPath: path).path
        return .exec(command: [absolute] + command.dropFirst().map(\.value))
    }

    /// Whether the daemon's own account may run it is for `doctor` to say.
    private static func fault(inProgram path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return "no such file" }
        guard status.st_mode & S_IFMT == S_IFREG else { return "is no regular file" }
        return status.st_mode & 0o111 == 0 ? "is not executable" : nil
    }
}
