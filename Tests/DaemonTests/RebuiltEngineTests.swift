import Foundation
import Settings
import Storage
import Stories
import Testing

@testable import Daemon

/// An engine that was rebuilt from the store decides as the one that ran on: what a restart and a reload rest on.
@Suite struct RebuiltEngineTests {
    private let store: NewsStore
    private let blank: StoryEngine
    private let window = Duration.seconds(30 * 86_400)

    init() throws {
        store = try NewsStore(path: nil)
        let root = SampleArchiveTests.root
        let profile = root.appending(path: "etc/newswatch/topics/openai-leadership.toml").path
        let lexicon = root.appending(path: "etc/newswatch/lexicon").path
        blank = StoryEngine(
            profiles: [try ConfigurationReader.profile(path: profile)],
            lexicon: try ConfigurationReader.lexicon(directory: lexicon))
    }

    private func week() throws -> [StoryItem] {
        try Archive(jsonLines: Data(contentsOf: SampleArchiveTests.archive), name: "archive").items.map {
            StoryItem(
                entry: $0.entry, feed: StoryItem.FeedContext(url: $0.source, name: $0.source),
                observed: $0.published ?? .distantPast)
        }
    }

    /// Stores the item and returns what was decided on it.
    private func take(_ item: StoryItem, _ core: inout IngestEngine) throws -> [Decision] {
        let incoming = IngestEngine.Incoming(item: item, preparedBy: blank)
        return try core.ingest([incoming], feed: item.outlet) { _, _ in }.flatMap(\.verdict.decisions)
    }

    @Test func atEveryItemOfTheWeek() throws {
        var running = try IngestEngine(engine: blank, store: store, copyWindow: window)
        var followed = running
        for item in try week() {
            var rebuilt = try IngestEngine(engine: blank, store: store, copyWindow: window)
            try followed.catchUp()
            let incoming = IngestEngine.Incoming(item: item, preparedBy: blank)
            let candidates = running.engine.candidates(for: incoming.prepared)
            #expect(rebuilt.engine.candidates(for: incoming.prepared) == candidates)
            #expect(followed.engine.candidates(for: incoming.prepared) == candidates)
            let number = EntryNumber(rawValue: 1_000_000)
            let evidence = Evidence()
            let decided = running.engine.decide(incoming.prepared, number: number, evidence: evidence)
                .decisions
            #expect(
                rebuilt.engine.decide(incoming.prepared, number: number, evidence: evidence).decisions
                    == decided)
            #expect(
                followed.engine.decide(incoming.prepared, number: number, evidence: evidence).decisions
                    == decided)
            _ = try take(item, &running)
            try rebuilt.catchUp()
        }
    }

    /// What was pruned is nothing that the engine decides by: with a short copy window, at every item of the week.
    @Test func atEveryItemAfterPruning() async throws {
        let (day, short): (TimeInterval, _) = (86_400, Duration.seconds(86_400))
        var running = try IngestEngine(engine: blank, store: store, copyWindow: short)
        var pruned = 0
        for item in try week() {
            pruned += try await store.prune(before: item.observed.addingTimeInterval(-1.5 * day)).entries
            let rebuilt = try IngestEngine(engine: blank, store: store, copyWindow: short)
            let incoming = IngestEngine.Incoming(item: item, preparedBy: blank)
            let candidates = running.engine.candidates(for: incoming.prepared)
            #expect(rebuilt.engine.candidates(for: incoming.prepared) == candidates)
            let number = EntryNumber(rawValue: 1_000_000)
            let decided = running.engine.decide(incoming.prepared, number: number, evidence: Evidence())
            #expect(
                rebuilt.engine.decide(incoming.prepared, number: number, evidence: Evidence()).decisions
                    == decided.decisions)
            _ = try take(item, &running)
        }
        #expect(pruned > 0)
    }

    @Test func anItemPreparedByAnotherRevisionIsPreparedAnew() throws {
        let other = StoryEngine(profiles: [.everything], lexicon: Lexicon(languages: []), revision: 1)
        var core = try IngestEngine(engine: blank, store: store, copyWindow: window)
        let item = try #require(try week().first { $0.title.contains("removes Sam Altman") })
        let decisions = try core.ingest(
            [IngestEngine.Incoming(item: item, preparedBy: other)], feed: "a"
        ) { _, _ in }.flatMap(\.verdict.decisions)
        #expect(decisions.map(\.topic) == ["openai-leadership"])
        #expect(decisions.first?.opened.isEmpty == false)
    }

    @Test func aRebuildEndsWhenItsTaskIsCancelled() async throws {
        var core = try IngestEngine(engine: blank, store: store, copyWindow: window)
        _ = try take(try #require(week().first), &core)
        let rebuild = Task { [blank, store, window] in
            withUnsafeCurrentTask { $0?.cancel() }
            return try IngestEngine(engine: blank, store: store, copyWindow: window)
        }
        await #expect(throws: CancellationError.self) { try await rebuild.value }
    }
}
