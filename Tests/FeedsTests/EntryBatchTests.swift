import Feeds
import Testing

@Suite struct EntryBatchTests {
    private static let head = #"<rss version="2.0"><channel xml:lang="de"><title>Desk</title>"#

    @Test func anEntryIsTheSameEachTimeItIsTaken() {
        var parser = FeedParser()
        let batch = parser.consume(
            Array((Self.head + "<item><title>a &lt; b</title></item><item><title>c</title></item>").utf8))
        #expect(batch.map(\.title?.value) == ["a < b", "c"])
        #expect(Array(batch) == Array(batch))
        #expect(batch.last?.title?.value == "c")
    }

    @Test func anEntryThatBeganInAnotherBatchKeepsAllItsFields() {
        let document = Array(
            (Self.head
                + """
                <item><title>one</title></item>
                <item><guid>2</guid><link>http://example.org/?a=1&amp;b=2</link><title>t&#119;o</title>
                <author>a@example.org (Ann)</author><description>text</description></item></channel></rss>
                """).utf8)
        let whole = parseFeed(document).entries
        #expect(whole.count == 2)
        for cut in document.indices {
            var parser = FeedParser()
            var entries = Array(parser.consume(Array(document[..<cut])))
            entries += parser.consume(Array(document[cut...]))
            entries += parser.finish().entries
            #expect(entries == whole, "cut at \(cut)")
        }
    }

    @Test func anEntryHasTheLanguageAroundIt() {
        let parsed = parseFeed(
            Array(
                (Self.head
                    + """
                    <item><title>a</title></item><item xml:lang="fr"><title>b</title></item>
                    <item><dc:language>pl</dc:language></item></channel></rss>
                    """).utf8))
        #expect(parsed.entries.map(\.language) == ["de", "fr", "pl"])
    }

    @Test func aLanguageThatIsTooLongIsNone() {
        let long = String(repeating: "x", count: 129)
        let parsed = parseFeed(
            Array(
                """
                <rss version="2.0"><channel><language>\(long)</language><item xml:lang="\(long)"><title>a</title></item>
                <item><dc:language>\(long)</dc:language></item></channel></rss>
                """.utf8))
        #expect(parsed.entries.map(\.language) == [nil, nil])
        #expect(parsed.feed.language == nil)
    }
}
