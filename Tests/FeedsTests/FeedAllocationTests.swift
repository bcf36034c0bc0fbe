import CAllocationCounter
import Feeds
import Testing

/// Heap allocations, counted for the thread that parses.
@Suite struct FeedAllocationTests {
    /// Allocations of a whole document with so many items, its entries not taken out.
    private func allocations(items: Int) -> UInt {
        let item = """
            <item><title>a &amp; b</title><link>http://example.org/?a=1&amp;b=2</link><guid>tag:1</guid>
            <pubDate>Tue, 02 Jan 2024 02:57:05 +0000</pubDate><author>a@example.org (A Name)</author>
            <category domain="x">c</category><description><![CDATA[<p>Some text</p>]]></description></item>

            """
        let document = Array(
            (#"<rss version="2.0"><channel>"# + String(repeating: item, count: items) + "</channel></rss>")
                .utf8)
        let start = callocation_count()
        var parser = FeedParser(limits: .ownFile)
        let entries = parser.consume(document).count
        #expect(parser.finish().isComplete)
        let count = callocation_count() - start
        #expect(entries == items)
        return count
    }

    @Test func entriesAndTheirTokensAllocateNothingButRoomThatDoubles() {
        // The names met in a document are looked up once, in tables that are made once.
        _ = allocations(items: 10)
        let (few, many) = (allocations(items: 100), allocations(items: 10_000))
        // The bytes of the fields and their layouts: two arrays that double seven times each for a hundredfold.
        #expect(many - few <= 20, "\(few) for 100 entries, \(many) for 10,000")
    }
}
