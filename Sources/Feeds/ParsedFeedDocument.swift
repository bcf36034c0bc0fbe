/// A parsed document as `newswatch parse --jsonl` prints it: encode it with a `JSONEncoder` as it is.
package struct ParsedFeedDocument: Sendable, Codable {
    /// The feed's own fields; dates as RFC 3339.
    package struct FeedFields: Sendable, Codable {
        var title: String?
        var link: String?
        var updated: String?
    }

    /// One entry's fields; dates as RFC 3339.
    package struct EntryFields: Sendable, Codable {
        var id: String?
        var title: String?
        var link: String?
        var published: String?
        var updated: String?
        var summary: String?
        var content: String?
        var author: String?
    }

    /// One problem.
    package struct ProblemFields: Sendable, Codable {
        var line: Int
        var column: Int
        var code: String
        var message: String
    }

    var path: String
    var format: String?
    var feed: FeedFields?
    var entries: [EntryFields]?
    var problems: [ProblemFields]?
    var error: String?

    /// The document of a file; `path` as the user gave it. An unusable file has `error` and no feed.
    package init(path: String, parsed: ParsedFeed) {
        self.path = path
        format = parsed.format?.rawValue
        problems = parsed.problems.map {
            ProblemFields(line: $0.line, column: $0.column, code: $0.code, message: $0.message)
        }
        if let error = parsed.error {
            self.error = error.description
            return
        }
        feed = FeedFields(
            title: parsed.feed.title, link: parsed.feed.link,
            updated: parsed.feed.updated.map(FeedDate.format))
        entries = parsed.entries.map {
            EntryFields(
                id: $0.id, title: $0.title?.value, link: $0.link,
                published: $0.published.map(FeedDate.format),
                updated: $0.updated.map(FeedDate.format), summary: $0.summary?.value,
                content: $0.content?.value, author: $0.author)
        }
    }

    /// The document of a file that could not be opened or read.
    package init(path: String, error: String) {
        self.path = path
        self.error = error
    }
}
