import Feeds
import Testing

@Suite struct HostileFeedTests {
    @Test func billionLaughsExpandsToNextToNothing() {
        var text = "<!DOCTYPE rss [<!ENTITY a \"ha\">"
        for (previous, name) in zip("abcdefghijklm", "bcdefghijklmn") {
            text += "<!ENTITY \(name) \"" + String(repeating: "&\(previous);", count: 10) + "\">"
        }
        text += "]>" + String(rss("<item><title>&n;&n;&b;</title></item>").dropFirst(21))
        let parsed = parse(text)
        #expect(parsed.entries.count == 1)
        #expect((parsed.entries.first?.title?.value.utf8.count ?? 0) < 1 << 16)
        #expect(!parsed.isComplete)
        #expect(parsed.problems.contains { $0.code == "entity-limit" })
    }

    @Test func manyUsesOfAnEntityStayWithinTheAllowance() {
        let value = String(repeating: "x", count: 10_000)
        let uses = String(repeating: "&a;", count: 1_000)
        let items = String(repeating: "<item><title>\(uses)</title></item>", count: 20)
        let parsed = parse("<!DOCTYPE rss [<!ENTITY a \"\(value)\">]><rss><channel>\(items)</channel></rss>")
        let total = parsed.entries.reduce(0) { $0 + ($1.title?.value.utf8.count ?? 0) }
        #expect(parsed.entries.count == 20)
        #expect(total < 2 << 20)
        #expect(!parsed.isComplete)
    }

    @Test func declaredEntitiesAreReplaced() {
        let parsed = parse(
            "<!DOCTYPE rss [<!ENTITY me \"A &amp; B\">]><rss><channel><title>&me;&nope;</title></channel></rss>"
        )
        #expect(parsed.feed.title == "A & B&nope;")
        #expect(parsed.isComplete)
    }

    @Test func hundredThousandAttributesAreBounded() {
        let attributes = (0..<100_000).map { " a\($0)='x'" }.joined()
        let parsed = parse(rss("<item\(attributes)><title>x</title></item>"))
        #expect(parsed.entries.first?.title?.value == "x")
        #expect(!parsed.isComplete)
        #expect(parsed.problems.map(\.code) == ["attribute-limit"])
    }

    @Test(arguments: ["x", "item", "description", "media:group"])
    func hundredThousandLevelsAreBounded(name: String) {
        let text = rss(
            "<item>" + String(repeating: "<\(name)>", count: 100_000) + "deep"
                + String(repeating: "</\(name)>", count: 100_000) + "</item><item><title>after</title></item>"
        )
        let parsed = parse(text)
        #expect(parsed.entries.last?.title?.value == "after" || !parsed.isComplete)
    }

    @Test func manyDoctypesAreReadInOnePass() {
        let parsed = parse(String(repeating: "<!a [>", count: 500_000) + rss("<item><title>x</title></item>"))
        #expect(parsed.entries.first?.title?.value == "x")
    }

    @Test func manyNamespacesAreBounded() {
        let declarations = (0..<250).map { " xmlns:p\($0)='u'" }.joined()
        let open = String(repeating: "<x\(declarations)>", count: 200)
        let uses = (0..<50_000).map { "<q\($0):a/>" }.joined()
        let parsed = parse(rss("<item><title>t</title></item>\(open)\(uses)"))
        #expect(parsed.entries.count == 1)
        #expect(!parsed.isComplete)
    }

    @Test func linksUnderALongBaseCannotGrowWithoutBound() {
        let base = "http://e.org/" + String(repeating: "b", count: 1_900) + "/"
        let links = String(repeating: "&lt;a href='a'&gt;", count: 10_000)
        let entry = "<entry xml:base='\(base)'><summary type='html'>\(links)</summary></entry>"
        let parsed = parse(
            "<feed xmlns='http://www.w3.org/2005/Atom'>\(String(repeating: entry, count: 20))</feed>")
        let total = parsed.entries.reduce(0) { $0 + ($1.summary?.value.utf8.count ?? 0) }
        #expect(parsed.entries.count == 20)
        #expect(total < 16 << 20)
    }

    @Test func deepXHTMLStaysAField() {
        let text =
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>"
            + String(repeating: "<div>", count: 100_000) + "deep"
            + String(repeating: "</div>", count: 100_000)
            + "</content></entry></feed>"
        let parsed = parse(text)
        #expect(parsed.entries.count == 1)
        #expect(parsed.entries.first?.content?.value.utf8.count ?? 0 <= FeedLimits.standard.maxFieldBytes)
    }

    @Test func hugeFieldIsCutAndNoted() {
        var limits = FeedLimits.standard
        limits.maxBodyBytes = 64 << 20
        let text = rss(
            "<item><title>t</title><description>" + String(repeating: "é", count: 10 << 20)
                + "</description></item>")
        let parsed = parse(text, limits: limits)
        #expect(parsed.entries.first?.title?.value == "t")
        #expect(parsed.entries.first?.summary?.value.utf8.count == limits.maxFieldBytes)
        #expect(parsed.entries.first?.summary?.value.allSatisfy { $0 == "é" } == true)
        #expect(!parsed.isComplete)
        #expect(parsed.problems.map(\.code) == ["field-limit"])
    }

    @Test(arguments: [
        "aé&#233;&amp;&#x1F600;z&lt;<i>x</i>y", "éééééé", "&&&&amp;&#12", "<b></b>ab<i>c</i>",
        "&amp;&amp;&amp;",
        "<![CDATA[aé]]>&#233;é", "&#0000000065;&eacute;&e", "\u{1}\u{2}é", "😀&#128512;😀",
    ])
    func whereAFieldIsCutDoesNotHangOnChunks(field: String) {
        let atom =
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>\(field)</title><content type='xhtml'>"
            + "\(field)</content></entry></feed>"
        for bytes in [Array(rss("<item><title>\(field)</title></item>").utf8), Array(atom.utf8)] {
            for room in 1...20 {
                var limits = FeedLimits.standard
                limits.maxFieldBytes = room
                let whole = parseFeed(bytes, limits: limits)
                for size in 1...9 {
                    let cut = parse(bytes, chunk: size, limits: limits)
                    #expect(cut.entries == whole.entries, "\(room) bytes, chunks of \(size)")
                    #expect(cut.isComplete == whole.isComplete, "\(room) bytes, chunks of \(size)")
                }
            }
        }
    }

    @Test func referencesLongerThanAnyNameAreCharacters() {
        let number = "&#" + String(repeating: "0", count: 100_000) + "65;"
        let bytes = Array(rss("<item><title>\(number)</title></item>").utf8)
        let whole = parseFeed(bytes)
        #expect(whole.entries.first?.title?.value == number)
        #expect(parse(bytes, chunk: 50).entries == whole.entries)
    }

    @Test func bodyBeyondTheLimitIsNotRead() {
        var limits = FeedLimits.standard
        limits.maxBodyBytes = 200
        let parsed = parse(rss(String(repeating: "<item><title>x</title></item>", count: 50)), limits: limits)
        #expect(parsed.entries.count == 5 || parsed.entries.count == 4)
        #expect(!parsed.isComplete)
        #expect(parsed.problems.contains { $0.code == "body-limit" })
    }

    @Test func entriesBeyondTheLimitAreNotRead() {
        var limits = FeedLimits.standard
        limits.maxEntries = 3
        let parsed = parse(rss(String(repeating: "<item><title>x</title></item>", count: 5)), limits: limits)
        #expect(parsed.entries.count == 3)
        #expect(!parsed.isComplete)
        #expect(parsed.problems.map(\.code) == ["entry-limit"])
    }

    @Test func nullBytesDisappear() {
        let parsed = parse(rss("<item><title>a\0b</title></item>"))
        #expect(parsed.entries.first?.title?.value == "ab")
        #expect(parseFeed([UInt8](repeating: 0, count: 10_000)).error != nil)
    }

    @Test func badNumbersDoNotTrap() {
        let parsed = parse(
            rss(
                "<item><pubDate>99999999999999999999 Jan 99999999999 99:99:99 +99999999</pubDate></item>",
                channel: "<ttl>99999999999999999999</ttl><sy:updateFrequency>0</sy:updateFrequency>"
                    + "<sy:updatePeriod>daily</sy:updatePeriod><skipHours><hour>-5</hour><hour>99</hour></skipHours>"
            ))
        #expect(parsed.entries.count == 1)
        #expect(parsed.feed.timeToLive == .seconds(86_400))
        #expect(parsed.feed.skipHours.isEmpty)
    }

    /// Numbers that look random and are the same in every run (SplitMix64).
    private struct Numbers {
        var state: UInt64
        mutating func below(_ bound: Int) -> Int {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
            return Int((value ^ value >> 31) % UInt64(bound))
        }
    }

    private static let seeds = [
        "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE rss [<!ENTITY e 'v'>]><rss version='2.0'><channel>"
            + "<title>T</title><item><title>a &amp; &e;</title><link>http://e.org/</link><guid>1</guid>"
            + "<pubDate>Tue, 02 Jan 2024 02:57:05 GMT</pubDate><description><![CDATA[<p>x</p>]]></description></item>"
            + "</channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://e.org/'><entry><id>1</id><title type='html'>&lt;b&gt;</title>"
            + "<content type='xhtml'><div><p>a<br/></p></div></content><link href='a'/><updated>2024-01-02T00:00:00Z</updated>"
            + "<author><name>n</name></author></entry></feed>",
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"content_html\":\"<p>\\u00e9</p>\"}]}",
    ]
    private static let pieces = [
        "<", ">", "&", "]]>", "<![CDATA[", "<!--", "-->", "</item>", "<item>", "\"", "'", "&#x", ";", "\0",
        "\u{FEFF}", "<?", "<!DOCTYPE [", "=", "é",
    ]

    @Test(arguments: 0..<3)
    func mutatedFeedsNeitherTrapNorDependOnChunks(seed: Int) {
        var numbers = Numbers(state: UInt64(seed + 1))
        for round in 0..<400 {
            var bytes = Array(Self.seeds[seed].utf8)
            for _ in 0...numbers.below(6) {
                let place = numbers.below(bytes.count)
                switch numbers.below(4) {
                case 0: bytes[place] = UInt8(numbers.below(256))
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + 1 + numbers.below(20)))
                case 2:
                    bytes.insert(contentsOf: Self.pieces[numbers.below(Self.pieces.count)].utf8, at: place)
                default: bytes.insert(contentsOf: bytes[..<place], at: place)
                }
                if bytes.isEmpty { bytes = [0x3C] }
            }
            let whole = parseFeed(bytes)
            let cut = parse(bytes, chunk: 1 + numbers.below(40))
            #expect(cut.entries == whole.entries, "seed \(seed), round \(round)")
            #expect(cut.isComplete == whole.isComplete, "seed \(seed), round \(round)")
            for entry in whole.entries { _ = EntryIdentity(entry: entry) }
        }
    }
}
