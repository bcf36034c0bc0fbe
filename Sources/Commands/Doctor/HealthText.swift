/// A report as people read it: one line for each thing, and below it what to do.
enum HealthText {
    private static let indentation = "        "
    private static let arrow = "-> "

    /// By area, no line wider than `limit` columns where words allow it.
    static func lines(_ report: HealthReport, limit: Int?, usesColour: Bool) -> [String] {
        var lines: [String] = []
        for area in Finding.Area.allCases {
            let findings = report.findings.filter { $0.area == area }
            if !findings.isEmpty { lines.append(area.rawValue) }
            for (index, finding) in findings.enumerated() {
                let text = "\(PrintableText.line(finding.check)): \(PrintableText.line(finding.finding))"
                let wrapped = wrap(text, limit)
                lines.append("  \(label(finding.state, usesColour)) \(wrapped[0])")
                lines += wrapped.dropFirst().map { indentation + $0 }
                // The same remedy for several faults is said once, below the last.
                let next = index + 1 < findings.count ? findings[index + 1].remedy : nil
                if let remedy = finding.remedy, remedy != next {
                    lines += wrap(arrow + PrintableText.line(remedy), limit).map { indentation + $0 }
                }
            }
        }
        let count = report.findings.filter(\.needsDoing).count
        return lines + [
            count == 0
                ? "nothing needs doing" : "\(count) \(count == 1 ? "thing needs" : "things need") doing"
        ]
    }

    private static func label(_ state: Finding.State, _ usesColour: Bool) -> String {
        let text = state == .fail ? "FAIL" : state.rawValue
        let padding = String(repeating: " ", count: 5 - text.count)
        let colour: TextTable.Colour? =
            switch state {
            case .ok: .green
            case .note: nil
            case .warn: .yellow
            case .fail: .red
            }
        return (usesColour ? colour?.painted(text) ?? text : text) + padding
    }

    /// The text in lines that fit beside the indentation, broken at spaces; never empty.
    private static func wrap(_ text: String, _ limit: Int?) -> [String] {
        guard let limit else { return [text] }
        let width = max(limit - indentation.count, 1)
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last,
                PrintableText.width(last) + 1 + PrintableText.width(String(word)) <= width
            {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines.isEmpty ? [""] : lines
    }
}
