import Foundation
import Storage
import Stories
import Testing

@Suite struct StoredDevelopmentTests {
    let store: NewsStore

    init() throws { store = try NewsStore(path: nil) }

    private func content(_ guid: String) -> UInt64 { guid.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) } }

    @discardableResult
    private func report(
        _ development: String, outlet: String, guid: String, opens: Bool = false, copyOf: EntryNumber? = nil,
        topic: String = "story", at time: Date = Sample.start
    ) throws -> EntryNumber {
        let identity = Sample.identity(
            guid: guid, url: "https://\(outlet)/\(guid)", content: content(guid))
        return try store.add(
            Sample.item(identity, outlet: outlet, title: "By \(outlet)", published: time, observed: time),
            externalID: guid
        ) { number in
            [
                Sample.decision(
                    number, topic: topic,
                    outcome: opens ? .newDevelopment : copyOf == nil ? .sameDevelopment : .nearDuplicate,
                    developments: [development], opened: opens ? [Sample.opening(development, at: time)] : [],
                    nearDuplicateOf: copyOf)
            ]
        }
    }

    @Test func copiesAreSourcesButDoNotCorroborate() throws {
        let first = try report("dev_1", outlet: "one.example", guid: "a", opens: true)
        try report("dev_1", outlet: "two.example", guid: "b", copyOf: first)
        try report("dev_1", outlet: "three.example", guid: "c")
        try report("dev_1", outlet: "three.example", guid: "d")
        let development = try #require(try store.developments().first)
        #expect(development.corroboration == 2)
        #expect(
            development.sources.map(\.outlet) == [
                "one.example", "two.example", "three.example", "three.example",
            ])
        #expect(development.sources.map(\.isCopy) == [false, true, false, false])
        #expect(development.entries.map(\.externalID) == ["a", "b", "c", "d"])
        #expect(development.entry == first)
    }

    @Test func openerCountsEvenIfItsTextIsMostlyACopy() throws {
        let wire = try report("dev_1", outlet: "wire.example", guid: "a", opens: true)
        let added = try report("dev_2", outlet: "two.example", guid: "b", opens: true, copyOf: wire)
        let development = try #require(try store.developments().first { $0.opening.id.rawValue == "dev_2" })
        #expect(development.corroboration == 1)
        #expect(development.sources.first?.isCopy == false)
        #expect(development.entry == added)
    }

    @Test func revisionOfAnArticleIsNoFurtherSource() throws {
        try report("dev_1", outlet: "one.example", guid: "a", opens: true)
        let revised = Sample.identity(guid: "a", content: 77)
        try store.add(Sample.item(revised, title: "By one, revised")) {
            [Sample.decision($0, outcome: .sameDevelopment, developments: ["dev_1"])]
        }
        let development = try #require(try store.developments().first)
        #expect(development.sources.count == 1)
        #expect(development.entries.count == 2)
    }

    @Test func openingIsKeptAsItWasSaid() throws {
        try report("dev_1", outlet: "one.example", guid: "a", opens: true)
        #expect(try store.developments().first?.opening == Sample.opening("dev_1"))
        #expect(try store.developments().first?.topic == "story")
        #expect(try store.developments().first?.openedAt == Sample.start)
    }

    @Test func sameIDOpenedAgainIsStillTheFirst() throws {
        let first = try report("dev_1", outlet: "one.example", guid: "a", opens: true)
        try report("dev_1", outlet: "two.example", guid: "b", opens: true)
        #expect(try store.developments().map(\.entry) == [first])
        #expect(try store.counts().developments == 1)
    }

    @Test func comeInTheOrderInWhichTheyHappened() throws {
        for (index, offset) in [30.0, 10, 20].enumerated() {
            try report(
                "dev_\(index)", outlet: "one.example", guid: "\(index)", opens: true,
                topic: index == 2 ? "other" : "story", at: Sample.start.addingTimeInterval(offset))
        }
        #expect(try store.developments().map(\.opening.id.rawValue) == ["dev_1", "dev_2", "dev_0"])
        #expect(try store.developments(topic: "story").map(\.opening.id.rawValue) == ["dev_1", "dev_0"])
        #expect(try store.developments(limit: 2).map(\.opening.id.rawValue) == ["dev_2", "dev_0"])
        #expect(try store.developments(topic: "unheard of").isEmpty)
        let ids = ["dev_0", "dev_1", "dev_9"].map(DevelopmentID.init(rawValue:))
        #expect(
            try store.ingest { try $0.developments(ids) }.map(\.opening.id.rawValue) == ["dev_1", "dev_0"])
    }

    @Test func firstTellingIsTheAlertTime() throws {
        try report("dev_1", outlet: "one.example", guid: "a", opens: true)
        #expect(try store.developments().first?.alertedAt == nil)
        var late = Sample.alert("msg_1", at: Sample.start.addingTimeInterval(5), developments: ["dev_1"])
        late.isLate = true
        try store.enqueue(late, sinks: ["desk"])
        try store.enqueue(
            Sample.alert("msg_2", at: Sample.start.addingTimeInterval(9), developments: ["dev_1"]),
            sinks: ["desk"])
        let development = try #require(try store.developments().first)
        #expect(development.alertedAt == Sample.start.addingTimeInterval(5))
        #expect(development.isLate)
    }

    @Test func countsTellBothKindsOfDuplicates() throws {
        let first = try report("dev_1", outlet: "one.example", guid: "a", opens: true)
        try report("dev_1", outlet: "two.example", guid: "b", copyOf: first)
        // The same article through another feed.
        let again = Sample.identity(
            guid: "z", url: "https://one.example/a", content: content("a"))
        try store.add(Sample.item(again), feed: Sample.otherFeed) {
            [Sample.decision($0, outcome: .offTopic)]
        }
        let counts = try store.counts()
        #expect(counts.entries == 3)
        #expect(counts.duplicates == 2)
        #expect(try store.entryCounts() == [Sample.feed: 2, Sample.otherFeed: 1])
    }
}
