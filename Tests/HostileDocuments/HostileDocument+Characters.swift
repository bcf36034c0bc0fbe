extension HostileDocument {
    /// Bytes and numbers that are no characters.
    static let characters: [HostileDocument] = [
        HostileDocument("NULs in a title", .feed(entries: 1, good: 1, isComplete: true)) {
            rss("<item><title>\(repeated("\0", 100_000))go\0od</title></item>")
        },
        HostileDocument("a NUL in the name of a tag", .feed(entries: 1, good: 1, isComplete: true)) {
            rss("\(good)<it\0em><title>x</title></it\0em>")
        },
        HostileDocument("nothing but NULs", .refused) { [UInt8](repeating: 0, count: 1 << 20) },
        HostileDocument("every control character", .feed(entries: 1, good: 1, isComplete: true)) {
            let controls =
                (0x00...0x1F).map { UInt8($0) }.filter { ![0x09, 0x0A, 0x0D].contains($0) } + [0x7F]
            return title([0x67] + controls.dropLast() + Array("ood".utf8))
        },
        HostileDocument("overlong UTF-8 of less-than", .feed(entries: 2, good: 1, isComplete: true)) {
            title([0xC0, 0xBC] + Array("/title>".utf8) + [0xE0, 0x80, 0xBC, 0xF0, 0x80, 0x80, 0xBC], good)
        },
        HostileDocument("surrogates in UTF-8", .feed(entries: 2, good: 1, isComplete: true)) {
            title([0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80, 0xED, 0xBF], good)
        },
        HostileDocument("characters beyond Unicode", .feed(entries: 2, good: 1, isComplete: true)) {
            title([0xF4, 0x90, 0x80, 0x80, 0xF8, 0x88, 0x80, 0x80, 0x80, 0xFE, 0xFF], good)
        },
        HostileDocument(
            "a megabyte of bytes that only continue", .feed(entries: 2, good: 1, isComplete: false)
        ) { title([UInt8](repeating: 0xBF, count: 1 << 20 + 1), good) },
        HostileDocument("a character cut at a tag", .feed(entries: 2, good: 1, isComplete: true)) {
            title([0xF0, 0x9F, 0x98], good)
        },
        HostileDocument("references to surrogates and beyond", .feed(entries: 2, good: 1, isComplete: true)) {
            rss(
                "<item><title>&#xD800;&#xDFFF;&#0;&#x110000;&#xFFFE;&#4294967361;&#-1;&#x;&#;&#xG;</title>"
                    + "</item>\(good)")
        },
        HostileDocument("a reference of a million digits", .feed(entries: 2, good: 1, isComplete: true)) {
            rss("<item><title>&#\(repeated("9", 1_000_000));</title></item>\(good)")
        },
        HostileDocument("a name of a million letters", .feed(entries: 2, good: 1, isComplete: true)) {
            rss("<item><title>&\(repeated("a", 1_000_000));</title></item>\(good)")
        },
        HostileDocument("marks that turn text around", .feed(entries: 2, good: 1, isComplete: true)) {
            rss("<item><title>\u{202E}\u{2066}\u{FEFF}\u{FFFE}x</title></item>\(good)")
        },
        HostileDocument("a megabyte of one accent", .feed(entries: 2, good: 1, isComplete: true)) {
            rss("<item><title>a\(repeated("\u{301}", 500_000))</title></item>\(good)")
        },
    ]

    static func title(_ bytes: [UInt8], _ rest: String = "") -> [UInt8] {
        Array("<rss version='2.0'><channel><item><title>".utf8) + bytes
            + Array("</title></item>\(rest)</channel></rss>".utf8)
    }
}
