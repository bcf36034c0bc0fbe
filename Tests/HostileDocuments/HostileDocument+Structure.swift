extension HostileDocument {
    /// Elements and attributes in numbers that nobody writes.
    static let structure: [HostileDocument] = [
        HostileDocument(
            "hundred thousand attributes of an item", .feed(entries: 2, good: 2, isComplete: false),
            problems: ["attribute-limit"]
        ) {
            rss("<item\(attributes(100_000))><title>good</title></item>\(good)")
        },
        HostileDocument(
            "hundred thousand attributes of the root", .feed(entries: 1, good: 1, isComplete: false),
            problems: ["attribute-limit"]
        ) { "<rss\(attributes(100_000))><channel>\(good)</channel></rss>" },
        HostileDocument("one attribute hundred times", .feed(entries: 1, good: 1, isComplete: true)) {
            rss("<item\(repeated(" rdf:about='x'", 100))><title>good</title></item>")
        },
        HostileDocument(
            "hundred thousand levels in an item", .feed(entries: 2, good: 1, isComplete: false),
            problems: ["depth-limit"]
        ) {
            rss("<item>\(repeated("<x>", 100_000))\(repeated("</x>", 100_000))</item>\(good)")
        },
        HostileDocument(
            "hundred thousand levels that never end", .feed(entries: 1, good: 1, isComplete: false),
            problems: ["depth-limit", "truncated"]
        ) {
            rss(good + repeated("<x>", 100_000))
        },
        HostileDocument(
            "hundred thousand levels in a description", .feed(entries: 2, good: 1, isComplete: true)
        ) {
            rss(
                "<item><description>\(repeated("<b>", 100_000))\(repeated("</b>", 100_000))</description>"
                    + "</item>\(good)")
        },
        HostileDocument(
            "hundred thousand descriptions in each other", .feed(entries: 2, good: 1, isComplete: false)
        ) {
            rss(
                "<item>\(repeated("<description>", 100_000))\(repeated("</description>", 100_000))"
                    + "</item>\(good)")
        },
        HostileDocument("hundred thousand levels of XHTML", .feed(entries: 1, good: 0, isComplete: false)) {
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>"
                + repeated("<div>", 100_000) + repeated("</div>", 100_000) + "</content></entry></feed>"
        },
        HostileDocument(
            "ten thousand items that never end", .feed(entries: 10_000, good: 10_000, isComplete: true),
            problems: ["unclosed-element"]
        ) {
            rss(repeated("<item><title>good</title>", 10_000))
        },
        HostileDocument(
            "hundred thousand end tags of nothing", .feed(entries: 2, good: 2, isComplete: true),
            problems: ["unmatched-end-tag"]
        ) {
            rss(good + repeated("</x>", 100_000) + good)
        },
        HostileDocument(
            "end tags of the root inside an item", .feed(entries: 2, good: 1, isComplete: true),
            problems: ["unclosed-element"]
        ) {
            "<rss><channel>\(good)<item><title>x</title></rss>\(good)"
        },
        HostileDocument(
            "fifty thousand namespaces", .feed(entries: 1, good: 1, isComplete: false),
            problems: ["unclosed-element"]
        ) {
            let open = repeated("<x\((0..<250).map { " xmlns:p\($0)='u'" }.joined())>", 200)
            return rss(good + open + (0..<50_000).map { "<q\($0):a/>" }.joined())
        },
        HostileDocument("prefixes that change their meaning", .feed(entries: 2, good: 2, isComplete: true)) {
            "<a:rss xmlns:a=''><a:channel><b:item xmlns:b='http://purl.org/rss/1.0/'><b:title>good</b:title>"
                + "<a:title xmlns:a='urn:x'>bad</a:title></b:item><item xmlns=''><title>good</title>"
                + "<title xmlns='urn:y:z'/></item></a:channel></a:rss>"
        },
        HostileDocument("Atom, RSS and RDF in one", .feed(entries: 3, good: 3, isComplete: true)) {
            "<rss version='2.0' xmlns:a='http://www.w3.org/2005/Atom' xmlns:r='http://purl.org/rss/1.0/'>"
                + "<channel>\(good)<a:entry><a:title>good</a:title></a:entry><r:item><r:title>good</r:title>"
                + "</r:item></channel></rss>"
        },
        HostileDocument(
            "a tag of five megabytes", .feed(entries: 1, good: 1, isComplete: false), problems: ["tag-limit"]
        ) {
            rss("\(good)<item \(repeated("x", 5 << 20))><title>lost</title></item>")
        },
        HostileDocument(
            "an address of five megabytes", .feed(entries: 2, good: 1, isComplete: false),
            problems: ["tag-limit"]
        ) {
            rss("<item><link href=\"\(repeated("x", 5 << 20))\"/><title>x</title></item>\(good)")
        },
        HostileDocument("hundred bases in each other", .feed(entries: 1, good: 1, isComplete: true)) {
            let base = repeated("b", 100) + "/"
            return "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://e.org/'>"
                + repeated("<x xml:base='\(base)'>", 100) + repeated("</x>", 100)
                + "<entry><title>good</title><link href='a'/></entry></feed>"
        },
    ]

    private static func attributes(_ count: Int) -> String {
        (0..<count).map { " a\($0)='x'" }.joined()
    }
}
