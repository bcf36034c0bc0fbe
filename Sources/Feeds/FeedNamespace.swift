import Markup

/// The vocabularies that are read.
enum FeedNamespace: UInt8, Sendable {
    /// RSS of any version, and no namespace.
    case core
    case atom, rdf, dublinCore, terms, contentModule, itunes, media, xhtml, syndication, feedburner
    /// Any other; its elements are passed over.
    case unknown

    /// The vocabulary of an address, compared without case, `www.` and a final `/` or `#`, since feeds vary them.
    init(address: String) {
        var key = address.lowercased()[...]
        while key.last == "/" || key.last == "#" { key.removeLast() }
        self =
            Self.addresses[String(key)]
            ?? (Self.isRSS(key) && !key.hasPrefix("http://purl.org/rss/1.0/modules") ? .core : .unknown)
    }

    /// The vocabulary a prefix usually stands for, for documents that use it undeclared; in lower case.
    init(undeclared prefix: MarkupName) {
        self =
            switch prefix {
            case "atom", "atom03", "atom10": .atom
            case "rdf": .rdf
            case "dc": .dublinCore
            case "dcterms": .terms
            case "content": .contentModule
            case "itunes": .itunes
            case "media": .media
            case "xhtml": .xhtml
            case "sy": .syndication
            case "feedburner": .feedburner
            case "rss": .core
            default: .unknown
            }
    }

    private static func isRSS(_ key: Substring) -> Bool {
        key.isEmpty || rssAddresses.contains { key.hasPrefix($0) }
    }

    /// Addresses of RSS 0.90, 1.0, 1.1 and the several that 2.0 has been given.
    private static let rssAddresses = [
        "http://purl.org/rss/1.0", "http://purl.org/net/rss1.1", "http://my.netscape.com/rdf/simple/0.9",
        "http://channel.netscape.com/rdf/simple/0.9", "http://backend.userland.com/",
        "http://purl.org/rss/2.0",
        "http://blogs.law.harvard.edu/tech/rss", "http://cyber.law.harvard.edu/rss",
    ]

    private static let addresses: [String: FeedNamespace] = [
        "http://www.w3.org/2005/atom": .atom, "http://purl.org/atom/ns": .atom,
        "http://example.com/necho": .atom, "http://purl.org/echo": .atom, "uri/of/echo/namespace": .atom,
        "http://purl.org/pie": .atom,
        "http://www.w3.org/1999/02/22-rdf-syntax-ns": .rdf,
        "http://purl.org/dc/elements/1.1": .dublinCore, "http://purl.org/dc/elements/1.0": .dublinCore,
        "http://purl.org/dc/terms": .terms,
        "http://purl.org/rss/1.0/modules/content": .contentModule,
        "http://www.itunes.com/dtds/podcast-1.0.dtd": .itunes,
        "http://example.com/dtds/podcast-1.0.dtd": .itunes,
        "http://search.yahoo.com/mrss": .media, "https://search.yahoo.com/mrss": .media,
        "http://www.w3.org/1999/xhtml": .xhtml, "http://www.w3.org/tr/xhtml1": .xhtml,
        "http://purl.org/rss/1.0/modules/syndication": .syndication,
        "http://rssnamespace.org/feedburner/ext/1.0": .feedburner,
    ]
}
