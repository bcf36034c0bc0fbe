import Feeds
import Testing

@Suite struct OPMLTests {
    @Test func nestedOutlinesAreFlattenedWithTheirGroups() throws {
        let list = try OPML.parse(
            Array(
                """
                <?xml version="1.0"?>
                <opml version="2.0"><head><title>My &amp; feeds</title></head><body>
                <outline text="News"><outline text="World">
                  <outline type="rss" text="A &amp; B" xmlUrl="http://a.org/f?x=1&amp;y=2" htmlUrl="http://a.org/" language="en"/>
                </outline></outline>
                <outline title="C" text="c" xmlURL='http://c.org/'></outline><outline text="empty"/></body></opml>
                """.utf8))
        #expect(list.title == "My & feeds")
        #expect(list.outlines.map(\.xmlURL) == ["http://a.org/f?x=1&y=2", "http://c.org/"])
        #expect(list.outlines.first?.groups == ["News", "World"])
        #expect(list.outlines.first?.title == "A & B")
        #expect(list.outlines.first?.language == "en")
        #expect(list.outlines.last?.title == "C")
        #expect(list.outlines.first.map { [$0.line, $0.column] } == [4, 3])
    }

    @Test func cutOrForeignDocumentsThrowWithTheirPlace() {
        let cut = #expect(throws: OPMLError.self) {
            try OPML.parse(Array("<opml>\n<body><outline xmlUrl='http://a/'/>".utf8))
        }
        #expect(cut?.description == "2:36: the list ends before </opml>")
        let foreign = #expect(throws: OPMLError.self) { try OPML.parse(Array("<rss/>".utf8)) }
        #expect(foreign?.description == "1:1: not OPML: the root element is <rss>")
        #expect(throws: OPMLError.self) { try OPML.parse([]) }
        #expect(throws: OPMLError.self) {
            try OPML.parse(Array(("<opml>" + String(repeating: "<outline>", count: 300) + "</opml>").utf8))
        }
    }
}
