import Foundation

/// A trial of a feed as people read it.
enum FeedTrialText {
    /// All that is known, one fact a line; `minute` writes an instant.
    static func lines(_ trial: FeedTrialDocument, minute: (Date?) -> String) -> [String] {
        var lines = [trial.url, fact("answer", answer(trial))]
        if let from = trial.answeredFrom, from != trial.url { lines.append(fact("from", from)) }
        if let moved = trial.movedTo {
            lines.append(fact("moved", "for good to \(moved): put this address into the configuration"))
        }
        if trial.bytes != nil { lines.append(fact("validators", validators(trial))) }
        if let format = trial.format {
            let title = trial.title.map { " “\($0)”" } ?? ""
            let count = Quantity.phrase(trial.entryCount ?? 0, "entry", "entries")
            lines.append(fact("feed", "\(format)\(title), \(count)"))
        }
        let next = trial.nextPollSeconds.map { "in \(TimeText.span(seconds: Double($0))): " } ?? "never: "
        lines.append(fact("next poll", next + trial.nextPollReason))
        for entry in trial.entries {
            let link = entry.link.map { "  " + PrintableText.line($0) } ?? ""
            lines.append("  \(minute(entry.published))  \(entry.title ?? "(no title)")\(link)")
        }
        for problem in trial.problems {
            let message = PrintableText.line(problem.message)
            lines.append("  \(problem.line):\(problem.column): \(message) [\(problem.code)]")
        }
        return lines
    }

    private static func answer(_ trial: FeedTrialDocument) -> String {
        guard let status = trial.status else { return "none" }
        let size = trial.bytes.map { Quantity.phrase($0, "byte", "bytes") }
        let time = "\(Int((trial.seconds * 1000).rounded())) ms"
        return ["\(status)", trial.contentType, size, time].compactMap { $0 }.joined(separator: ", ")
    }

    private static func validators(_ trial: FeedTrialDocument) -> String {
        let known = [trial.etag.map { "ETag \($0)" }, trial.lastModified.map { "Last-Modified \($0)" }]
            .compactMap { $0 }
        return known.isEmpty ? "none: each poll brings the whole document" : known.joined(separator: ", ")
    }

    private static func fact(_ name: String, _ value: String) -> String {
        "  " + name.padding(toLength: 12, withPad: " ", startingAt: 0) + PrintableText.line(value)
    }
}
