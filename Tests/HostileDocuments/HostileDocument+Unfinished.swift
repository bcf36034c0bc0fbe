extension HostileDocument {
    /// Markup that begins and does not end, in numbers.
    static let unfinished: [HostileDocument] = [
        HostileDocument(
            "a comment that never ends", .feed(entries: 1, good: 1, isComplete: false),
            problems: ["truncated-markup", "truncated"]
        ) { rss("\(good)<!-- \(good)") },
        HostileDocument("hundred thousand comments that open", .feed(entries: 1, good: 1, isComplete: false))
        { rss(good + repeated("<!--", 100_000)) },
        HostileDocument(
            "a CDATA section that never ends", .feed(entries: 1, good: 1, isComplete: false),
            problems: ["truncated"]
        ) { rss("\(good)<item><title><![CDATA[x</title></item>\(good)") },
        HostileDocument(
            "hundred thousand CDATA sections that open", .feed(entries: 1, good: 1, isComplete: false)
        ) { rss("\(good)<item><title>\(repeated("<![CDATA[", 100_000))") },
        HostileDocument("half a million brackets in CDATA", .feed(entries: 2, good: 1, isComplete: true)) {
            rss("<item><title><![CDATA[\(repeated("]", 500_000))]]></title></item>\(good)")
        },
        HostileDocument(
            "an instruction that never ends", .feed(entries: 2, good: 2, isComplete: true)
        ) { rss("\(good)<?php echo 1 \(good)\(good)") },
        HostileDocument("hundred thousand instructions", .feed(entries: 2, good: 2, isComplete: true)) {
            rss(good + repeated("<?x y?>", 100_000) + good)
        },
        HostileDocument(
            "a million less-thans", .feed(entries: 2, good: 1, isComplete: true),
            problems: ["stray-less-than"]
        ) { rss("<item><title>\(repeated("<", 1 << 20))</title></item>\(good)") },
        HostileDocument("a million ampersands", .feed(entries: 2, good: 1, isComplete: true)) {
            rss("<item><title>\(repeated("&", 1 << 20))</title></item>\(good)")
        },
        HostileDocument("references that never end", .feed(entries: 2, good: 1, isComplete: true)) {
            rss("<item><title>\(repeated("&amp", 100_000))</title></item>\(good)")
        },
        HostileDocument(
            "hundred thousand quotes that open", .feed(entries: 1, good: 1, isComplete: true),
            problems: ["stray-less-than"]
        ) { rss(good + repeated("<a b=\"", 100_000)) },
        HostileDocument(
            "a quote that never closes", .feed(entries: 2, good: 2, isComplete: true),
            problems: ["unclosed-quote"]
        ) { rss("\(good)<item a=\"><title>good</title></item>") },
        HostileDocument(
            "tags that never close", .feed(entries: 1, good: 1, isComplete: true),
            problems: ["stray-less-than"]
        ) {
            rss(good + repeated("<a ", 500_000))
        },
        HostileDocument("ends of CDATA without a start", .feed(entries: 2, good: 1, isComplete: true)) {
            rss("<item><title>\(repeated("]]>", 100_000))</title></item>\(good)")
        },
    ]
}
