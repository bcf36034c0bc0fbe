import CAllocationCounter
import Markup
import Testing

/// Heap allocations, counted for the thread that reads.
@Suite struct AllocationTests {
    /// Reads a document to its end. Returns its tokens, and the allocations from the second token on.
    private func read(_ text: String) -> (tokens: Int, allocations: UInt) {
        let bytes = Array(text.utf8)
        var scanner = MarkupScanner(syntax: .xml)
        scanner.end()
        let span = bytes.span
        var tokens = 0
        var start = callocation_count()
        while scanner.advance(in: span) {
            tokens += 1
            if tokens == 1 { start = callocation_count() }
        }
        return (tokens, callocation_count() - start)
    }

    @Test func theCounterCounts() {
        let start = callocation_count()
        let bytes = [UInt8](repeating: 1, count: 1_000)
        #expect(callocation_count() > start, "\(bytes.count)")
    }

    @Test func noTokenAllocates() {
        let item = """
            <item xml:lang="en"><title>a &amp; b</title><podcast:alternateEnclosure type='x' length = "1">
            <![CDATA[<p>]]></podcast:alternateEnclosure><!-- c --><?php d ?>&nbsp;&eacute;<br/></item>

            """
        // The first element brings the memory for as many attributes as any has.
        let first = #"<rss a="1" b="2" c="3" d="4">"#
        // What the runtime makes on first use, and keeps, is no token's.
        _ = read(first + item + "</rss>")
        let (tokens, allocations) = read(first + String(repeating: item, count: 1_000) + "</rss>")
        #expect(tokens >= 12_000)
        #expect(allocations == 0)
    }
}
