import Fetching
import Scheduling

extension PollOutcome {
    /// What a fetch and the reading of its document mean for the feed's schedule.
    init(_ fetched: FetchOutcome, summary: FeedIntake.Summary) {
        switch fetched {
        case .notModified(let answer):
            self =
                summary.failure.map { .failed($0) }
                ?? .notModified(PollHints(maxAge: answer.maxAge, movedTo: answer.permanentlyMovedTo))
        case .complete(let document):
            let hints = PollHints(
                maxAge: document.maxAge, timeToLive: summary.feed.timeToLive,
                skipHours: summary.feed.skipHours,
                movedTo: document.permanentlyMovedTo)
            if let failure = summary.failure {
                self = .failed(failure)
            } else if summary.validators == nil {
                let problem = summary.problems.last.map { "line \($0.line): \($0.message)" }
                self = .incomplete(
                    newEntries: summary.stored, reason: problem ?? "the document ends before its end")
            } else if document.isUnchanged && summary.stored == 0 {
                self = .notModified(hints)
            } else {
                self = .fetched(newEntries: summary.stored, hints: hints)
            }
        case .incomplete(_, let error):
            self =
                summary.failure.map { .failed($0) }
                ?? .incomplete(newEntries: summary.stored, reason: error.reason)
        case .gone: self = .gone
        case .throttled(_, let retryAfter): self = .throttled(retryAfter: retryAfter)
        case .failed(let failure): self = .failed(failure.description)
        }
    }
}
