import Foundation
import Storage
import Stories
import Testing

/// Which stored entry an arriving one is found to be.
@Suite struct IdentityTests {
    let store: NewsStore

    init() throws { store = try NewsStore(path: nil) }

    private func known(guid: String? = nil, url: String? = nil, content: UInt64, feed: String = Sample.feed)
        throws
        -> KnownRecord?
    {
        try store.ingest { try $0.known(Sample.identity(guid: guid, url: url, content: content), feed: feed) }
    }

    private func add(
        guid: String? = nil, url: String? = nil, content: UInt64, feed: String = Sample.feed,
        title: String = "Title",
        text: String = "text"
    ) throws -> EntryNumber {
        try store.add(
            Sample.item(Sample.identity(guid: guid, url: url, content: content), title: title, text: text),
            feed: feed)
    }

    @Test func nothingIsKnownAtFirst() throws {
        #expect(try known(guid: "g", url: "https://one.example/a", content: 1) == nil)
    }

    @Test func guidCountsWithinItsFeedOnly() throws {
        let number = try add(guid: "g", content: 1)
        #expect(try known(guid: "g", content: 2)?.entry.number == number)
        #expect(try known(guid: "g", content: 2, feed: Sample.otherFeed) == nil)
    }

    @Test func addressCountsInEveryFeed() throws {
        let number = try add(guid: "g", url: "https://one.example/a", content: 1)
        let found = try known(guid: "other", url: "https://one.example/a", content: 2, feed: Sample.otherFeed)
        #expect(found?.entry.number == number)
        #expect(found?.feed == Sample.feed)
    }

    @Test func contentCountsWithinItsFeedOnly() throws {
        let number = try add(guid: "g", url: "https://one.example/a", content: 1)
        #expect(try known(guid: "new", url: "https://one.example/b", content: 1)?.entry.number == number)
        #expect(
            try known(guid: "new", url: "https://two.example/b", content: 1, feed: Sample.otherFeed) == nil)
    }

    @Test func entriesWithoutAWordAreNotTheSameForThat() throws {
        _ = try add(guid: "g", url: "https://one.example/a", content: 1, title: "", text: "")
        #expect(try known(guid: "h", url: "https://one.example/b", content: 1) == nil)
    }

    @Test func guidGoesBeforeAddressAndAddressBeforeContent() throws {
        let byGuid = try add(guid: "g", url: "https://one.example/1", content: 1)
        let byURL = try add(guid: "h", url: "https://one.example/2", content: 2)
        let byContent = try add(guid: "i", url: "https://one.example/3", content: 3)
        #expect(try known(guid: "g", url: "https://one.example/2", content: 3)?.entry.number == byGuid)
        #expect(try known(guid: "x", url: "https://one.example/2", content: 3)?.entry.number == byURL)
        #expect(try known(guid: "x", url: "https://one.example/x", content: 3)?.entry.number == byContent)
    }

    @Test func latestRevisionIsFoundByEveryNameItEverHad() throws {
        _ = try add(guid: "g", url: "https://one.example/a", content: 1)
        let revised = try add(guid: "new guid", url: "https://one.example/a", content: 2, title: "Revised")
        let found = try #require(try known(guid: "g", content: 3))
        #expect(found.entry == KnownEntry(number: revised, contentHash: 2, title: "Revised", text: "text"))
    }

    @Test func versionSeenBeforeIsNoNews() throws {
        let first = try add(guid: "g", content: 1)
        let second = try add(guid: "g", content: 2)
        #expect(try known(guid: "g", content: 1)?.entry.number == first)
        #expect(try known(guid: "g", content: 2)?.entry.number == second)
    }

    @Test func twoFeedsWithOneArticleEachFindTheirOwn() throws {
        let mine = try add(url: "https://one.example/a", content: 1)
        let theirs = try add(url: "https://one.example/a", content: 1, feed: Sample.otherFeed)
        #expect(try known(url: "https://one.example/a", content: 1)?.entry.number == mine)
        #expect(
            try known(url: "https://one.example/a", content: 1, feed: Sample.otherFeed)?.entry.number
                == theirs)
    }

    @Test func revisionsAreListedWithEveryOneOfThem() throws {
        let first = try add(guid: "g", content: 1)
        let second = try add(guid: "g", content: 2)
        _ = try add(guid: "other", content: 7)
        #expect(try store.explanation(of: "entry_\(first.rawValue)")?.revisions == [first, second])
    }
}
