import ControlProtocol
import Foundation

/// An explanation as people read it.
enum ExplanationText {
    /// The entry, then a paragraph for each topic; `minute` writes an instant.
    static func lines(
        _ explanation: ExplanationDocument, minute: (Date?) -> String
    ) -> [String] {
        var lines = ["\(explanation.id)  \(PrintableText.line(explanation.title))"]
        let language = explanation.lang.map { " (\($0))" } ?? ""
        let facts: [(String, String?)] = [
            ("outlet", explanation.outlet + language), ("address", explanation.url),
            ("feed", explanation.feed),
            ("guid", explanation.guid), ("published", minute(explanation.published)),
            ("seen", minute(explanation.observed)),
            (
                "versions",
                explanation.revisions.count > 1 ? explanation.revisions.joined(separator: ", ") : nil
            ),
        ]
        for case (let name, let value?) in facts { lines.append(line(name, value)) }
        if explanation.decisions.isEmpty { lines += ["", "Nothing was decided on it."] }
        for decision in explanation.decisions {
            lines.append("")
            lines += paragraph(decision)
        }
        return lines
    }

    private static func paragraph(_ decision: ExplanationDocument.TopicDecision) -> [String] {
        let outcome = decision.decision.replacing("_", with: " ")
        let score = Double(Int((min(max(decision.score, 0), 1) * 100).rounded())) / 100
        var lines = ["\(PrintableText.line(decision.topic)): \(PrintableText.line(outcome)), score \(score)"]
        if let original = decision.nearDuplicateOf { lines.append(line("copy of", original)) }
        if let earlier = decision.revisionOf { lines.append(line("revises", earlier)) }
        let opened = Set(decision.opened.map(\.id))
        let carried = decision.developments.filter { !opened.contains($0) }
        if !carried.isEmpty { lines.append(line("carries", carried.joined(separator: ", "))) }
        for opening in decision.opened {
            lines.append(
                line(
                    "opens",
                    "\(opening.id), \(opening.kind), confidence \(opening.confidence): \(opening.headline)"))
            lines.append(line("", opening.why))
        }
        for reason in decision.reasons { lines.append("  - \(PrintableText.line(reason))") }
        return lines
    }

    private static func line(_ name: String, _ value: String) -> String {
        "  " + name.padding(toLength: 9, withPad: " ", startingAt: 0) + "  " + PrintableText.line(value)
    }
}
