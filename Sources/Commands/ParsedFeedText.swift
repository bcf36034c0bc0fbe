import Feeds
import Foundation

/// A parsed feed as people read it.
enum ParsedFeedText {
    /// The feed's line, one line per entry, then what was wrong with the document; `minute` writes an instant.
    static func lines(path: String, _ parsed: ParsedFeed, minute: (Date?) -> String) -> [String] {
        let format = parsed.format?.rawValue ?? "unknown format"
        let title = parsed.feed.title.map { " “\(PrintableText.line($0))”" } ?? ""
        let cut = parsed.isComplete ? "" : ", cut short"
        let count = parsed.entries.count
        var lines = ["\(path): \(format)\(title), \(count) \(count == 1 ? "entry" : "entries")\(cut)"]
        for entry in parsed.entries {
            let title = PrintableText.line(entry.title?.plainText ?? "(no title)")
            let link = entry.link.map { "  " + PrintableText.line($0) } ?? ""
            lines.append("  \(minute(entry.published ?? entry.updated))  \(title)\(link)")
        }
        for problem in parsed.problems {
            let message = PrintableText.line(problem.message)
            lines.append("  \(path):\(problem.line):\(problem.column): \(message) [\(problem.code)]")
        }
        return lines
    }
}
