import Feeds
import Foundation
import Logging
import Scheduling
import Storage
import Stories
import Testing

@testable import Daemon

@Suite struct PruneServiceTests {
    let start = Date(timeIntervalSince1970: 1_700_000_000)
    let store: NewsStore

    init() throws { store = try NewsStore(path: nil) }

    private func add(_ guid: String, observed: Date) throws {
        let identity = EntryIdentity(guid: guid, canonicalURL: nil, contentHash: 1)
        let item = StoryItem(
            outlet: "one.example", url: nil, language: "en", title: guid, text: "Some words", published: nil,
            observed: observed, identity: identity)
        let engine = StoryEngine(profiles: [], lexicon: Lexicon(languages: []))
        try store.ingest { transaction in
            _ = try transaction.known(identity, feed: guid)
            let number = try transaction.nextEntryNumber()
            let change = engine.decide(engine.prepare(item), number: number, evidence: Evidence()).change
            try transaction.insert(
                NewEntry(number: number, feed: guid, item: item, externalID: nil),
                verdict: Verdict(decisions: [], change: change))
        }
    }

    private func isStored(_ guid: String) throws -> Bool { try store.explanation(of: guid) != nil }

    private func service(_ time: SteppedTime, keptFor: Duration) -> PruneService {
        PruneService(
            store: store, keptFor: { keptFor }, time: time,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Waits until the service sleeps until `deadline`, which it does when a round is done.
    private func sleeps(_ time: SteppedTime, until deadline: Date) async {
        while time.nextDeadline != deadline { await Task.yield() }
    }

    @Test func oldEntriesGoAtTheStartAndThenEveryDay() async throws {
        let day: TimeInterval = 86_400
        try add("old", observed: start.addingTimeInterval(-10 * day - 1))
        try add("nearly", observed: start.addingTimeInterval(-9.5 * day))
        try add("young", observed: start)
        let time = SteppedTime(start)
        let running = service(time, keptFor: .seconds(10 * 86_400))
        let task = Task { try await running.run() }
        await sleeps(time, until: start.addingTimeInterval(day))
        #expect(try !isStored("old"))
        #expect(try isStored("nearly"))

        time.advance(by: .seconds(86_399))
        #expect(try isStored("nearly"))
        time.advance(by: .seconds(1))
        await sleeps(time, until: start.addingTimeInterval(2 * day))
        #expect(try !isStored("nearly"))
        #expect(try isStored("young"))
        task.cancel()
        try await task.value
    }
}
