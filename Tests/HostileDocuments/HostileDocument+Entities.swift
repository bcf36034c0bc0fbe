extension HostileDocument {
    /// Declarations that grow, loop or reach for files.
    static let entities: [HostileDocument] = [
        HostileDocument(
            "billion laughs before good items", .feed(entries: 3, good: 2, isComplete: false),
            problems: ["entity-limit"]
        ) {
            rss("<item><title>&n;</title></item>\(good)\(good)", doctype: doctype(laughs(by: 10)))
        },
        HostileDocument(
            "billion laughs in an attribute", .feed(entries: 2, good: 1, isComplete: false),
            problems: ["entity-limit"]
        ) {
            rss("<item><link href='&n;'/></item>\(good)", doctype: doctype(laughs(by: 10)))
        },
        HostileDocument(
            "a long entity used ten thousand times", .feed(entries: 11, good: 1, isComplete: false),
            problems: ["entity-limit"]
        ) {
            let item = "<item><description>\(repeated("&a;", 1_000))</description></item>"
            return rss(
                repeated(item, 10) + good, doctype: doctype("<!ENTITY a \"\(repeated("x", 10_000))\">"))
        },
        HostileDocument("an entity that means itself", .feed(entries: 2, good: 1, isComplete: true)) {
            rss("<item><title>&a;</title></item>\(good)", doctype: doctype("<!ENTITY a \"&a;&a;\">"))
        },
        HostileDocument("two entities that mean each other", .feed(entries: 2, good: 1, isComplete: true)) {
            rss(
                "<item><title>&a;&b;</title></item>\(good)",
                doctype: doctype("<!ENTITY a \"&b;&b;\"><!ENTITY b \"&a;&a;\">"))
        },
        HostileDocument("parameter entities that grow", .feed(entries: 1, good: 1, isComplete: true)) {
            rss(
                good,
                doctype: doctype(
                    "<!ENTITY % a \"<!ENTITY b 'x'>\"><!ENTITY % c \"\(repeated("%a;", 1_000))\">%c;%c;"))
        },
        HostileDocument("an external entity of a local file", .feed(entries: 2, good: 1, isComplete: true)) {
            rss(
                "<item><title>&a;</title></item>\(good)",
                doctype: doctype("<!ENTITY a SYSTEM \"file:///etc/passwd\">"))
        },
        HostileDocument("an external entity of a host", .feed(entries: 2, good: 1, isComplete: true)) {
            rss(
                "<item><title>&a;</title></item>\(good)",
                doctype: doctype("<!ENTITY a PUBLIC \"-//A//B\" \"http://127.0.0.1:1/secret\">"))
        },
        HostileDocument("an external parameter entity", .feed(entries: 1, good: 1, isComplete: true)) {
            rss(good, doctype: doctype("<!ENTITY % a SYSTEM \"file:///etc/passwd\">%a;"))
        },
        HostileDocument("a DTD of a host", .feed(entries: 1, good: 1, isComplete: true)) {
            rss(good, doctype: "<!DOCTYPE rss PUBLIC \"-//A//B\" \"http://127.0.0.1:1/rss.dtd\">")
        },
        HostileDocument("an inclusion of a local file", .feed(entries: 2, good: 1, isComplete: true)) {
            rss(
                "<item><description><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" "
                    + "href=\"file:///etc/passwd\" parse=\"text\"/></description></item>\(good)")
        },
        HostileDocument("an entity that holds items", .feed(entries: 2, good: 1, isComplete: true)) {
            rss(
                "<item><title>&a;</title></item>\(good)",
                doctype: doctype("<!ENTITY a \"</title></item>\(repeated(good, 5))\">"))
        },
        HostileDocument(
            "three thousand entities", .feed(entries: 1, good: 1, isComplete: false),
            problems: ["entity-limit"]
        ) {
            rss(good, doctype: doctype((0..<3_000).map { "<!ENTITY e\($0) \"\">" }.joined()))
        },
        HostileDocument("hundred thousand entities", .feed(entries: 1, good: 1, isComplete: true)) {
            rss(good, doctype: doctype((0..<100_000).map { "<!ENTITY e\($0) \"x\">" }.joined()))
        },
        HostileDocument("a DOCTYPE that never ends", .feed(entries: 1, good: 1, isComplete: true)) {
            rss(good, doctype: "<!DOCTYPE rss [<!ENTITY a \"never closed>")
        },
        HostileDocument("half a million DOCTYPEs", .feed(entries: 1, good: 1, isComplete: true)) {
            rss(good, doctype: repeated("<!a [>", 500_000))
        },
    ]

    private static func doctype(_ subset: String) -> String { "<!DOCTYPE rss [\(subset)]>" }

    /// Thirteen entities, each `times` the one before.
    private static func laughs(by times: Int) -> String {
        zip("abcdefghijklm", "bcdefghijklmn").reduce("<!ENTITY a \"ha\">") { text, names in
            text + "<!ENTITY \(names.1) \"\(repeated("&\(names.0);", times))\">"
        }
    }
}
