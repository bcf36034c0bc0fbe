import Foundation
import Storage
import Stories
import Testing

@Suite struct NewsExportTests {
    /// All parts, and how many there were.
    private func all(
        _ export: NewsExport
    ) async throws -> (entries: [NewsExport.Entry], developments: [StoredDevelopment], parts: Int) {
        var entries: [NewsExport.Entry] = []
        var developments: [StoredDevelopment] = []
        var parts = 0
        while let part = try await export.next() {
            parts += 1
            switch part {
            case .entries(let more):
                #expect(developments.isEmpty && !more.isEmpty)
                entries += more
            case .developments(let more):
                #expect(!more.isEmpty)
                developments += more
            }
        }
        return (entries, developments, parts)
    }

    @Test func everythingThatWasStoredComesOut() async throws {
        let store = try NewsStore(path: nil)
        let published = Sample.start.addingTimeInterval(-60)
        let first = try store.add(
            Sample.item(
                Sample.identity(guid: "1", url: "https://one.example/a", content: 1), published: published)
        ) {
            [
                Sample.decision(
                    $0, topic: "story", developments: ["dev_1"], opened: [Sample.opening("dev_1")]),
                Sample.decision($0, topic: "other", outcome: .offTopic),
            ]
        }
        let copy = try store.add(
            Sample.item(Sample.identity(guid: "2", content: 2), outlet: "two.example"),
            feed: Sample.otherFeed, externalID: "archive-7"
        ) {
            [
                Sample.decision(
                    $0, outcome: .nearDuplicate, developments: ["dev_1"], nearDuplicateOf: first)
            ]
        }
        let (entries, developments, _) = try await all(try store.export())
        #expect(entries.map(\.number) == [first, copy])
        #expect(entries.map(\.first) == [first, copy])
        #expect(entries.map(\.externalID) == [nil, "archive-7"])
        #expect(entries.map(\.feed) == [Sample.feed, Sample.otherFeed])
        #expect(entries.map(\.guid) == ["1", "2"])
        #expect(entries.map(\.outlet) == ["one.example", "two.example"])
        #expect(entries.map(\.url) == ["https://one.example/a", nil])
        #expect(entries.map(\.language) == ["en", "en"])
        #expect(entries.map(\.title) == ["A title", "A title"])
        #expect(entries.map(\.text) == ["Some words of text", "Some words of text"])
        #expect(entries.map(\.published) == [published, nil])
        #expect(entries.map(\.observed) == [Sample.start, Sample.start])
        #expect(entries.map(\.isDuplicate) == [false, false])
        #expect(entries.map(\.nearDuplicateOf) == [nil, first])
        #expect(entries.map(\.revisionOf) == [nil, nil])
        #expect(entries.map { $0.decisions.map(\.topic) } == [["other", "story"], ["story"]])
        #expect(entries[1].decisions[0] == (try store.explanation(of: "entry_2")?.decisions[0]))
        #expect(developments.map(\.opening.id.rawValue) == ["dev_1"])
        #expect(developments[0].entries.map(\.entry) == [first, copy])
    }

    @Test func manyEntriesAndLongTextsComeInSeveralPartsWithoutGapOrRepetition() async throws {
        let store = try NewsStore(path: nil)
        var numbers: [EntryNumber] = []
        try store.ingest { transaction in
            for index in 0..<1203 {
                let item = Sample.item(
                    Sample.identity(guid: "\(index)", content: UInt64(index)),
                    text: index == 7 ? String(repeating: "long ", count: 200_000) : "short")
                numbers.append(
                    try transaction.add(item) {
                        [
                            Sample.decision(
                                $0, developments: ["dev_\(index)"],
                                opened: [
                                    Sample.opening(
                                        "dev_\(index)", at: Sample.start.addingTimeInterval(Double(-index)))
                                ])
                        ]
                    })
            }
        }
        let (entries, developments, parts) = try await all(try store.export())
        #expect(entries.map(\.number) == numbers)
        // In the order in which they were opened, though they happened in the other one.
        #expect(developments.map(\.opening.id.rawValue) == (0..<1203).map { "dev_\($0)" })
        // 8 entries end with the long one, then 500, 500, 195; and developments by 50.
        #expect(parts == 4 + 25)
    }

    @Test func anEmptyDatabaseHasNoParts() async throws {
        #expect(try await all(try NewsStore(path: nil).export()).parts == 0)
    }

    @Test func whatComesInMeanwhileIsNotInIt() async throws {
        let folder = try TemporaryFolder()
        let store = try NewsStore(path: folder.path("news.db"))
        try store.add(Sample.item(Sample.identity(guid: "1", content: 1)))
        let export = try store.export()
        try store.add(Sample.item(Sample.identity(guid: "2", content: 2))) {
            [Sample.decision($0, developments: ["dev_1"], opened: [Sample.opening("dev_1")])]
        }
        let (entries, developments, _) = try await all(export)
        #expect(entries.map(\.guid) == ["1"])
        #expect(developments.isEmpty)
        #expect(try await all(try store.export()).entries.count == 2)
    }

    @Test func aTextThatWasPrunedIsNil() async throws {
        let store = try NewsStore(path: nil)
        try store.add(Sample.item(Sample.identity(guid: "1", content: 1))) {
            [Sample.decision($0, developments: ["dev_1"], opened: [Sample.opening("dev_1")])]
        }
        #expect(try await store.prune(before: Sample.start.addingTimeInterval(1)).entries == 0)
        #expect(try await all(try store.export()).entries.map(\.text) == [nil])
    }
}
