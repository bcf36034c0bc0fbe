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

    /// Levels of outlines that are read.
    private static let maxDepth = 256

    /// Reads a list in any encoding. Throws, with the position, when the document is not OPML, is cut, or nests
    /// deeper than 256 levels. Outlines without `xmlUrl` are groups.
    public static func parse(_ bytes: [UInt8]) throws(OPMLError) -> OPML {
        var tokenizer = MarkupTokenizer(syntax: .xml)
        tokenizer.append(TextDecoder.decode(bytes))
        tokenizer.end()
        var list = OPML(title: nil, outlines: [])
        var groups: [String] = []
        var isOpen = false
        var titleText: [UInt8]?
        while let token = tokenizer.next() {
            let name = lowered(tokenizer.bytes[token.range])
            switch token.kind {
            case .startTag where !isOpen:
                guard name == "opml" else {
                    throw fault(&tokenizer, token, "not OPML: the root element is <\(name)>")
                }
                isOpen = true
            case .startTag where name == "outline":
                guard groups.count < maxDepth else {
                    throw fault(&tokenizer, token, "outlines nest deeper than \(maxDepth) levels")
                }
                let outline = outline(&tokenizer, token, groups)
                if !outline.xmlURL.isEmpty { list.outlines.append(outline) }
                if !token.isSelfClosing { groups.append(outline.title ?? "") }
            case .startTag where name == "title" && groups.isEmpty && list.title == nil: titleText = []
            case .endTag where name == "outline": _ = groups.popLast()
            case .endTag where name == "title":
                if let text = titleText {
                    list.title = HTMLText.foldWhitespace(UTF8Writer.string(text[...]).text)
                }
                titleText = nil
            case .endTag where name == "opml": return list
            case .text:
                guard var text = titleText else { continue }
                CharacterReferences.decode(
                    tokenizer.bytes, in: token.range, context: .xml, entities: &tokenizer.entities,
                    into: &text)
                titleText = text
            case .cdata: titleText?.append(contentsOf: tokenizer.bytes[token.range])
            default: continue
            }
        }
        let end = tokenizer.position(of: tokenizer.offset(of: tokenizer.bytes.count))
        throw OPMLError(
            line: end.line, column: end.column,
            message: isOpen ? "the list ends before </opml>" : "not OPML: no <opml> element")
    }

    private static func outline(
        _ tokenizer: inout MarkupTokenizer, _ token: MarkupToken, _ groups: [String]
    ) -> Outline {
        let (line, column) = tokenizer.position(of: tokenizer.offset(of: token.outer.lowerBound))
        var outline = Outline(xmlURL: "", groups: groups, line: line, column: column)
        var text: String?
        for attribute in tokenizer.attributes {
            var value: [UInt8] = []
            CharacterReferences.decode(
                tokenizer.bytes, in: attribute.value, context: .xml, entities: &tokenizer.entities,
                into: &value)
            let string = HTMLText.foldWhitespace(UTF8Writer.string(value[...]).text)
            guard !string.isEmpty else { continue }
            switch lowered(tokenizer.bytes[attribute.name]) {
            case "xmlurl": outline.xmlURL = string
            case "htmlurl": outline.htmlURL = string
            case "language": outline.language = string
            case "title": outline.title = string
            case "text": text = string
            default: break
            }
        }
        outline.title = outline.title ?? text
        return outline
    }

    private static func lowered(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.map(\.asciiLowered), as: UTF8.self)
    }

    private static func fault(
        _ tokenizer: inout MarkupTokenizer, _ token: MarkupToken, _ message: String
    ) -> OPMLError {
        let (line, column) = tokenizer.position(of: tokenizer.offset(of: token.outer.lowerBound))
        return OPMLError(line: line, column: column, message: message)
    }
}
