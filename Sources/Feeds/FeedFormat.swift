/// The formats a document can be in.
public enum FeedFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// RSS 0.90 (Netscape, RDF).
    case rss090 = "rss-0.90"
    /// RSS 0.91.
    case rss091 = "rss-0.91"
    /// RSS 0.92.
    case rss092 = "rss-0.92"
    /// RSS 0.93.
    case rss093 = "rss-0.93"
    /// RSS 0.94.
    case rss094 = "rss-0.94"
    /// RSS 1.0 (RDF).
    case rss10 = "rss-1.0"
    /// RSS 2.0, and an `rss` element with an unknown version.
    case rss20 = "rss-2.0"
    /// Atom 0.3.
    case atom03 = "atom-0.3"
    /// Atom 1.0 (RFC 4287).
    case atom10 = "atom-1.0"
    /// JSON Feed 1.
    case json1 = "json-1"
    /// JSON Feed 1.1.
    case json11 = "json-1.1"
    /// Microsoft's Channel Definition Format.
    case cdf = "cdf"
}
