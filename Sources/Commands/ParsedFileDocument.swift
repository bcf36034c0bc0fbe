import ControlProtocol
import Feeds
import Foundation

/// What `newswatch parse` prints for one file. Keys without a value are left out.
struct ParsedFileDocument: Encodable {
    struct FeedFields: Encodable {
        let title: String?
        let link: String?
        let updated: Date?
    }

    struct EntryFields: Encodable {
        let id: String?
        let title: String?
        let link: String?
        let published: Date?
        let updated: Date?
        let summary: String?
        let content: String?
        let author: String?

        init(_ entry: Entry) {
            id = entry.id
            title = entry.title?.value
            link = entry.link
            published = entry.published
            updated = entry.updated
            summary = entry.summary?.value
            content = entry.content?.value
            author = entry.author
        }
    }

    struct ProblemFields: Encodable {
        let line: Int
        let column: Int
        let code: String
        let message: String

        init(_ problem: FeedProblem) {
            line = problem.line
            column = problem.column
            code = problem.code
            message = problem.message
        }
    }

    /// As given on the command line.
    let path: String
    let format: String?
    let feed: FeedFields?
    let entries: [EntryFields]?
    let problems: [ProblemFields]?
    /// Why the file could not be used.
    let error: String?

    init(path: String, parsed: ParsedFeed) {
        self.path = path
        problems = parsed.problems.map(ProblemFields.init)
        if let error = parsed.error {
            format = nil
            feed = nil
            entries = nil
            self.error = error.description
        } else {
            format = parsed.format?.rawValue
            feed = FeedFields(title: parsed.feed.title, link: parsed.feed.link, updated: parsed.feed.updated)
            entries = parsed.entries.map(EntryFields.init)
            error = nil
        }
    }

    init(path: String, error: String) {
        self.path = path
        format = nil
        feed = nil
        entries = nil
        problems = nil
        self.error = error
    }
}
