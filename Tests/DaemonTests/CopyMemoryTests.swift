import Feeds
import Foundation
import Settings
import Shingling
import Storage
import Testing

@testable import Daemon
@testable import Stories

/// What the engine remembers of texts comes to the same after a restart, an update and entries that do not matter.
@Suite struct CopyMemoryTests {
    private static let items: [ArchiveItem] = {
        // Empty where the sample is missing: the first test says so.
        let data = (try? Data(contentsOf: SampleArchiveTests.archive)) ?? Data()
        return Archive(jsonLines: data, name: "archive").items
    }()

    /// A file of its own, gone with the test.
    private final class Database {
        let path = FileManager.default.temporaryDirectory.appending(path: "copies-\(UUID().uuidString).db")
            .path

        deinit {
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
    }

    private let database = Database()
    private let profiles: [TopicProfile]
    private let lexicon: Lexicon

    init() throws {
        profiles = try [
            ConfigurationReader.profile(
                path: SampleArchiveTests.root.appending(path: "etc/newswatch/topics/openai-leadership.toml")
                    .path)
        ]
        lexicon = try ConfigurationReader.lexicon(
            directory: SampleArchiveTests.root.appending(path: "etc/newswatch/lexicon").path)
    }

    /// An engine on the database as a start finds it. A copy window of three days, so that entries leave it.
    private func start(_ store: NewsStore) throws -> IngestEngine {
        try IngestEngine(
            engine: StoryEngine(profiles: profiles, lexicon: lexicon), store: store,
            copyWindow: .seconds(3 * 86_400))
    }

    private func take(_ item: ArchiveItem, _ engine: inout IngestEngine) throws -> [Decision] {
        let observed = item.published ?? Date(timeIntervalSince1970: 1_700_000_000)
        let incoming = IngestEngine.Incoming(
            item: StoryItem(
                entry: item.entry, feed: StoryItem.FeedContext(url: item.source, name: item.source),
                observed: observed),
            externalID: item.id, preparedBy: engine.engine)
        return try engine.ingest([incoming], feed: item.source) { _, _ in }.flatMap(\.verdict.decisions)
    }

    private struct Interruption: Error {}

    @Test func aRestartAfterEveryEntryChangesNothing() throws {
        #expect(Self.items.count > 50)
        let store = try NewsStore(path: database.path)
        var lasting = try start(NewsStore(path: nil))
        for item in Self.items {
            var restarted = try start(store)
            #expect(restarted.engine.copies == lasting.engine.copies)
            #expect(try take(item, &restarted) == take(item, &lasting))
        }
        try store.close()
    }

    @Test func aTransactionThatFailsLeavesTheMemoryAsItWas() throws {
        var engine = try start(NewsStore(path: nil))
        for item in Self.items.dropLast() { _ = try take(item, &engine) }
        let before = engine.engine.copies
        // Published later than anything by more than the window: everything would expire.
        var item = try #require(Self.items.last)
        item.published = Date(timeIntervalSince1970: 2_000_000_000)
        let incoming = IngestEngine.Incoming(
            item: StoryItem(
                entry: item.entry, feed: StoryItem.FeedContext(url: item.source, name: item.source),
                observed: Date(timeIntervalSince1970: 2_000_000_000)), preparedBy: engine.engine)
        #expect(throws: Interruption.self) {
            try engine.ingest([incoming], feed: item.source) { _, _ in throw Interruption() }
        }
        #expect(engine.engine.copies == before)
    }

    /// As after an update that signs texts in another way.
    @Test func signaturesOfAnotherVersionAreMadeAnewAndNothingIsTold() throws {
        let store = try NewsStore(path: database.path)
        var engine = try start(store)
        for item in Self.items { _ = try take(item, &engine) }
        let developments = try store.developments().map(\.opening.id)
        let counts = try store.counts()
        try store.rewriteChanges(signatureVersion: 1) { encoded, _ in
            var change = try Change(decoding: encoded)
            change.signatureVersion = 1
            change.signatures = CopySignatures(ShingleSet(units: [1, 2, 3]))
            return change.encoded()
        }
        let renewed = try start(store)
        #expect(renewed.engine.copies == engine.engine.copies)
        #expect(try store.developments().map(\.opening.id) == developments)
        #expect(try store.counts() == counts)
        // The second start finds nothing to renew.
        #expect(try store.newestEngineTime(signedOtherwiseThan: MinHashSignature.version) == nil)
        #expect(try start(store).engine.copies == engine.engine.copies)
        try store.close()
    }

    @Test func offTopicEntriesChangeNothingForThoseOnTopic() throws {
        var engine = try start(NewsStore(path: nil))
        let decisions = try Self.items.map { try take($0, &engine)[0] }
        let onTopic = zip(Self.items, decisions).filter { $0.1.onTopic }
        let others = zip(Self.items, decisions).filter { !$0.1.onTopic }.map(\.0)
        #expect(others.count >= 3)
        // Backwards, each at another one's time, and some of them many times over under other names.
        var again = try start(NewsStore(path: nil))
        var rest = others
        for (item, decision) in zip(Self.items, decisions) {
            guard decision.onTopic else {
                for copy in 0..<20 {
                    var other = rest[rest.count - 1]
                    other.id += "-\(copy)"
                    other.url = nil
                    other.published = item.published
                    _ = try take(other, &again)
                }
                rest.removeLast()
                continue
            }
            let second = try take(item, &again)[0]
            #expect(second.outcome == decision.outcome, "\(item.id)")
            #expect(second.developments == decision.developments, "\(item.id)")
            #expect(second.opened == decision.opened, "\(item.id)")
            #expect((second.nearDuplicateOf == nil) == (decision.nearDuplicateOf == nil), "\(item.id)")
        }
        #expect(!onTopic.isEmpty)
    }

    @Test func everyEntryTwiceChangesNothing() throws {
        var once = try start(NewsStore(path: nil))
        var twice = try start(NewsStore(path: nil))
        for item in Self.items {
            let first = try take(item, &once)[0]
            let second = try take(item, &twice)[0]
            #expect(
                second.outcome == first.outcome && second.developments == first.developments, "\(item.id)")
            let again = try take(item, &twice)[0]
            #expect(again.outcome == (first.onTopic ? .duplicate : .offTopic), "\(item.id)")
            #expect(again.opened.isEmpty)
        }
        #expect(once.engine.copies == twice.engine.copies)
    }
}
