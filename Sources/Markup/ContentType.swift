/// The value of an HTTP `Content-Type` header, read as tolerantly as browsers do.
public struct ContentType: Sendable, Hashable {
    /// Type and subtype in lower case, such as `application/rss+xml`.
    public var mediaType: String
    /// The `charset` parameter as given, without quotes.
    public var charset: String?

    /// Reads a header's value; nil when it has no type.
    public init?(_ header: String) {
        let parts = header.split(separator: ";", omittingEmptySubsequences: false)
        guard let type = parts.first.map(ContentType.trim), !type.isEmpty else { return nil }
        mediaType = type.lowercased()
        for part in parts.dropFirst() {
            guard let equals = part.firstIndex(of: "=") else { continue }
            guard ContentType.trim(part[..<equals]).lowercased() == "charset" else { continue }
            let value = ContentType.trim(part[part.index(after: equals)...])
                .trimmingPrefix(while: { $0 == "\"" || $0 == "'" })
                .prefix(while: { $0 != "\"" && $0 != "'" })
            if !value.isEmpty, charset == nil { charset = String(value) }
        }
    }

    private static func trim(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
