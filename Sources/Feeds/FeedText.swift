import Markup

/// A text field of a feed, with what the feed said about its form.
public struct FeedText: Sendable, Hashable, Codable {
    /// How `value` is to be read.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// Characters without markup (Atom `type="text"`, JSON Feed text).
        case text
        /// HTML, unescaped. All text of RSS is taken as HTML, since feeds do not say and most use it.
        case html
        /// The markup inside the outer `div` of an Atom XHTML construct, as HTML.
        case xhtml
    }

    /// The field after decoding, not sanitised.
    public var value: String
    /// How `value` is to be read.
    public var kind: Kind

    /// A text of the given kind.
    public init(value: String, kind: Kind) {
        self.value = value
        self.kind = kind
    }

    /// The text as a reader sees it: no tags, references decoded, whitespace folded.
    public var plainText: String {
        kind == .text ? HTMLText.foldWhitespace(value) : HTMLText.plainText(value)
    }
}
