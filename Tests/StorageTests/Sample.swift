import Feeds
import Foundation
import Storage
import Stories

/// Entries, decisions and alerts as the pipeline would hand them over.
enum Sample {
    static let start = Date(timeIntervalSince1970: 1_700_000_000)
    static let feed = "https://one.example/feed.xml"
    static let otherFeed = "https://two.example/feed.xml"

    private static let engine = StoryEngine(profiles: [], lexicon: Lexicon(languages: []))

    static func identity(guid: String? = nil, url: String? = nil, content: UInt64) -> EntryIdentity {
        EntryIdentity(guid: guid, canonicalURL: url, contentHash: content)
    }

    static func item(
        _ identity: EntryIdentity, outlet: String = "one.example", title: String = "A title",
        text: String = "Some words of text", published: Date? = nil, observed: Date = start
    ) -> StoryItem {
        StoryItem(
            outlet: outlet, url: identity.canonicalURL, language: "en", title: title, text: text,
            published: published, observed: observed, identity: identity)
    }

    static func opening(_ id: String, at time: Date = start, headline: String = "It happened") -> Opening {
        Opening(
            id: DevelopmentID(rawValue: id), kind: "removal", headline: headline, firstPublished: time,
            confidence: .medium, why: "Nothing like it was told before.")
    }

    static func decision(
        _ number: EntryNumber, topic: String = "story", outcome: Outcome = .newDevelopment,
        developments: [String] = [], opened: [Opening] = [], nearDuplicateOf: EntryNumber? = nil,
        revisionOf: EntryNumber? = nil
    ) -> Decision {
        Decision(
            entry: number, topic: topic, onTopic: outcome != .offTopic, outcome: outcome,
            developments: developments.map(DevelopmentID.init(rawValue:)), opened: opened,
            nearDuplicateOf: nearDuplicateOf, revisionOf: revisionOf, score: 0.5,
            reasons: ["Because of “words”."])
    }

    static func change(_ item: StoryItem, _ number: EntryNumber) -> Change {
        engine.decide(engine.prepare(item), number: number, evidence: Evidence()).change
    }

    static func alert(_ id: String, at time: Date = start, developments: [String] = []) -> OutboxAlert {
        OutboxAlert(
            id: id, type: "development.new", created: time, payload: #"{"id":"\#(id)"}"#,
            developments: developments.map(DevelopmentID.init(rawValue:)))
    }
}

extension IngestTransaction {
    /// Looks up and inserts an item as the pipeline does. Returns its number.
    @discardableResult
    func add(
        _ item: StoryItem, feed: String = Sample.feed, externalID: String? = nil,
        decisions: (EntryNumber) -> [Decision] = { _ in [] }
    ) throws -> EntryNumber {
        _ = try known(item.identity, feed: feed)
        let number = try nextEntryNumber()
        try insert(
            NewEntry(number: number, feed: feed, item: item, externalID: externalID),
            verdict: Verdict(decisions: decisions(number), change: Sample.change(item, number)))
        return number
    }
}

extension NewsStore {
    /// Stores one item in a transaction of its own.
    @discardableResult
    func add(
        _ item: StoryItem, feed: String = Sample.feed, externalID: String? = nil,
        decisions: (EntryNumber) -> [Decision] = { _ in [] }
    ) throws -> EntryNumber {
        try ingest { try $0.add(item, feed: feed, externalID: externalID, decisions: decisions) }
    }
}
