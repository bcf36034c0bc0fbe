import Feeds
import Testing

@Suite struct EntryIdentityTests {
    private func entry(_ item: String) throws -> Entry {
        try #require(parse(rss("<item>\(item)</item>")).entries.first)
    }

    @Test func markupAndSpacingDoNotChangeTheContentHash() throws {
        let plain = EntryIdentity(
            entry: try entry("<title>Big  News</title><description>It &amp;amp; that</description>"))
        let marked = EntryIdentity(
            entry: try entry(
                "<title>&lt;b&gt;big&lt;/b&gt; news</title><description>&lt;i&gt;it&lt;/i&gt;\n&amp;amp; THAT</description>"
            ))
        #expect(plain.contentHash == marked.contentHash)
    }

    @Test func changedWordsChangeTheContentHash() throws {
        let first = EntryIdentity(entry: try entry("<title>a b</title><description>c</description>"))
        for other in [
            "<title>a b</title><description>d</description>",
            "<title>a</title><description>b c</description>", "<title>a b c</title>",
        ] {
            #expect(EntryIdentity(entry: try entry(other)).contentHash != first.contentHash)
        }
    }

    @Test func contentHashIsTheSameInEveryProcess() {
        #expect(ContentHash.hash(title: "Title", text: "some text") == 0x5fa9_3e13_17b4_58fe)
    }

    @Test func guidStaysAsGivenAndLinkIsCanonical() throws {
        let identity = EntryIdentity(
            entry: try entry(
                "<guid isPermaLink='false'> X y </guid><link>http://www.e.org/a/?utm_source=x</link>"))
        #expect(identity.guid == "X y")
        #expect(identity.canonicalURL == "https://e.org/a")
    }

    @Test func guidThatIsAnAddressGivesTheLink() throws {
        #expect(try entry("<guid>http://e.org/1</guid>").link == "http://e.org/1")
        #expect(try entry("<guid isPermaLink='false'>http://e.org/1</guid>").link == nil)
    }
}
