extension HostileDocument {
    /// Numbers, dates and addresses that break arithmetic.
    static let values: [HostileDocument] = [
        HostileDocument(
            "dates beyond all years", .feed(entries: 2, good: 1, isComplete: true),
            problems: ["unreadable-date"]
        ) {
            rss(
                "<item><pubDate>99999999999999999999 Jan 99999999999 99:99:99 +99999999</pubDate></item>\(good)"
            )
        },
        HostileDocument(
            "a date of a megabyte", .feed(entries: 2, good: 1, isComplete: true),
            problems: ["unreadable-date"]
        ) { rss("<item><pubDate>\(repeated("1 ", 500_000))</pubDate></item>\(good)") },
        HostileDocument(
            "ten thousand dates that are none", .feed(entries: 10_000, good: 0, isComplete: true),
            problems: ["unreadable-date"]
        ) { rss(repeated("<item><pubDate>yesterday</pubDate></item>", 10_000)) },
        HostileDocument("giant numbers for polling", .feed(entries: 1, good: 1, isComplete: true)) {
            let nines = repeated("9", 10_000)
            return rss(
                good,
                channel:
                    "<ttl>\(nines)</ttl><skipHours><hour>-\(nines)</hour><hour>\(nines)</hour></skipHours>"
                    + "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>-9223372036854775808"
                    + "</sy:updateFrequency>")
        },
        HostileDocument("hundred thousand hours to skip", .feed(entries: 1, good: 1, isComplete: true)) {
            rss(good, channel: "<skipHours>\(repeated("<hour>1</hour>", 100_000))</skipHours>")
        },
        HostileDocument("addresses that climb", .feed(entries: 2, good: 1, isComplete: true)) {
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://e.org/a/'><entry><title>x</title>"
                + "<link href='\(repeated("../", 100_000))etc'/></entry><entry><title>good</title></entry></feed>"
        },
        HostileDocument("addresses of other schemes", .feed(entries: 2, good: 1, isComplete: true)) {
            rss("<item><link>file:///etc/passwd</link><guid>javascript:alert(1)</guid></item>\(good)")
        },
        HostileDocument("a megabyte that claims to be base64", .feed(entries: 2, good: 1, isComplete: true)) {
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='image/png'>"
                + repeated("=A=", 300_000) + "</content></entry><entry><title>good</title></entry></feed>"
        },
    ]
}
