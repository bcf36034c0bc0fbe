import Feeds
import Testing

@Suite struct FeedRecoveryTests {
    private let sample = """
        <?xml version="1.0"?>
        <!-- c --><rss version="2.0"><channel><title>T</title>
        <item><title>One &amp; only</title><link>http://e.org/1</link><description><![CDATA[<p>1 ]] 2</p>]]></description></item>
        <item><title>Two</title><guid isPermaLink='false'>é</guid></item>
        <item><title>Three</title></item>
        </channel></rss>

        """

    @Test func everyCutKeepsWholeEntriesAndIsIncomplete() {
        let bytes = Array(sample.utf8)
        let whole = parseFeed(bytes)
        #expect(whole.isComplete)
        #expect(whole.entries.count == 3)
        let ends = sample.ranges(of: "</item>").map {
            sample.utf8.distance(from: sample.startIndex, to: $0.upperBound)
        }
        let end = sample.ranges(of: "</rss>").map {
            sample.utf8.distance(from: sample.startIndex, to: $0.upperBound)
        }
        for cut in 0..<bytes.count {
            let parsed = parseFeed(Array(bytes[..<cut]))
            #expect(parsed.entries == Array(whole.entries.prefix(ends.count { $0 <= cut })), "cut at \(cut)")
            #expect(parsed.isComplete == (cut >= end[0]), "cut at \(cut)")
        }
    }

    @Test func chunksChangeNothing() {
        let bytes = Array(sample.utf8)
        let whole = parseFeed(bytes)
        for size in [1, 2, 3, 7, 64] { #expect(parse(bytes, chunk: size) == whole, "chunks of \(size)") }
    }

    @Test func entriesAreHandedOutWhenTheyEnd() {
        var parser = FeedParser()
        #expect(
            parser.consume(Array("<rss><channel><item><title>a</title></item><item><title>b".utf8)).count == 1
        )
        #expect(parser.consume(Array("</title></item>".utf8)).map(\.title?.value) == ["b"])
        let parsed = parser.finish()
        #expect(parsed.entries.isEmpty)
        #expect(!parsed.isComplete)
    }

    @Test func problemsHaveTheirPlace() {
        let parsed = parse(
            "<rss><channel>\n  <item><title>a</title></wrong>\n<b>< 3</b></item></channel></rss>")
        #expect(parsed.problems.map(\.code) == ["unmatched-end-tag", "stray-less-than"])
        #expect(parsed.problems.first.map { [$0.line, $0.column] } == [2, 25])
        #expect(parsed.isComplete)
    }

    @Test func missingEndTagsDoNotLoseEntries() {
        let parsed = parse(
            "<rss><channel><item><title>a</title><item><title>b<item><title>c</title></item></channel></rss>")
        #expect(parsed.entries.map { $0.title?.value } == ["a", "b", "c"])
        #expect(parsed.problems.contains { $0.code == "unclosed-element" })
    }

    @Test func scopesOfAnUnclosedEntryEndWithIt() {
        let parsed = parse(
            """
            <rss><channel><item xml:base="http://a.org/" xmlns:d="http://purl.org/dc/elements/1.1/" xml:lang="de">
            <link>1</link><item xml:base="http://b.org/" xml:lang="fr" xmlns:e="http://purl.org/dc/elements/1.1/">
            <link>2</link><e:creator>E</e:creator></item></item><item><link>http://c.org/3</link></item></channel></rss>
            """)
        #expect(parsed.entries.map(\.link) == ["http://a.org/1", "http://b.org/2", "http://c.org/3"])
        #expect(parsed.entries.map(\.language) == ["de", "fr", nil])
        #expect(parsed.entries.map(\.author) == [nil, "E", nil])
    }

    @Test func unescapedMarkupInAFieldIsKept() {
        let parsed = parse(
            rss("<item><description>a <b>bold</b> &amp; <br> more</description><title>t</title></item>"))
        #expect(parsed.entries.first?.summary?.value == "a <b>bold</b> & <br> more")
        #expect(parsed.entries.first?.title?.value == "t")
    }

    @Test func rootInTheWrongCaseAndUndeclaredPrefixesAreRead() {
        let parsed = parse(
            "<RSS><Channel><ITEM><Title>x</Title><dc:date>2024-01-02</dc:date></ITEM></Channel></RSS>")
        #expect(parsed.entries.first?.title?.value == "x")
        #expect(parsed.entries.first?.published == instant("2024-01-02T00:00:00Z"))
    }

    @Test func misdeclaredEncodingIsRepairedPerField() {
        var bytes = Array(rss("<item><title>caf#</title></item><item><title>né</title></item>").utf8)
        bytes = bytes.map { $0 == 0x23 ? 0xE9 : $0 }
        #expect(parseFeed(bytes).entries.map { $0.title?.value } == ["café", "né"])
    }

    @Test func charsetOfTheHeaderIsUsed() {
        let bytes =
            Array("<rss><channel><item><title>".utf8) + [0xCF, 0xF0]
            + Array("</title></item></channel></rss>".utf8)
        let parsed = parseFeed(bytes, contentType: "text/xml; charset=windows-1251")
        #expect(parsed.entries.first?.title?.value == "Пр")
    }

    /// "Новости" in windows-1251.
    private static let undeclared: [UInt8] = [0xCD, 0xEE, 0xE2, 0xEE, 0xF1, 0xF2, 0xE8]

    @Test func anUndeclaredEncodingIsToldByItsBytesAndNoted() throws {
        let bytes =
            Array("<rss><channel>\n<item><title>".utf8) + Self.undeclared
            + Array("</title></item></channel></rss>".utf8)
        for chunk in [1, 20, bytes.count] {
            let parsed = parse(bytes, chunk: chunk)
            #expect(parsed.entries.first?.title?.value == "Новости")
            let problem = try #require(parsed.problems.first)
            #expect(problem.code == "guessed-encoding")
            #expect((problem.line, problem.column) == (2, 14))
            #expect(problem.message == "the bytes are not UTF-8; they were read as windows-1251")
        }
    }

    @Test func soItIsInJSON() throws {
        let bytes =
            Array("{\"version\": \"https://jsonfeed.org/version/1.1\",\n \"items\": [{\"title\": \"".utf8)
            + Self.undeclared + Array("\"}]}".utf8)
        let parsed = parseFeed(bytes)
        #expect(parsed.entries.first?.title?.value == "Новости")
        let problem = try #require(parsed.problems.first)
        #expect(problem.code == "guessed-encoding")
        #expect((problem.line, problem.column) == (2, 23))
    }
}
