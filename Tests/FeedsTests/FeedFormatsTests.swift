import Feeds
import Foundation
import Testing

@Suite struct FeedFormatsTests {
    @Test func rssFieldsAreRead() throws {
        let parsed = parse(
            rss(
                """
                <item><title>Fish &amp;amp; chips &lt;b&gt;win&lt;/b&gt;</title><link> http://e.org/1 </link>
                <guid isPermaLink="false">tag:1</guid><pubDate>Tue, 02 Jan 2024 02:57:05 +0100</pubDate>
                <dc:creator><![CDATA[Ann]]></dc:creator><description>short</description>
                <content:encoded><![CDATA[<p>long</p>]]></content:encoded></item>
                """,
                channel: "<link>http://e.org/</link><language>en</language><ttl>30</ttl>"
                    + "<skipHours><hour>3</hour><hour>24</hour></skipHours>"
                    + "<lastBuildDate>Wed, 03 Jan 2024 00:00:00 GMT</lastBuildDate>"
                    + "<image><title>no</title><link>http://no.example/</link></image>"))
        #expect(parsed.format == .rss20)
        #expect(parsed.isComplete)
        #expect(parsed.problems.isEmpty)
        #expect(parsed.feed.title == "T")
        #expect(parsed.feed.link == "http://e.org/")
        #expect(parsed.feed.updated == instant("2024-01-03T00:00:00Z"))
        #expect(parsed.feed.timeToLive == .seconds(1_800))
        #expect(parsed.feed.skipHours == [0, 3])
        let entry = try #require(parsed.entries.first)
        #expect(entry.id == "tag:1")
        #expect(entry.title == FeedText(value: "Fish &amp; chips <b>win</b>", kind: .html))
        #expect(entry.title?.plainText == "Fish & chips win")
        #expect(entry.link == "http://e.org/1")
        #expect(entry.published == instant("2024-01-02T01:57:05Z"))
        #expect(entry.author == "Ann")
        #expect(entry.summary?.value == "short")
        #expect(entry.content?.value == "<p>long</p>")
        #expect(entry.language == "en")
    }

    @Test func atomFieldsAreRead() throws {
        let parsed = parse(
            """
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="http://e.org/blog/">
            <title type="text">A &lt; B</title><link rel="self" href="feed.xml"/><link href="./"/>
            <updated>2024-01-02T00:00:00Z</updated>
            <entry xml:lang="fr"><id>urn:1</id><title type="html">&lt;i&gt;x&lt;/i&gt;</title>
            <link rel="enclosure" href="a.mp3"/><link rel="alternate" href="../1"/>
            <published>2024-01-01T10:00:00.5+02:00</published><updated>2024-01-02T00:00:00Z</updated>
            <author><name>Bo</name><email>b@e.org</email></author><summary>1 &lt; 2</summary>
            <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a &amp; <a href="p">b</a></p></div></content>
            <source><title>other</title><id>no</id></source></entry></feed>
            """)
        #expect(parsed.format == .atom10)
        #expect(parsed.isComplete)
        #expect(parsed.feed.title == "A < B")
        #expect(parsed.feed.link == "http://e.org/blog/")
        let entry = try #require(parsed.entries.first)
        #expect(entry.id == "urn:1")
        #expect(entry.title == FeedText(value: "<i>x</i>", kind: .html))
        #expect(entry.link == "http://e.org/1")
        #expect(entry.published?.timeIntervalSince1970 == 1_704_096_000.5)
        #expect(entry.author == "Bo")
        #expect(entry.summary == FeedText(value: "1 < 2", kind: .text))
        #expect(
            entry.content
                == FeedText(value: "<p>a &amp; <a href=\"http://e.org/blog/p\">b</a></p>", kind: .xhtml))
        #expect(entry.content?.plainText == "a & b")
        #expect(entry.language == "fr")
    }

    @Test func rdfItemsStandBesideTheChannel() {
        let parsed = parse(
            """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
            xmlns:d="http://purl.org/dc/elements/1.1/"><channel><title>T</title></channel>
            <item rdf:about="http://e.org/1"><title>x</title><d:date>2024-01-02</d:date><d:creator>C</d:creator></item>
            </rdf:RDF>
            """)
        #expect(parsed.format == .rss10)
        #expect(parsed.entries.first?.id == "http://e.org/1")
        #expect(parsed.entries.first?.link == "http://e.org/1")
        #expect(parsed.entries.first?.author == "C")
        #expect(parsed.entries.first?.published == instant("2024-01-02T00:00:00Z"))
    }

    @Test(arguments: [
        ("<rss version='0.91'><channel/></rss>", FeedFormat.rss091),
        ("<rss version='0.92'><channel/></rss>", .rss092),
        ("<rss><channel/></rss>", .rss20),
        ("<feed version='0.3' xmlns='http://purl.org/atom/ns#'/>", .atom03),
        ("<CHANNEL HREF='http://e.org/'><ITEM HREF='http://e.org/1'><TITLE>x</TITLE></ITEM></CHANNEL>", .cdf),
        (
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel/></rdf:RDF>",
            .rss090
        ),
        ("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[]}", .json1),
        ("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[]}", .json11),
    ])
    func formatIsTold(text: String, format: FeedFormat) {
        let parsed = parse(text)
        #expect(parsed.format == format)
        #expect(parsed.isComplete)
        #expect(parsed.error == nil)
    }

    @Test func jsonFieldsAreRead() throws {
        let parsed = parse(
            """
            {"version":"https://jsonfeed.org/version/1.1","title":"T","home_page_url":"http://e.org/","language":"en",
            "items":[{"id":7,"url":"/1","title":"x < y","content_html":"<p>h</p>","summary":"s",
            "date_published":"2024-01-02T03:04:05-07:00","authors":[{"name":"Ann"}]},{"id":"2","content_text":"a < b"}]}
            """, baseURL: "http://e.org/feed.json")
        let entry = try #require(parsed.entries.first)
        #expect(entry.id == "7")
        #expect(entry.link == "http://e.org/1")
        #expect(entry.title == FeedText(value: "x < y", kind: .text))
        #expect(entry.content == FeedText(value: "<p>h</p>", kind: .html))
        #expect(entry.published == instant("2024-01-02T10:04:05Z"))
        #expect(entry.author == "Ann")
        #expect(parsed.entries.last?.content == FeedText(value: "a < b", kind: .text))
    }

    @Test func ofJSONTheFirstOfEqualKeysAndWholeItemsCount() {
        let item = "{\"id\":\"1\",\"title\":\"a\",\"title\":\"b\",\"authors\":[{},{\"name\":\"N\"}],}"
        let parsed = parse(
            "{\"items\":[\(item),{\"content_text\":\"\\ud83d\\ude00\\/\\u0041\"},\n{\"id\":\"3")
        #expect(parsed.entries.map(\.title?.value) == ["a", nil])
        #expect(parsed.entries.first?.author == "N")
        #expect(parsed.entries.last?.content?.value == "😀/A")
        #expect(!parsed.isComplete)
        #expect(parsed.problems.map(\.code) == ["truncated"])
        #expect(parsed.problems.first.map { [$0.line, $0.column] } == [2, 9])
    }

    @Test func whatIsNoJSONEndsTheFeedThere() {
        let parsed = parse(
            "{\"items\":[{\"id\":\"1\",\"date_published\":\"soon\"},\n {id:2},{\"id\":\"3\"}]}")
        #expect(parsed.entries.map(\.id) == ["1"])
        #expect(parsed.problems.map(\.code) == ["unreadable-date", "malformed-json"])
        #expect(parsed.problems.last.map { [$0.line, $0.column] } == [2, 3])
        #expect(!parsed.isComplete)
    }

    @Test(arguments: [
        ([0x1F, 0x8B, 8, 0], "gzip"), (Array("PK\u{3}\u{4}".utf8), "ZIP"), (Array("%PDF-1.7".utf8), "PDF"),
    ])
    func filesOfOtherKindsAreNamed(bytes: [UInt8], kind: String) {
        #expect(parseFeed(bytes).error?.description.contains(kind) == true)
    }

    @Test(arguments: [
        "", "  \n", "hello", "<html><body>no</body></html>", "{\"a\":1}", "[1]", "{\"version\":", "<a/>",
        "null",
    ])
    func whatIsNoFeedSaysSo(text: String) {
        let parsed = parse(text)
        #expect(parsed.error != nil)
        #expect(parsed.format == nil)
        #expect(!parsed.isComplete)
        #expect(parsed.entries.isEmpty)
    }

    @Test func prefixesMeanWhatTheirNamespacesSay() {
        let parsed = parse(
            """
            <r:rss xmlns:r="http://backend.userland.com/rss2" xmlns:q="http://purl.org/rss/1.0/modules/content/"
            xmlns:media="urn:other" version="2.0"><r:channel><r:item><q:encoded>full</q:encoded>
            <media:title>no</media:title><media:description>no</media:description></r:item></r:channel></r:rss>
            """)
        #expect(parsed.entries.first?.content?.value == "full")
        #expect(parsed.entries.first?.title == nil)
        #expect(parsed.entries.first?.summary == nil)
    }

    @Test(arguments: [
        ("a@b.org (Ann B)", "Ann B"), ("Ann B (a@b.org)", "Ann B"), ("Ann <a@b.org>", "Ann"),
        ("a@b.org", "a@b.org"),
        ("Ann (Editor)", "Ann (Editor)"),
    ])
    func authorsAreNamed(text: String, name: String) {
        let escaped = text.replacing("<", with: "&lt;")
        #expect(parse(rss("<item><author>\(escaped)</author></item>")).entries.first?.author == name)
    }

    @Test func authorOfTheSourceCountsOnlyWhereTheEntryHasNone() {
        let source = "<source><author><name>S</name></author></source>"
        let parsed = parse(
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry>\(source)<author><name>E</name></author></entry>"
                + "<entry>\(source)</entry><entry><contributor><name>C</name></contributor></entry></feed>")
        #expect(parsed.entries.map(\.author) == ["E", "S", nil])
    }

    @Test func relativeLinksUseTheDocumentsAddress() {
        let parsed = parse(rss("<item><link>/a/../b?c#d</link></item>"), baseURL: "https://e.org/x/feed")
        #expect(parsed.entries.first?.link == "https://e.org/b?c#d")
    }

    @Test func documentOfTheCommandHasTheFieldsOfTheCorpus() throws {
        let parsed = parse(rss("<item><guid>1</guid><pubDate>Tue, 02 Jan 2024 02:57:05 EST</pubDate></item>"))
        let data = try JSONEncoder().encode(ParsedFeedDocument(path: "f.xml", parsed: parsed))
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["path"] as? String == "f.xml")
        #expect(object["format"] as? String == "rss-2.0")
        let entries = try #require(object["entries"] as? [[String: String]])
        #expect(entries == [["id": "1", "published": "2024-01-02T07:57:05Z"]])
    }

    @Test func anAtomEntryAloneIsAFeedOfOne() {
        let parsed = parse(
            """
            <?xml version="1.0"?>
            <a:entry xmlns:a="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="http://e.org/b/">
            <a:id>urn:1</a:id><a:title>One</a:title><a:link href="1"/><a:author><a:name>Ann</a:name></a:author>
            <a:updated>2024-01-02T03:04:05Z</a:updated>
            <a:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">text</div></a:content>
            </a:entry>
            """)
        #expect(parsed.format == .atom10)
        #expect(parsed.isComplete)
        #expect(parsed.feed.title == nil)
        #expect(parsed.entries.count == 1)
        #expect(parsed.entries.first?.id == "urn:1")
        #expect(parsed.entries.first?.link == "http://e.org/b/1")
        #expect(parsed.entries.first?.author == "Ann")
        #expect(parsed.entries.first?.language == "de")
        #expect(parsed.entries.first?.content?.value == "text")
    }

    @Test func anEntryWithinAnEntryDocumentIsNoOther() {
        let inner = "<entry><title>inner</title></entry>"
        let parsed = parse(
            "<entry xmlns='http://www.w3.org/2005/Atom'>\(inner)<title>outer</title></entry>")
        #expect(parsed.entries.map(\.title?.value) == ["outer"])
        #expect(parsed.isComplete)
    }

    @Test func anEntryOfAnotherVocabularyAloneIsNoFeed() {
        #expect(parse("<entry><title>a dictionary's</title></entry>").error != nil)
        #expect(parse("<item><title>a shop's</title></item>").error != nil)
    }

    @Test func authorsWithANameWithinAreReadInRSSToo() {
        let authors = [
            "<author>\n<name>Ann</name>\n<email>a@e.org</email></author>",
            "<author><email>a@e.org</email></author>",
            "<author>a@e.org (Ann)</author>", "<author>the <name>Ann</name></author>",
        ]
        let parsed = parse(rss(authors.map { "<item>\($0)<title>x</title></item>" }.joined()))
        #expect(parsed.entries.map(\.author) == ["Ann", "a@e.org", "Ann", "the <name>Ann</name>"])
        #expect(parsed.entries.map(\.title?.value) == ["x", "x", "x", "x"])
    }
}
