import Feeds
import Foundation
import Testing

/// Lists are changed in place, and nothing else about them changes.
@Suite struct OPMLDocumentTests {
    static let added = OPMLDocument.NewFeed(
        xmlURL: "https://new.example/feed?a=1&b='2'", title: "New “&” <Ü>", htmlURL: "https://new.example/",
        language: "de")

    private func document(_ text: String) throws(OPMLError) -> OPMLDocument {
        try OPMLDocument(Array(text.utf8))
    }

    private func text(_ document: OPMLDocument) -> String { String(decoding: document.bytes, as: UTF8.self) }

    @Test(arguments: OPMLShape.all)
    func readingChangesNothing(_ shape: OPMLShape) throws {
        let document = try OPMLDocument(shape.bytes)
        #expect(document.bytes == shape.bytes)
        #expect(document.feeds.map(\.xmlURL) == (try OPML.parse(shape.bytes).outlines.map(\.xmlURL)))
    }

    @Test(arguments: OPMLShape.all)
    func whatIsAddedAndRemovedAgainLeavesTheSameBytes(_ shape: OPMLShape) throws {
        var document = try OPMLDocument(shape.bytes)
        try document.add(Self.added)
        #expect(document.bytes != shape.bytes)
        #expect(try OPML.parse(document.bytes).outlines.last?.title == "New “&” <Ü>")
        #expect(try OPML.parse(document.bytes).outlines.last?.xmlURL == Self.added.xmlURL)
        let removed = try document.remove { $0.xmlURL == Self.added.xmlURL }
        #expect(removed.map(\.language) == ["de"])
        #expect(document.bytes == shape.bytes)
    }

    @Test(arguments: OPMLShape.all)
    func anAdditionIsOneElementMoreAndNothingElse(_ shape: OPMLShape) throws {
        let before = try XMLEvents.body(of: shape.bytes)
        for group in [nil, shape.group, "Quite “new”"] {
            var document = try OPMLDocument(shape.bytes)
            try document.add(Self.added, toGroup: group)
            let after = try XMLEvents.body(of: document.bytes)
            #expect(after.filter { !$0.contains("new.example") }.count >= before.count)
            var rest = after[...]
            for event in before {
                let index = try #require(rest.firstIndex(of: event))
                rest = rest[(index + 1)...]
            }
            let feed = try #require(
                try OPML.parse(document.bytes).outlines.first { $0.title == Self.added.title })
            #expect(feed.groups.last == group)
        }
    }

    @Test(arguments: OPMLShape.all)
    func aRemovalIsThatFeedLessAndNothingElse(_ shape: OPMLShape) throws {
        let whole = try OPMLDocument(shape.bytes)
        let before = try XMLEvents.body(of: shape.bytes)
        for url in Set(whole.feeds.map(\.xmlURL)) {
            var document = whole
            try document.remove { $0.xmlURL == url }
            #expect(document.feeds.map(\.xmlURL) == whole.feeds.map(\.xmlURL).filter { $0 != url })
            let after = try XMLEvents.body(of: document.bytes)
            #expect(after.filter { $0.hasPrefix("<!--") } == before.filter { $0.hasPrefix("<!--") })
            #expect(!String(decoding: document.bytes, as: UTF8.self).contains("\n\n\n"))
        }
    }

    /// Each shape into each: elements, attributes, texts and comments of both are there, in order.
    @Test(arguments: OPMLShape.all, OPMLShape.all)
    func aMergedListHoldsBothWithoutLoss(_ target: OPMLShape, _ source: OPMLShape) throws {
        let (into, from) = (try OPMLDocument(target.bytes), try OPMLDocument(source.bytes))
        var merged = into
        try merged.append(bodyOf: from)
        #expect(
            try XMLEvents.body(of: merged.bytes)
                == XMLEvents.body(of: target.bytes) + XMLEvents.body(of: source.bytes))
        #expect(merged.feeds.map(\.xmlURL) == into.feeds.map(\.xmlURL) + from.feeds.map(\.xmlURL))
        #expect(merged.feeds.map(\.title) == into.feeds.map(\.title) + from.feeds.map(\.title))
        #expect(merged.bytes.starts(with: target.bytes.prefix(60)))
    }

    @Test func aMergedListLooksLikeItsFirstPart() throws {
        var list = try document(
            """
            <opml version="2.0">
              <body>
                <outline text="A" xmlUrl="https://a.example/"/>
              </body>
            </opml>
            """)
        try list.append(bodyOf: OPMLDocument(OPMLShape.namespaces.bytes))
        #expect(
            text(list) == """
                <opml version="2.0">
                  <body>
                    <outline text="A" xmlUrl="https://a.example/"/>
                    <outline text="Tech" owl:isSet="false" owl:id="12" xmlns:fz="https://fz.example/1.0" xmlns:note="https://note.example/ns" xmlns:owl="https://owl.example/ns/opml">
                        <outline text="Wire" owl:id="13" xmlUrl="https://wire.example/atom" fz:quickMode="true" fz:interval="900">
                            <note:remark kind="praise">reads &lt;well&gt;</note:remark>
                        </outline>
                    </outline>
                    <outline text="Plain" xmlUrl="https://plain.example/atom" />
                  </body>
                </opml>
                """)
    }

    @Test func aCommentBeyondTheEncodingIsRefusedRatherThanSpoilt() throws {
        let source = try document("<opml><body>\n<!-- 速報 --></body></opml>")
        var target = try OPMLDocument(OPMLShape.latin1.bytes)
        let error = #expect(throws: OPMLError.self) { try target.append(bodyOf: source) }
        #expect(
            error?.description
                == "2:6: a comment, name or CDATA section with characters beyond ASCII cannot be written into a "
                + "list in CP1252: convert that list to UTF-8")
        #expect(target.bytes == OPMLShape.latin1.bytes)
    }

    @Test func inAnOldEncodingNewTextIsWrittenInReferences() throws {
        var list = try OPMLDocument(OPMLShape.latin1.bytes)
        try list.add(.init(xmlURL: "https://x.example/", title: "Ü “速報”"))
        let written = try #require(String(bytes: list.bytes, encoding: .isoLatin1))
        #expect(written.contains("text=\"&#220; &#8220;&#36895;&#22577;&#8221;\""))
        #expect(try OPML.parse(list.bytes).outlines.last?.title == "Ü “速報”")
    }

    @Test func groupsAreMadeAndFound() throws {
        var list = try OPMLDocument.empty(title: "a & b")
        try list.add(.init(xmlURL: "https://1.example/"), toGroup: "G & H")
        try list.add(.init(xmlURL: "https://2.example/", title: "Two"), toGroup: "G & H")
        try list.add(.init(xmlURL: "https://3.example/", title: "Three"))
        #expect(
            text(list) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <opml version="2.0">
                  <head>
                    <title>a &amp; b</title>
                  </head>
                  <body>
                    <outline text="G &amp; H" title="G &amp; H">
                      <outline type="rss" text="https://1.example/" title="https://1.example/" xmlUrl="https://1.example/"/>
                      <outline type="rss" text="Two" title="Two" xmlUrl="https://2.example/"/>
                    </outline>
                    <outline type="rss" text="Three" title="Three" xmlUrl="https://3.example/"/>
                  </body>
                </opml>

                """)
        try list.remove { _ in true }
        #expect(
            text(list).contains(
                "    <outline text=\"G &amp; H\" title=\"G &amp; H\">\n    </outline>\n  </body>"))
    }

    @Test func anEmptyElementIsOpenedForItsFirstChild() throws {
        for (empty, filled) in [
            ("<opml>\n  <body />\n</opml>", "<opml>\n  <body>\n    OUTLINE\n  </body>\n</opml>"),
            ("<opml><body/></opml>", "<opml><body>OUTLINE</body></opml>"),
            ("<opml><body></body></opml>", "<opml><body>OUTLINE</body></opml>"),
            ("<opml>\n<body></body>\n</opml>", "<opml>\n<body>\n  OUTLINE\n</body>\n</opml>"),
        ] {
            var list = try document(empty)
            try list.add(.init(xmlURL: "u"))
            let outline = "<outline type=\"rss\" text=\"u\" title=\"u\" xmlUrl=\"u\"/>"
            #expect(text(list) == filled.replacingOccurrences(of: "OUTLINE", with: outline))
        }
    }

    @Test func charactersThatXMLForbidsAreLeftOut() throws {
        var list = try OPMLDocument.empty(title: "x")
        try list.add(.init(xmlURL: "https://x.example/", title: "a\u{1B}[31m\u{0}b\u{FFFE}\nc\t\"'<>&"))
        #expect(text(list).contains("text=\"a[31mb&#10;c&#9;&quot;'&lt;&gt;&amp;\""))
        _ = try XMLEvents.body(of: list.bytes)
    }

    @Test func aFeedThatHoldsOthersBecomesAGroup() throws {
        var list = try document(
            "<opml><body><outline text='P' xmlUrl='p' type='rss'><outline xmlUrl='c'/></outline></body></opml>"
        )
        try list.remove { $0.xmlURL == "p" }
        #expect(
            text(list)
                == "<opml><body><outline text='P' type='rss'><outline xmlUrl='c'/></outline></body></opml>")
    }

    @Test func pruningTakesTheGroupsThatWereEmptied() throws {
        let start = """
            <opml><body>
              <outline text="Gone">
                <outline text="too"><outline xmlUrl="a"/></outline>
                <outline xmlUrl="b"/>
              </outline>
              <outline text="Always empty"/>
              <outline text="Kept">
                <outline xmlUrl="a"/>
                <outline xmlUrl="c"/>
              </outline>
            </body></opml>
            """
        var list = try document(start)
        let removed = try list.remove(pruning: true) { $0.xmlURL != "c" }
        #expect(removed.map(\.xmlURL) == ["a", "b", "a"])
        #expect(
            text(list) == """
                <opml><body>
                  <outline text="Always empty"/>
                  <outline text="Kept">
                    <outline xmlUrl="c"/>
                  </outline>
                </body></opml>
                """)
    }

    @Test(arguments: [
        ("", "1:1: no element"),
        ("<rss/>", "1:1: not OPML: the root element is <rss>"),
        ("<opml/>", "1:8: the list ends before </opml>"),
        ("<opml><head/></opml>", "1:1: not a list of feeds: no <body> element"),
        ("<opml><body>\n <outline text='a'>\n</body></opml>", "3:1: </body> where </outline> must stand"),
        ("<opml><body></body>", "1:20: the document ends before </opml>"),
        ("<opml><body></body></opml></x>", "1:27: </x> ends nothing"),
        ("<opml><body/></opml><opml/>", "1:21: a second root element"),
        ("<opml><body/></opml>\nx", "2:1: text outside the root element"),
        ("<opml><body><outline a='1' b=2/></body></opml>", "1:28: the value of b is not in quotes"),
        ("<opml><body><outline a='1' a='2'/></body></opml>", "1:28: the attribute a stands here twice"),
        ("<opml><body><outline a='1'b='2'/></body></opml>", "1:27: no space before an attribute"),
        ("<opml><body><outline a='<'/></body></opml>", "1:25: a \"<\" in a value must be written &lt;"),
        ("<opml><body><?a>b?></body></opml>", "1:13: an instruction without a name or an end"),
        ("<opml><body>]]></body></opml>", "1:13: a \"]]>\" outside a CDATA section must be written ]]&gt;"),
        ("<?xml encoding='UTF-8'?><opml><body/></opml>", "1:1: not an XML declaration"),
        (
            "<opml><body><outline xmlUrl='http://a/?x=1&y=2'/></body></opml>",
            "1:43: a \"&\" that starts no reference must be written &amp;"
        ),
        ("<opml><body>&nbsp;</body></opml>", "1:13: &nbsp; is not declared"),
        ("<opml><body>&#0;</body></opml>", "1:13: &#0; is not declared"),
        ("<opml><body>a < b</body></opml>", "1:15: a \"<\" that starts no tag must be written &lt;"),
        ("<opml><body><!-- a -- b --></body></opml>", "1:20: a \"--\" inside a comment"),
        ("<opml><body><!-- a", "1:17: the document ends inside markup"),
        ("<opml><body><outline text='a/></body></opml>", "1:13: a quoted value that does not end"),
        ("<opml><body>\u{1}</body></opml>", "1:13: a control character, which XML forbids"),
        (
            "<?xml version='1.0' encoding='klingon'?><opml><body/></opml>",
            "1:1: the encoding \"klingon\" is not known, or not that of the file"
        ),
    ])
    func whatIsNotWellFormedIsRefusedWithItsPlace(_ text: String, _ message: String) {
        let error = #expect(throws: OPMLError.self) { try document(text) }
        #expect(error?.description == message)
    }

    @Test func bytesThatAreNotInTheEncodingAreRefused() {
        let error = #expect(throws: OPMLError.self) {
            try OPMLDocument(Array("<opml>\n<body t='".utf8) + [0xFC] + Array("'/></opml>".utf8))
        }
        #expect(error?.description == "2:10: a byte that is not UTF-8, which the document says it is in")
    }

    @Test(arguments: [String.Encoding.utf16, .utf16BigEndian, .utf32])
    func encodingsThatHideMarkupAreRefusedWithAWayOut(_ encoding: String.Encoding) throws {
        let data = try #require("<?xml version=\"1.0\"?><opml><body/></opml>".data(using: encoding))
        let error = #expect(throws: OPMLError.self) { try OPMLDocument([UInt8](data)) }
        #expect(error?.message.contains("convert it to UTF-8 (iconv -f UTF-") == true)
    }

    @Test func depthIsLimited() {
        let deep = String(repeating: "<outline>", count: 300) + String(repeating: "</outline>", count: 300)
        let error = #expect(throws: OPMLError.self) { try document("<opml><body>\(deep)</body></opml>") }
        #expect(error?.message == "elements nest deeper than 256 levels")
    }

    /// Whatever a list has become: it is refused, or an addition can be taken back to the byte.
    @Test(arguments: OPMLShape.all)
    func damagedListsAreRefusedOrStayEditable(_ shape: OPMLShape) throws {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        let pieces = [
            "<", ">", "/", "\"", "'", "&", "\r", "\n", "<outline/>", "</outline>", "<body>", "--", "]]>", " ",
        ]
        // What a DOCTYPE holds is not checked.
        let start = shape.bytes.firstRange(of: Array("]>".utf8))?.upperBound ?? 0
        var accepted = 0
        for _ in 0..<500 {
            var bytes = shape.bytes
            for _ in 0...random(2) {
                let from = start + random(bytes.count - start)
                let to = min(bytes.count, from + random(8))
                bytes.replaceSubrange(from..<to, with: Array(pieces[random(pieces.count)].utf8))
            }
            var document: OPMLDocument
            do {
                document = try OPMLDocument(bytes)
            } catch {
                continue
            }
            accepted += 1
            #expect(throws: Never.self, "\(String(decoding: bytes, as: UTF8.self))") {
                try XMLEvents.body(of: bytes)
            }
            let hadChildren = document.feeds.count > 0
            try document.add(Self.added)
            try document.remove { $0.xmlURL == Self.added.xmlURL }
            if hadChildren { #expect(document.bytes == bytes) }
            try document.append(bodyOf: OPMLDocument(OPMLShape.oneLine.bytes))
        }
        #expect(accepted > 10)
    }

    @Test func aLargeListIsChangedInReasonableTime() throws {
        let outlines = (0..<20_000).map { "<outline text='\($0)' xmlUrl='https://\($0).example/'/>\n" }
        var list = try document("<opml><body>\n\(outlines.joined())</body></opml>")
        try list.remove { $0.xmlURL.hasSuffix("7.example/") }
        #expect(list.feeds.count == 18_000)
        try list.append(bodyOf: document("<opml><body>\n\(outlines.joined())</body></opml>"))
        #expect(list.feeds.count == 38_000)
    }
}
