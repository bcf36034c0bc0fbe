import Feeds
import Foundation
import Storage
import Stories

/// A database with one entry, as a stopped daemon leaves it.
enum StoredEntry {
    /// Makes `newswatch.db` in the folder and returns its path.
    static func database(in folder: TemporaryFolder) throws -> String {
        let path = folder.path + "/newswatch.db"
        let store = try NewsStore(path: path)
        let identity = EntryIdentity(guid: "guid-1", canonicalURL: "https://one.example/a", contentHash: 1)
        let item = StoryItem(
            outlet: "one.example", url: "https://one.example/a", language: "en", title: "A title",
            text: "Some words of text", published: nil, observed: Sample.noon, identity: identity)
        let feed = "https://one.example/feed.xml"
        let engine = StoryEngine(profiles: [], lexicon: Lexicon(languages: []))
        try store.ingest { transaction in
            _ = try transaction.known(identity, feed: feed)
            let number = try transaction.nextEntryNumber()
            let change = engine.decide(engine.prepare(item), number: number, evidence: Evidence()).change
            let decision = Decision(
                entry: number, topic: "story", onTopic: true, outcome: .recap, score: 0.5,
                reasons: ["Because of “words”."])
            try transaction.insert(
                NewEntry(number: number, feed: feed, item: item, externalID: nil),
                verdict: Verdict(decisions: [decision], change: change))
        }
        try store.close()
        return path
    }

    /// A copy of it as the daemon sends one: out of WAL.
    static func copy(in folder: TemporaryFolder) throws -> String {
        let store = try NewsStore(readingPath: database(in: folder))
        let path = folder.path + "/sent.db"
        try store.backup(to: path)
        return path
    }

    /// Its lines in an export.
    static let exported = #"""
        {"duplicate":false,"external_id":null,"feed":"https://one.example/feed.xml","first":"entry_1","guid":"guid-1","id":"entry_1","lang":"en","near_duplicate_of":null,"observed":"2023-11-17T12:00:00Z","outlet":"one.example","published":null,"revision_of":null,"text":"Some words of text","title":"A title","type":"entry","url":"https://one.example/a"}
        {"decision":"recap","developments":[],"entry":"entry_1","near_duplicate_of":null,"on_topic":true,"opened":[],"reasons":["Because of “words”."],"revision_of":null,"score":0.5,"topic":"story","type":"decision"}
        """#
}
