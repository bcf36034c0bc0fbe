import Foundation

/// Reads JSON Feed 1 and 1.1 (jsonfeed.org).
enum JSONFeedReader {
    /// Reads a whole document. Values of the wrong type are passed over rather than failing the document.
    static func read(_ bytes: [UInt8], baseURL: String?, limits: FeedLimits) -> ParsedFeed {
        var parsed = ParsedFeed()
        let root: Any
        do {
            root = try JSONSerialization.jsonObject(with: Data(bytes))
        } catch {
            parsed.error = .invalidJSON("it is cut or malformed")
            return parsed
        }
        guard let object = root as? [String: Any] else {
            parsed.error = .notAFeed("JSON that is no object")
            return parsed
        }
        let version = object["version"] as? String
        guard version?.contains("jsonfeed.org") == true || object["items"] is [Any] else {
            parsed.error = .notAFeed("JSON without \"version\" and \"items\" of a JSON Feed")
            return parsed
        }
        parsed.format = version?.hasSuffix("1.1") == true ? .json11 : .json1
        parsed.isComplete = true
        parsed.feed.title = text(object["title"])
        parsed.feed.link = text(object["home_page_url"]).map { URLReference.resolve($0, against: baseURL) }
        parsed.feed.language = text(object["language"])
        let items = object["items"] as? [Any] ?? []
        if items.count > limits.maxEntries {
            parsed.isComplete = false
            parsed.problems.append(
                FeedProblem(
                    line: 1, column: 1, code: "entry-limit",
                    message: "the document has more entries than are read"))
        }
        for case let item as [String: Any] in items.prefix(limits.maxEntries) {
            parsed.entries.append(entry(item, parsed.feed, baseURL: baseURL, limits: limits, &parsed))
        }
        return parsed
    }

    private static func entry(
        _ item: [String: Any], _ feed: Feed, baseURL: String?, limits: FeedLimits, _ parsed: inout ParsedFeed
    ) -> Entry {
        var entry = Entry()
        func bounded(_ value: String?, _ kind: FeedText.Kind) -> FeedText? {
            guard let value, value.utf8.count > limits.maxFieldBytes else {
                return value.map { FeedText(value: $0, kind: kind) }
            }
            parsed.isComplete = false
            parsed.problems.append(
                FeedProblem(
                    line: 1, column: 1, code: "field-limit",
                    message: "a field is longer than is read and was cut"))
            return FeedText(
                value: String(decoding: value.utf8.prefix(limits.maxFieldBytes), as: UTF8.self), kind: kind)
        }
        entry.id = text(item["id"])
        entry.title = bounded(text(item["title"]), .text)
        entry.link = (text(item["url"]) ?? text(item["external_url"])).map {
            URLReference.resolve($0, against: baseURL)
        }
        entry.summary = bounded(text(item["summary"]), .text)
        entry.content =
            bounded(text(item["content_html"]), .html) ?? bounded(text(item["content_text"]), .text)
        entry.published = date(item["date_published"])
        entry.updated = date(item["date_modified"])
        let authors = (item["authors"] as? [Any])?.first as? [String: Any] ?? item["author"] as? [String: Any]
        entry.author = authors.flatMap { text($0["name"]) }
        entry.language = text(item["language"]) ?? feed.language
        return entry
    }

    /// A string that says something; numbers count, since ids are often written so.
    private static func text(_ value: Any?) -> String? {
        if let string = value as? String { return string.isEmpty ? nil : string }
        if let number = value as? NSNumber { return number.stringValue }
        return nil
    }

    private static func date(_ value: Any?) -> Date? {
        text(value).flatMap { FeedDate.parse(Array($0.utf8)[...]) }
    }
}
