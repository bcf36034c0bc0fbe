import Markup

/// A list of feeds.
package struct OPML: Sendable, Hashable {
    /// One feed of the list.
    package struct Outline: Sendable, Hashable {
        /// Name the list gives the feed.
        package var title: String?
        /// Address of the feed, as given.
        package var xmlURL: String
        /// Address of the site.
        package var htmlURL: String?
        /// Declared language.
        package var language: String?
        /// Names of the outlines around it, outermost first.
        package var groups: [String]
        /// Line of its tag, from 1.
        package var line: Int
        /// Column of its tag in bytes, from 1.
        package var column: Int
    }

    /// Title of the list.
    package var title: String?
    /// Every outline with a feed, nested ones flattened, in document order.
    package var outlines: [Outline]

    /// Reads a list in any encoding. Throws, with the position, when the document is not OPML, is cut, or nests
    /// deeper than 256 levels. Outlines without `xmlUrl` are groups.
    package static func parse(_ bytes: [UInt8]) throws(OPMLError) -> OPML {
        let reading = try OPMLReading(DocumentDecoder.decode(bytes))
        return OPML(title: reading.title, outlines: reading.elements.filter(\.isFeed).map(\.outline))
    }
}
