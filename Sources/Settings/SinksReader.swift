import Alerting

/// Reads every `[[sink]]`.
enum SinksReader {
    /// `credentials` is the folder that systemd has laid the service's credentials in.
    static func read(_ root: inout TableReader, credentials: String?) -> [SinkConfiguration] {
        var names: [String: SourcePosition] = [:]
        var sinks: [SinkConfiguration] = []
        for var table in root.tables("sink") {
            let name = name(&table, seen: &names)
            let place = SinkDestinationReader.read(&table, credentials: credentials)
            let policy = SinkPolicyReader.read(&table)
            table.finish(elsewhere: KeyHomes.home(of:))
            if let name, let place {
                sinks.append(
                    SinkConfiguration(
                        name: name, destination: place.destination, format: place.format, policy: policy))
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
}
