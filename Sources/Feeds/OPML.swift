import Markup

/// A list of feeds.
public struct OPML: Sendable, Hashable {
    /// One feed of the list.
    public struct Outline: Sendable, Hashable {
        /// Name the list gives the feed.
        public var title: String?
        /// Address of the feed, as given.
        public var xmlURL: String
        /// Address of the site.
        public var htmlURL: String?
        /// Declared language.
        public var language: String?
        /// Names of the outlines around it, outermost first.
        public var groups: [String]
        /// Line of its tag, from 1.
        public var line: Int
        /// Column of its tag in bytes, from 1.
        public var column: Int
    }

    /// Title of the list.
    public var title: String?
    /// Every outline with a feed, nested ones flattened, in document order.
    public var outlines: [Outline]

    /// Reads a list in any encoding. Throws, with the position, when the document is not OPML, is cut, or nests
    /// deeper than 256 levels. Outlines without `xmlUrl` are groups.
    public static func parse(_ bytes: [UInt8]) throws(OPMLError) -> OPML {
        let reading = try OPMLReading(TextDecoder.decode(bytes))
        return OPML(title: reading.title, outlines: reading.elements.filter(\.isFeed).map(\.outline))
    }
}
