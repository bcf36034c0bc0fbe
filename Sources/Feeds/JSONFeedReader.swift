import FoundationEssentials
import Markup

/// Reads JSON Feed 1 and 1.1 (jsonfeed.org) out of a whole document.
///
/// Values of the wrong kind are passed over, of keys that come twice the first counts, and where the document is cut
/// or malformed the items before that place are kept.
struct JSONFeedReader {
    private let baseURL: String?
    private let limits: FeedLimits
    private var parsed = ParsedFeed(isComplete: true)
    private var version: String?
    private var hasItems = false
    /// How far lines were counted.
    private var counted = (offset: 0, line: 1, lineStart: 0)

    /// Reads a document.
    static func read(_ bytes: [UInt8], baseURL: String?, limits: FeedLimits) -> ParsedFeed {
        var reader = JSONFeedReader(baseURL: baseURL, limits: limits)
        var scanner = JSONScanner(bytes)
        guard scanner.peek() == 0x7B else {
            return ParsedFeed(error: .notAFeed("JSON that is no object"))
        }
        do throws(JSONScanner.Fault) {
            try reader.document(&scanner)
        } catch {
            reader.end(at: error, of: bytes)
        }
        return reader.result()
    }

    private init(baseURL: String?, limits: FeedLimits) {
        self.baseURL = baseURL
        self.limits = limits
    }

    private mutating func end(at fault: JSONScanner.Fault, of bytes: [UInt8]) {
        parsed.isComplete = false
        if fault.offset >= bytes.count {
            note(bytes.count, "truncated", "the document ends inside its JSON", in: bytes)
        } else {
            note(fault.offset, "malformed-json", "what follows is not JSON and was not read", in: bytes)
        }
    }

    private func result() -> ParsedFeed {
        guard version?.contains("jsonfeed.org") == true || hasItems else {
            return ParsedFeed(
                problems: parsed.problems,
                error: parsed.isComplete
                    ? .notAFeed("JSON without \"version\" and \"items\" of a JSON Feed")
                    : .invalidJSON("it is cut or malformed"))
        }
        var result = parsed
        result.format = version?.hasSuffix("1.1") == true ? .json11 : .json1
        for index in result.entries.indices where result.entries[index].language == nil {
            result.entries[index].language = result.feed.language
        }
        return result
    }

    private mutating func note(_ offset: Int, _ code: String, _ message: String, in bytes: [UInt8]) {
        guard parsed.problems.count < limits.maxProblems else { return }
        for index in counted.offset..<max(counted.offset, offset) where bytes[index] == 0x0A {
            counted.line += 1
            counted.lineStart = index + 1
        }
        counted.offset = max(counted.offset, offset)
        parsed.problems.append(
            FeedProblem(
                line: counted.line, column: offset - counted.lineStart + 1, code: code, message: message))
    }

    // MARK: Objects

    private mutating func document(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) {
        try scanner.members { (scanner: inout JSONScanner, key: String) throws(JSONScanner.Fault) in
            switch key {
            case "version": version = try text(&scanner, else: version)
            case "title": parsed.feed.title = try text(&scanner, else: parsed.feed.title)
            case "home_page_url":
                parsed.feed.link = try address(&scanner, else: parsed.feed.link)
            case "language": parsed.feed.language = try text(&scanner, else: parsed.feed.language)
            case "items":
                guard scanner.peek() == 0x5B else { return try scanner.skip() }
                hasItems = true
                try items(&scanner)
            default: try scanner.skip()
            }
        }
    }

    private mutating func items(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) {
        try scanner.elements { (scanner: inout JSONScanner) throws(JSONScanner.Fault) in
            guard scanner.peek() == 0x7B else { return try scanner.skip() }
            guard parsed.entries.count < limits.maxEntries else {
                if parsed.isComplete {
                    note(
                        scanner.index, "entry-limit", "the document has more entries than are read",
                        in: scanner.bytes)
                }
                parsed.isComplete = false
                return try scanner.skip()
            }
            parsed.entries.append(try item(&scanner))
        }
    }

    private mutating func item(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) -> Entry {
        var entry = Entry()
        var external, plain, author: String?
        try scanner.members { (scanner: inout JSONScanner, key: String) throws(JSONScanner.Fault) in
            switch key {
            case "id": entry.id = try text(&scanner, else: entry.id)
            case "title": entry.title = try text(&scanner, .text, else: entry.title)
            case "url": entry.link = try address(&scanner, else: entry.link)
            case "external_url": external = try address(&scanner, else: external)
            case "summary": entry.summary = try text(&scanner, .text, else: entry.summary)
            case "content_html": entry.content = try text(&scanner, .html, else: entry.content)
            case "content_text": plain = try text(&scanner, else: plain)
            case "date_published": entry.published = try date(&scanner, else: entry.published)
            case "date_modified": entry.updated = try date(&scanner, else: entry.updated)
            case "authors": entry.author = try firstAuthor(&scanner) ?? entry.author
            case "author": author = try name(&scanner) ?? author
            case "language": entry.language = try text(&scanner, else: entry.language)
            default: try scanner.skip()
            }
        }
        entry.link = entry.link ?? external
        entry.content = entry.content ?? plain.map { FeedText(value: $0, kind: .text) }
        entry.author = entry.author ?? author
        return entry
    }

    private mutating func firstAuthor(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) -> String? {
        guard scanner.peek() == 0x5B else {
            try scanner.skip()
            return nil
        }
        var found: String?
        try scanner.elements { (scanner: inout JSONScanner) throws(JSONScanner.Fault) in
            let name = try name(&scanner)
            found = found ?? name
        }
        return found
    }

    private mutating func name(_ scanner: inout JSONScanner) throws(JSONScanner.Fault) -> String? {
        guard scanner.peek() == 0x7B else {
            try scanner.skip()
            return nil
        }
        var found: String?
        try scanner.members { (scanner: inout JSONScanner, key: String) throws(JSONScanner.Fault) in
            guard key == "name" else { return try scanner.skip() }
            found = try text(&scanner, else: found)
        }
        return found
    }

    // MARK: Values

    /// A string that says something, or a number as written, since ids are often written so; `known` when there is
    /// already one or this is none.
    private mutating func text(
        _ scanner: inout JSONScanner, else known: String?
    ) throws(JSONScanner.Fault) -> String? {
        let first = scanner.peek()
        let start = scanner.index
        switch first {
        case 0x22:
            let (text, isCut) = try scanner.string(atMost: limits.maxFieldBytes)
            if isCut {
                parsed.isComplete = false
                note(
                    start, "field-limit", "a field is longer than is read and was cut", in: scanner.bytes)
            }
            return known ?? (text.isEmpty ? nil : text)
        case 0x2D, .some(0x30...0x39):
            let number = try scanner.scalar().prefix(limits.maxFieldBytes)
            return known ?? String(decoding: number, as: UTF8.self)
        default:
            try scanner.skip()
            return known
        }
    }

    private mutating func text(
        _ scanner: inout JSONScanner, _ kind: FeedText.Kind, else known: FeedText?
    ) throws(JSONScanner.Fault) -> FeedText? {
        try text(&scanner, else: known?.value).map { FeedText(value: $0, kind: kind) }
    }

    private mutating func address(
        _ scanner: inout JSONScanner, else known: String?
    ) throws(JSONScanner.Fault) -> String? {
        let found = try text(&scanner, else: nil).map { URLReference.resolve($0, against: baseURL) }
        return known ?? found
    }

    private mutating func date(
        _ scanner: inout JSONScanner, else known: Date?
    ) throws(JSONScanner.Fault) -> Date? {
        _ = scanner.peek()
        let start = scanner.index
        guard let text = try text(&scanner, else: nil) else { return known }
        let found = FeedDate.parse(Array(text.utf8)[...])
        if found == nil {
            note(
                start, "unreadable-date", "a date could not be read and was left out", in: scanner.bytes)
        }
        return known ?? found
    }
}
