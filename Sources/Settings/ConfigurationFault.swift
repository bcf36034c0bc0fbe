/// One thing that is wrong in a configuration file, a topic profile, a lexicon or an OPML file.
package struct ConfigurationFault: Sendable, Hashable, CustomStringConvertible {
    /// Path of the file, as the user gave it or as it follows from the configuration's own path.
    package var file: String
    /// Where in the file; line 1, column 1 for a fault of the file as a whole.
    package var position: SourcePosition
    /// What is wrong and what would be right, in one sentence without a full stop.
    package var message: String

    /// A fault at a place.
    package init(file: String, position: SourcePosition, message: String) {
        self.file = file
        self.position = position
        self.message = message
    }

    /// From 1.
    package var line: Int { position.line }
    /// From 1, in code points.
    package var column: Int { position.column }

    /// `FILE:LINE:COLUMN: message`, on one line whatever the file's name or content.
    package var description: String {
        Self.oneLine("\(file):\(line):\(column): \(message)")
    }

    private static func oneLine(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .format, .surrogate:
                out.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
            default: out.append(scalar)
            }
        }
        return String(out)
    }
}

/// Every fault found in one run.
package struct ConfigurationFaults: Error, Sendable, Equatable, CustomStringConvertible {
    /// The main file's faults first, then those of the files it names in the order they were read; by
    /// position within a file. Never empty.
    package var faults: [ConfigurationFault]

    /// One fault per line, without a newline at the end.
    package var description: String {
        faults.map(\.description).joined(separator: "\n")
    }
}

/// Collects the faults of one run. Not shared between tasks.
final class FaultCollector {
    private var files: [String] = []
    private var faults: [ConfigurationFault] = []
    private var known: Set<ConfigurationFault> = []

    /// Fixes the place of `file` in the report's order.
    func began(_ file: String) {
        if !files.contains(file) { files.append(file) }
    }

    func add(_ file: String, _ position: SourcePosition, _ message: String) {
        began(file)
        let fault = ConfigurationFault(file: file, position: position, message: message)
        if known.insert(fault).inserted { faults.append(fault) }
    }

    /// All faults in reading order, or nil when there is none.
    func collected() -> ConfigurationFaults? {
        guard !faults.isEmpty else { return nil }
        let order = Dictionary(uniqueKeysWithValues: files.enumerated().map { ($1, $0) })
        let sorted = faults.enumerated().sorted { left, right in
            let (leftFile, rightFile) = (order[left.element.file] ?? 0, order[right.element.file] ?? 0)
            if leftFile != rightFile { return leftFile < rightFile }
            if left.element.position != right.element.position {
                return left.element.position < right.element.position
            }
            return left.offset < right.offset
        }
        return ConfigurationFaults(faults: sorted.map(\.element))
    }
}
