import Alerting

/// Reads every `[[sink]]`.
enum SinksReader {
    private enum Kind: String, CaseIterable {
        case stdout, file, webhook
    }

    static func read(_ root: inout TableReader) -> [SinkConfiguration] {
        var names: [String: SourcePosition] = [:]
        var sinks: [SinkConfiguration] = []
        for var table in root.tables("sink") {
            let name = name(&table, seen: &names)
            let kind = table.choice("type", of: Kind.self)
            if table.table["type"] == nil { table.missing("type") }
            let destination = destination(of: kind, &table)
            let format = table.choice("format", of: AlertFormat.self)
            if kind == .webhook, format == .text, let item = table.table["format"] {
                table.fault(item.position, "format is \"text\", must be \"json\" for a webhook")
            }
            let policy = SinkPolicyReader.read(&table)
            table.finish(elsewhere: KeyHomes.home(of:))
            if let name, let destination {
                sinks.append(
                    SinkConfiguration(
                        name: name, destination: destination,
                        format: format ?? (kind == .webhook ? .json : .text), policy: policy))
            }
        }
        return sinks
    }

    private static func name(_ table: inout TableReader, seen: inout [String: SourcePosition]) -> String? {
        guard let name = table.text("name") else {
            if table.table["name"] == nil { table.missing("name") }
            return nil
        }
        let isPlain = name.value.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E
        }
        guard isPlain, name.value.utf8.count <= 64 else {
            table.fault(name.position, "name \"\(name.value)\" must be up to 64 of A-Z, a-z, 0-9, -, _ and .")
            return nil
        }
        if let first = seen[name.value] {
            table.fault(name.position, "duplicate sink name \"\(name.value)\", first in line \(first.line)")
            return nil
        }
        seen[name.value] = name.position
        return name.value
    }

    private static func destination(
        of kind: Kind?, _ table: inout TableReader
    ) -> SinkConfiguration.Destination? {
        let path = table.text("path")
        let url = table.text("url")
        let secretFile = table.text("secret_file")
        let allowPrivate = table.boolean("allow_private")
        guard let kind else { return nil }
        let used: [String] =
            switch kind {
            case .stdout: []
            case .file: ["path"]
            case .webhook: ["url", "secret_file", "allow_private"]
            }
        for key in ["path", "url", "secret_file", "allow_private"] where !used.contains(key) {
            guard let item = table.table[key] else { continue }
            table.fault(item.keyPosition, "\(key) means nothing to a \(kind.rawValue) sink")
        }
        switch kind {
        case .stdout:
            return .stdout
        case .file:
            if table.table["path"] == nil { table.missing("path") }
            return path.map { .file(path: TextFile.resolve($0.value, beside: table.file)) }
        case .webhook:
            return webhook(table, url: url, secretFile: secretFile, allowPrivate: allowPrivate ?? false)
        }
    }

    private static func webhook(
        _ table: TableReader, url: (value: String, position: SourcePosition)?,
        secretFile: (value: String, position: SourcePosition)?, allowPrivate: Bool
    ) -> SinkConfiguration.Destination? {
        if table.table["url"] == nil { table.missing("url") }
        if let url, let wrong = WebAddress.fault(in: url.value) {
            table.fault(url.position, "url \(wrong)")
        }
        let path = secretFile.map { TextFile.resolve($0.value, beside: table.file) }
        if let secretFile, let path { checkSecrets(table, path: path, position: secretFile.position) }
        return url.map { .webhook(url: $0.value, secretFile: path, allowPrivate: allowPrivate) }
    }

    private static func checkSecrets(_ table: TableReader, path: String, position: SourcePosition) {
        guard
            let bytes = TextFile.read(
                path, referrer: table.file, position: position, what: "secret_file", faults: table.faults)
        else { return }
        do {
            _ = try WebhookSecrets(text: String(decoding: bytes, as: UTF8.self))
        } catch {
            table.fault(position, "secret_file \(path): \(error)")
        }
    }
}
