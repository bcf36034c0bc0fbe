/// One piece of markup. Ranges are into `MarkupTokenizer.bytes` and hold until the next `append`.
public struct MarkupToken: Sendable {
    /// What the piece is. Comments, instructions and the DOCTYPE are read but not handed out.
    public enum Kind: UInt8, Sendable {
        /// `<name …>`; `range` is the name, the attributes are in `MarkupTokenizer.attributes`.
        case startTag
        /// `</name>`; `range` is the name.
        case endTag
        /// Characters with their references still in them; one text may come in several tokens.
        case text
        /// Characters of a CDATA section, to be taken as they are; may come in several tokens.
        case cdata
    }

    /// What the piece is.
    public let kind: Kind
    /// The name of a tag, or the characters.
    public let range: Range<Int>
    /// The whole piece with its delimiters.
    public let outer: Range<Int>
    /// Whether a start tag ends in `/>`.
    public let isSelfClosing: Bool
}

/// One attribute of a start tag; ranges as in `MarkupToken`, the value without its quotes.
public struct MarkupAttribute: Sendable {
    /// The name as written.
    public let name: Range<Int>
    /// The value as written, references not decoded.
    public let value: Range<Int>
}

/// Something the tokenizer had to repair.
public struct MarkupFault: Sendable, Hashable {
    /// What was wrong.
    public enum Kind: String, Sendable, Hashable {
        /// A `<` that starts no tag, taken as a character.
        case strayLessThan = "stray-less-than"
        /// A quoted attribute value that never ends; the tag ends at its first `>`.
        case unclosedQuote = "unclosed-quote"
        /// More attributes than are read.
        case attributeLimit = "attribute-limit"
        /// A tag or DOCTYPE longer than is read.
        case tagLimit = "tag-limit"
        /// Entity declarations that were left out or cut.
        case entityLimit = "entity-limit"
        /// The document ends inside markup.
        case truncatedMarkup = "truncated-markup"
    }

    /// What was wrong.
    public let kind: Kind
    /// Where, in bytes from the start of the document.
    public let offset: Int

    /// Whether it means that part of the document was left out.
    public var isLimit: Bool { kind == .attributeLimit || kind == .tagLimit || kind == .entityLimit }
}
