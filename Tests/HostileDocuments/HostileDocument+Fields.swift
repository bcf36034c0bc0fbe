extension HostileDocument {
    /// Fields and documents that are large as a whole. The network's body ends before they do.
    static let fields: [HostileDocument] = [
        HostileDocument(
            "a description of 20 MB", .feed(entries: 1, good: 1, isComplete: false),
            ownFile: .feed(entries: 3, good: 2, isComplete: false)
        ) { rss("\(good)<item><description>\(repeated("é", megabytes / 2))</description></item>\(good)") },
        HostileDocument(
            "a CDATA section of 20 MB", .feed(entries: 1, good: 1, isComplete: false),
            ownFile: .feed(entries: 3, good: 2, isComplete: false)
        ) { rss("\(good)<item><title><![CDATA[\(repeated("x", megabytes))]]></title></item>\(good)") },
        HostileDocument(
            "20 MB of references", .feed(entries: 1, good: 1, isComplete: false),
            ownFile: .feed(entries: 3, good: 2, isComplete: false)
        ) { rss("\(good)<item><title>\(repeated("&#x41;", megabytes / 6))</title></item>\(good)") },
        HostileDocument(
            "20 MB of elements in a description", .feed(entries: 1, good: 1, isComplete: false),
            ownFile: .feed(entries: 3, good: 2, isComplete: false)
        ) { rss("\(good)<item><description>\(repeated("<b/>", megabytes / 4))</description></item>\(good)") },
        HostileDocument(
            "a comment of 20 MB", .feed(entries: 1, good: 1, isComplete: false),
            ownFile: .feed(entries: 2, good: 2, isComplete: true)
        ) { rss("\(good)<!--\(repeated("-", megabytes))-->\(good)") },
        HostileDocument(
            "20 MB of white space before the root", .refused,
            ownFile: .feed(entries: 1, good: 1, isComplete: true)
        ) { repeated(" ", megabytes) + "<rss><channel>\(good)</channel></rss>" },
        HostileDocument("a field just within its limit", .feed(entries: 1, good: 0, isComplete: true)) {
            rss("<item><description>\(repeated("x", 1 << 20))</description></item>")
        },
        HostileDocument(
            "a field just beyond its limit", .feed(entries: 2, good: 1, isComplete: false),
            problems: ["field-limit"]
        ) { rss("<item><description>\(repeated("x", 1 + 1 << 20))</description></item>\(good)") },
        HostileDocument(
            "10,001 entries", .feed(entries: 10_000, good: 10_000, isComplete: false),
            ownFile: .feed(entries: 10_001, good: 10_001, isComplete: true)
        ) { rss(repeated(good, 10_001)) },
        HostileDocument(
            "links under a long base", .feed(entries: 20, good: 0, isComplete: true)
        ) {
            let base = "http://e.org/\(repeated("b", 1_900))/"
            let links = repeated("&lt;a href='a'&gt;", 10_000)
            return "<feed xmlns='http://www.w3.org/2005/Atom'>"
                + repeated(
                    "<entry xml:base='\(base)'><summary type='html'>\(links)</summary></entry>", 20)
                + "</feed>"
        },
    ]

    private static let megabytes = 20 << 20
}
