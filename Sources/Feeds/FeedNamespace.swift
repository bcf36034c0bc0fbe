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
        self = Self.addresses[String(key)] ?? (Self.isRSS(key) ? .core : .unknown)
    }

    /// The vocabulary a prefix usually stands for, for documents that use it undeclared.
    init(undeclared prefix: String) {
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
        key.isEmpty || key.contains("backend.userland.com") || key.contains("blogs.law.harvard.edu/tech/rss")
            || key.contains("purl.org/net/rss1.1")
            || key.contains("purl.org/rss/1.0")
                && !key.contains("modules")
            || key.contains("netscape.com/rdf/simple/0.9")
            || key.contains("/rss/2.0") && !key.contains("modules")
    }

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
