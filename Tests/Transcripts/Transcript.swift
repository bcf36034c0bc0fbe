import Foundation

/// Programs and what they printed, as on a terminal: the command after `$`, stdout, then stderr and the exit code
/// where there are any. Compared whole with a file beside the tests.
package struct Transcript {
    /// What varies from run to run, and what stands for it: a regular expression and its replacement.
    package typealias Replacement = (pattern: String, replacement: String)

    private var text = ""
    private let replacements: [Replacement]

    /// A transcript in which the replacements are made, in order.
    package init(replacing replacements: [Replacement] = []) {
        self.replacements = replacements
    }

    /// Adds a run.
    package mutating func add(_ command: String, output: String, errors: String, code: Int32) {
        var entry = "$ \(command)\n" + output
        if !errors.isEmpty { entry += "[stderr]\n" + errors }
        if code != 0 { entry += "[exit \(code)]\n" }
        for (pattern, replacement) in replacements {
            entry = entry.replacingOccurrences(of: pattern, with: replacement, options: .regularExpression)
        }
        text += text.isEmpty ? entry : "\n" + entry
    }

    /// How the transcript differs from `file`; nil when it does not. With `NEWSWATCH_RENEW=1` (`make renew`) the
    /// file is written anew where it differs, and that is told.
    package func difference(from file: URL) throws -> String? {
        let expected =
            FileManager.default.fileExists(atPath: file.path)
            ? try String(contentsOf: file, encoding: .utf8) : ""
        guard text != expected else { return nil }
        if ProcessInfo.processInfo.environment["NEWSWATCH_RENEW"] == "1" {
            try text.write(to: file, atomically: true, encoding: .utf8)
            return "\(file.lastPathComponent) is written anew: git diff shows what changed"
        }
        return "\(file.path) is not what is printed now; if that is meant, `make renew`.\n"
            + Self.firstDifference(expected, text)
    }

    private static func firstDifference(_ expected: String, _ actual: String) -> String {
        let left = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let right = actual.split(separator: "\n", omittingEmptySubsequences: false)
        let same = zip(left, right).prefix { $0 == $1 }.count
        let (old, new) = (left.dropFirst(same).first ?? "(end)", right.dropFirst(same).first ?? "(end)")
        return "line \(same + 1), expected: \(old)\nline \(same + 1), printed:  \(new)"
    }
}
