import Markup

/// A feed that a page names in its markup.
package struct FeedLink: Sendable, Hashable {
    /// Absolute where the page's own address is known.
    package var url: String
    /// What the page calls it.
    package var title: String?
    /// As the page gives it, in lower case.
    package var mediaType: String

    /// A link of the given parts.
    package init(url: String, title: String? = nil, mediaType: String) {
        self.url = url
        self.title = title
        self.mediaType = mediaType
    }

    /// Bytes of a page that are looked through. 1 MiB: heads of real pages end long before.
    package static let maxPageBytes = 1 << 20
    /// Links kept.
    package static let maxLinks = 100

    /// Types of feeds: https://www.rssboard.org/rss-autodiscovery, RFC 4287 section 7, JSON Feed 1.1.
    private static let mediaTypes: Set<String> = [
        "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
    ]
    /// Feeds have it by JSON Feed 1.0, and so has much that is none: WordPress names its API so on every page. It
    /// counts only where the page names nothing better.
    private static let doubtfulType = "application/json"

    /// The feeds of an HTML page in its order, no address twice: `link` elements whose `rel` has the word
    /// `alternate` and whose `type` is that of a feed. `baseURL` is the page's address; its `base` is honoured.
    package static func links(
        in page: [UInt8], contentType: String? = nil, baseURL: String? = nil
    ) -> [FeedLink] {
        let charset = contentType.flatMap { ContentType($0)?.charset }
        var tokenizer = MarkupTokenizer(syntax: .html)
        tokenizer.append(DocumentDecoder.decode(Array(page.prefix(maxPageBytes)), charset: charset))
        tokenizer.end()
        var base: String?
        var found: [FeedLink] = []
        while tokenizer.advance(), found.count < maxLinks {
            guard tokenizer.token.kind == .startTag else { continue }
            switch String(decoding: tokenizer.bytes[tokenizer.token.range].map(\.asciiLowered), as: UTF8.self)
            {
            case "base": base = base ?? attributes(of: tokenizer)["href"]
            case "link": if let link = link(attributes(of: tokenizer)) { found.append(link) }
            default: continue
            }
        }
        let certain = found.filter { $0.mediaType != doubtfulType }
        let pageBase = base.map { URLReference.resolve($0, against: baseURL) } ?? baseURL
        var seen: Set<String> = []
        return (certain.isEmpty ? found : certain).compactMap { link in
            var link = link
            link.url = URLReference.resolve(link.url, against: pageBase)
            return seen.insert(link.url).inserted ? link : nil
        }
    }

    private static func link(_ attributes: [String: String]) -> FeedLink? {
        let words = (attributes["rel"] ?? "").lowercased().split(whereSeparator: \.isWhitespace)
        guard words.contains("alternate"), let href = attributes["href"],
            let type = attributes["type"].flatMap({ ContentType($0)?.mediaType }),
            mediaTypes.contains(type) || type == doubtfulType
        else { return nil }
        return FeedLink(url: href, title: attributes["title"], mediaType: type)
    }

    /// Values by lower-case name; the first of a name counts (HTML standard, 13.2.5.33), empty ones do not.
    private static func attributes(of tokenizer: MarkupTokenizer) -> [String: String] {
        var noEntities = EntityTable()
        var values: [String: String] = [:]
        for attribute in tokenizer.attributes {
            let name = String(decoding: tokenizer.bytes[attribute.name].map(\.asciiLowered), as: UTF8.self)
            var value: [UInt8] = []
            // Strict about semicolons, so that `?a=1&copy=2` stays an address.
            CharacterReferences.decode(
                tokenizer.bytes, in: attribute.value, context: .xml, entities: &noEntities, into: &value)
            let text = HTMLText.foldWhitespace(UTF8Writer.string(value[...]).text)
            if values[name] == nil, !text.isEmpty { values[name] = text }
        }
        return values
    }
}
