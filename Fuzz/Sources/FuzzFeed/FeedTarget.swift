import Feeds

/// A document gives the same feed however it is cut, and never more than the limits.
///
/// The first byte chooses how the rest is cut.
enum FeedTarget {
    /// Small, so that the fuzzer reaches them.
    private static let limits = {
        var limits = FeedLimits.standard
        limits.maxEntries = 20
        limits.maxFieldBytes = 300
        limits.maxDepth = 10
        limits.maxAttributes = 5
        limits.maxExpansionBytes = 200
        limits.maxProblems = 5
        return limits
    }()

    static func test(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        let document = Array(bytes.dropFirst())
        for limits in [FeedLimits.standard, limits] {
            let whole = parseFeed(document, baseURL: "http://example.org/feed/", limits: limits)
            let cut = parse(document, size: 1 + Int(first), limits)
            precondition(cut.entries == whole.entries, "entries that depend on how the document was cut")
            precondition(cut.feed == whole.feed, "a feed that depends on how the document was cut")
            precondition(
                cut.isComplete == whole.isComplete, "an end that depends on how the document was cut")
            check(whole, limits)
        }
    }

    private static func parse(_ document: [UInt8], size: Int, _ limits: FeedLimits) -> ParsedFeed {
        var parser = FeedParser(baseURL: "http://example.org/feed/", limits: limits)
        var entries: [Entry] = []
        for start in stride(from: 0, to: document.count, by: size) {
            entries += parser.consume(Array(document[start..<min(document.count, start + size)]))
        }
        var parsed = parser.finish()
        parsed.entries = entries + parsed.entries
        return parsed
    }

    private static func check(_ parsed: ParsedFeed, _ limits: FeedLimits) {
        precondition(parsed.entries.count <= limits.maxEntries, "more entries than the limit")
        precondition(parsed.problems.count <= limits.maxProblems, "more problems than the limit")
        precondition(parsed.error == nil || parsed.entries.isEmpty, "entries of what is no feed")
        for entry in parsed.entries {
            for text in [entry.title, entry.summary, entry.content].compactMap({ $0?.value }) {
                // Stray bytes become characters of up to three bytes; escapes and absolute links may double it.
                precondition(text.utf8.count <= 6 * limits.maxFieldBytes, "a field longer than the limit")
            }
            _ = EntryIdentity(entry: entry)
        }
    }
}
