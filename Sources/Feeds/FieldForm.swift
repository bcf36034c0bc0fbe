/// How the text of a field is written in the document, and what it is once read.
struct FieldForm: Sendable {
    enum Writing: Sendable {
        /// Characters, references decoded. Markup in it is kept as written.
        case decoded
        /// Markup as written.
        case raw
        /// Base64 of characters.
        case base64
    }

    var writing = Writing.decoded
    var kind = FeedText.Kind.text

    /// The form of an Atom text construct by its attributes, in lower case (RFC 4287, 3.1 and 4.1.3; Atom 0.3, 3.1).
    static func atom(type: String?, mode: String?, isAtom03: Bool) -> FieldForm {
        if mode == "base64" { return FieldForm(writing: .base64, kind: type == "text/plain" ? .text : .html) }
        switch type {
        case nil, "text", "text/plain", "": return FieldForm()
        case "html": return FieldForm(kind: .html)
        case "xhtml": return FieldForm(writing: .raw, kind: .xhtml)
        case "text/html":
            return mode == "xml" || (mode == nil && isAtom03)
                ? FieldForm(writing: .raw, kind: .xhtml) : FieldForm(kind: .html)
        case "application/xhtml+xml":
            return mode == "escaped" ? FieldForm(kind: .html) : FieldForm(writing: .raw, kind: .xhtml)
        case let other?: return media(other, mode: mode)
        }
    }

    /// The form of content of any media type.
    private static func media(_ type: String, mode: String?) -> FieldForm {
        if mode == "escaped" || type.hasPrefix("text/") { return FieldForm() }
        if type.hasSuffix("+xml") || type.hasSuffix("/xml") { return FieldForm(writing: .raw, kind: .xhtml) }
        let isBinary =
            type == "application/octet-stream" || type.hasPrefix("image/") || type.hasPrefix("audio/")
            || type.hasPrefix("video/")
        return FieldForm(writing: isBinary ? .base64 : .decoded)
    }
}
