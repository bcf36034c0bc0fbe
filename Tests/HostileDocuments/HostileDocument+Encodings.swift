extension HostileDocument {
    /// Documents that lie about how they are written.
    static let encodings: [HostileDocument] = [
        HostileDocument("UTF-16 that says UTF-8", .feed(entries: 1, good: 1, isComplete: true)) {
            utf16("<?xml version='1.0' encoding='utf-8'?>" + feed)
        },
        HostileDocument("UTF-16 with a mark that says UTF-8", .feed(entries: 1, good: 1, isComplete: true)) {
            [0xFF, 0xFE] + utf16("<?xml version='1.0' encoding='utf-8'?>" + feed)
        },
        HostileDocument(
            "UTF-8 that says UTF-16", .feed(entries: 1, good: 1, isComplete: true),
            problems: ["unknown-encoding"]
        ) { declared("utf-16", feed) },
        HostileDocument(
            "an encoding that nobody knows", .feed(entries: 1, good: 1, isComplete: true),
            problems: ["unknown-encoding"]
        ) { declared("x-no-such", feed) },
        HostileDocument(
            "an encoding with an option for iconv", .feed(entries: 1, good: 1, isComplete: true),
            problems: ["unknown-encoding"]
        ) { declared("ascii//IGNORE//TRANSLIT", feed) },
        HostileDocument(
            "an encoding with the name of a file", .feed(entries: 1, good: 1, isComplete: true),
            problems: ["unknown-encoding"]
        ) { declared("../../../etc/passwd", feed) },
        HostileDocument(
            "an encoding of a hundred thousand letters", .feed(entries: 1, good: 1, isComplete: true)
        ) { declared(repeated("a", 100_000), feed) },
        HostileDocument("two encodings", .feed(entries: 1, good: 1, isComplete: true)) {
            "<?xml version='1.0' encoding='utf-8' encoding='koi8-r'?>" + feed
        },
        HostileDocument("windows-1252 that says UTF-8", .feed(entries: 2, good: 1, isComplete: true)) {
            Array("<?xml version='1.0' encoding='utf-8'?>".utf8)
                + title([0x93, 0x63, 0x61, 0x66, 0xE9, 0x94], good)
        },
        HostileDocument(
            "windows-1251 that says nothing", .feed(entries: 2, good: 1, isComplete: true),
            problems: ["guessed-encoding"]
        ) { title([0xCD, 0xEE, 0xE2, 0xEE, 0xF1, 0xF2, 0xE8], good) },
        HostileDocument(
            "Shift_JIS that says nothing and ends in half a character",
            .feed(entries: 1, good: 1, isComplete: false), problems: ["guessed-encoding"]
        ) {
            Array("<rss><channel>\(good)<item><title>".utf8)
                + [0x8D, 0x60, 0x82, 0xCC, 0x83, 0x6A, 0x83, 0x85, 0x81, 0x5B, 0x83]
        },
        HostileDocument(
            "20 MB of every byte in turn", .feed(entries: 1, good: 1, isComplete: false),
            ownFile: .feed(entries: 2, good: 2, isComplete: true), problems: ["guessed-encoding"]
        ) {
            let every = (UInt8(0x80)...0xFF).map { $0 }
            let bytes = [[UInt8]](repeating: every, count: (20 << 20) / every.count).flatMap(\.self)
            return Array("<rss><channel>\(good)<!--".utf8) + bytes + Array("-->\(good)</channel></rss>".utf8)
        },
        HostileDocument(
            "two megabytes that are no character", .feed(entries: 2, good: 2, isComplete: true)
        ) {
            declared("iso-2022-kr", "<rss><channel>\(good)<!--") + [UInt8](repeating: 0xFF, count: 2 << 20)
                + Array("-->\(good)</channel></rss>".utf8)
        },
        HostileDocument("UTF-16 of odd length", .feed(entries: 1, good: 1, isComplete: false)) {
            utf16("<?xml version='1.0'?>" + feed).dropLast(3)
        },
        HostileDocument("UTF-16 with half pairs", .feed(entries: 2, good: 1, isComplete: true)) {
            utf16("<rss><channel><item><title>") + [0, 0xD8, 0, 0xD8, 0, 0xDC, 0, 0xDC]
                + utf16("</title></item>\(good)</channel></rss>")
        },
        HostileDocument("UTF-32", .feed(entries: 1, good: 1, isComplete: true)) {
            feed.unicodeScalars.flatMap { [UInt8($0.value & 0xFF), 0, 0, 0] }
        },
        HostileDocument("tags in UTF-7", .feed(entries: 2, good: 2, isComplete: true)) {
            declared(
                "utf-7", "<rss><channel>\(good)+ADw-item+AD4-<title>good</title></item></channel></rss>")
        },
        HostileDocument(
            "an escape of ISO-2022-JP that never ends", .feed(entries: 1, good: 1, isComplete: false)
        ) {
            declared("iso-2022-jp", "<rss><channel>\(good)<item><title>\u{1B}$B") + [0x46, 0x7C, 0x4B]
                + Array("</title></item></channel></rss>".utf8)
        },
        HostileDocument("GB18030 cut in a character", .feed(entries: 1, good: 1, isComplete: false)) {
            declared("gb18030", "<rss><channel>\(good)<item><title>") + [0x81, 0x30, 0x81]
        },
        HostileDocument("Shift_JIS that swallows a tag", .feed(entries: 2, good: 1, isComplete: true)) {
            declared("shift_jis", "<rss><channel><item><title>") + [0x83]
                + Array("</title></item>\(good)</channel></rss>".utf8)
        },
    ]

    private static let feed = "<rss><channel>\(good)</channel></rss>"

    private static func declared(_ label: String, _ text: String) -> [UInt8] {
        Array("<?xml version='1.0' encoding='\(label)'?>\(text)".utf8)
    }

    private static func utf16(_ text: String) -> [UInt8] {
        text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }
}
