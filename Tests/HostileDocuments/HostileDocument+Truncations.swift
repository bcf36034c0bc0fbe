extension HostileDocument {
    /// A feed of three items, cut in every kind of place: whole items are kept, the half one is not.
    static let truncations: [HostileDocument] = [
        truncation("the declaration", before: "1.0'?>", entries: nil),
        truncation("the DOCTYPE", before: " 'w'>]>", entries: nil),
        truncation("the root's tag", before: "='2.0'", entries: nil),
        truncation("the channel's title", before: "le of", entries: 0),
        truncation("the tag of the first item", before: "tem><title>good</title><link", entries: 0),
        truncation("an attribute's value", before: "href'/>", entries: 0),
        truncation("a reference", before: "amp; b", entries: 0),
        truncation("the end tag of a field", before: "itle></item><item><title>go", entries: 0),
        truncation("the end tag of an item", before: "tem><item><title>go", entries: 0),
        truncation("the space between items", before: "<item><title>good</title><desc", entries: 1),
        truncation("a CDATA section", before: "data]]>", entries: 1),
        truncation("the end of a CDATA section", before: "]></description>", entries: 1),
        truncation("a comment", before: " --></channel>", entries: 3),
        truncation("the end tag of the root", before: "s>", entries: 3),
        HostileDocument("a feed cut in a character", .feed(entries: 1, good: 1, isComplete: false)) {
            Array("<rss><channel>\(good)<item><title>".utf8) + [0xE6, 0x96]
        },
    ]

    private static let feed =
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY v 'w'>]><rss version='2.0'><channel>"
        + "<title>Title of it</title><item><title>good</title><link href='href'/><description>a &amp; b"
        + "</description><title>t</title></item><item><title>good</title><description><![CDATA[some data]]>"
        + "</description></item><item><title>good</title></item><!-- end --></channel></rss>"

    /// `entries` is nil where the document ends before it is known to be a feed.
    private static func truncation(_ place: String, before rest: String, entries: Int?) -> HostileDocument {
        let outcome = entries.map { Outcome.feed(entries: $0, good: $0, isComplete: false) } ?? .refused
        return HostileDocument("a feed cut in \(place)", outcome) {
            guard let cut = feed.firstRange(of: rest) else { return "no such place: \(rest)" }
            return String(feed[..<cut.lowerBound])
        }
    }
}
