import Foundation
import Testing

/// Our reader beside feedparser (PyPI) on the shared files: both must find the same entries. Any `python3` on PATH
/// that has the package will do, such as that of an activated virtual environment.
@Suite(.seated) struct FeedparserTests {
    private static let skip: Comment = "SKIPPED: python3 has no feedparser (pip install feedparser==6.0.14)"

    private static func hasFeedparser() async throws -> Bool {
        try await Shell.run("python3", ["-c", "import feedparser"], in: Repository.root).exitCode == 0
    }

    /// Files on which the two differ, and why ours stays as it is (`docs/feeds.md`).
    private static let differences = [
        "feedparser/illformed/rss_incomplete_cdata.xml": "an entry cut before its end is not kept",
        "feedvalidator/atom/2/brief-entry-noerror.xml": "one entry without a feed is no feed",
        "feedvalidator/atom/4.1.2/entry-source-author.xml": "one entry without a feed is no feed",
        "feedvalidator/ext/app/invalid-draft.xml": "one entry without a feed is no feed",
        "feedvalidator/ext/app/invalid-edited.xml": "one entry without a feed is no feed",
        "feedvalidator/atom/4.2.11/missing-self.xml": "an entry inside an entry's source is not the feed's",
        "feedvalidator/atom/4.2.11/source-entry.xml": "an entry inside an entry's source is not the feed's",
        "feedvalidator/ext/feedsync/spec-example-atom-2.xml":
            "an entry inside an extension is not the feed's",
        "feedvalidator/ext/feedsync/spec-example-rss-2.xml": "an item inside an extension is not the feed's",
        "feedvalidator/rss11/must/neg-anyarss.xml": "RSS 1.1 has an item, which feedparser does not see",
        "feedparser/wellformed/rss/item_guid_isPermaLink_ValueError.xml": "an id is kept, whatever it is",
        "feedvalidator/atom/4.1.2/multiple-ids.xml": "of several ids the first counts",
        "feedvalidator/rss20/element-channel-item/multiple_item_guid.xml": "of several ids the first counts",
        "gofeed-parser/atom/entry_id_xml_base.xml": "an id is not resolved (RFC 4287, 4.2.6)",
        "gofeed-parser/rss/rss_channel_item_guid_naked_markup.xml": "an id is kept, whatever it is",
    ]

    private struct Reading: Decodable {
        struct Entry: Decodable { var id: String? }
        var path: String
        var entries: [Entry]?
        var ids: [String?]?
        var isWellFormed: Bool?
        var error: String?
    }

    private static func readings(_ output: String) throws -> [String: Reading] {
        let readings = try output.split(separator: "\n").map {
            try JSONDecoder().decode(Reading.self, from: Data($0.utf8))
        }
        return Dictionary(readings.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }

    @Test(
        .enabled(if: SharedCorpusTests.isThere, SharedCorpusTests.skip),
        .enabled(skip) { try await hasFeedparser() })
    func sharedFilesHaveTheEntriesOfFeedparser() async throws {
        let folder = try #require(Repository.shared).appending(path: "feeds/files")
        let script = Repository.root.appending(path: "Tests/EndToEndTests/feedparser-entries.py").path
        let result = try await Shell.run(
            "python3", ["-W", "ignore", script, folder.path], in: Repository.root)
        #expect(result.exitCode == 0)
        let theirs = try Self.readings(result.output)
        #expect(theirs.count > 4_000)
        let paths = theirs.keys.sorted()
        var ours: [String: Reading] = [:]
        for start in stride(from: 0, to: paths.count, by: 1_000) {
            let part = Array(paths[start..<min(start + 1_000, paths.count)])
            let parsed = try await RunningProgram.run("newswatch", ["parse", "--jsonl"] + part)
            try ours.merge(Self.readings(parsed.standardOutput)) { first, _ in first }
        }
        var differing: Set<String> = []
        for path in paths {
            guard let mine = ours[path], let other = theirs[path], !haveSameEntries(mine, other) else {
                continue
            }
            differing.insert(String(path.dropFirst(folder.path.count + 1)))
        }
        #expect(differing == Set(Self.differences.keys))
    }

    /// Ids are compared where the file is well-formed to feedparser: it repairs addresses in others.
    private func haveSameEntries(_ mine: Reading, _ other: Reading) -> Bool {
        // feedparser reads no JSON.
        guard !mine.path.hasSuffix(".json"), other.error == nil, let ids = other.ids else { return true }
        let entries = mine.entries ?? []
        guard entries.count == ids.count else { return false }
        guard other.isWellFormed == true else { return true }
        return zip(entries, ids).allSatisfy { $0.id ?? "" == $1 ?? "" || $1 == nil }
    }
}
