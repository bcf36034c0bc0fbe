import Markup

/// What a list of feeds says, and where in its bytes each part of it stands. The one reader of lists.
struct OPMLReading: Sendable, Equatable {
    /// Levels of outlines that are read.
    static let maxDepth = 256

    /// An element's place.
    struct Place: Sendable, Equatable {
        /// From `<` to behind `>`.
        var startTag: Range<Int>
        /// Between the tags; nil for `<name/>` and for an element that was never closed.
        var content: Range<Int>?
        /// From the start tag to behind the end tag.
        var whole: Range<Int>
    }

    /// One outline, a feed or a group.
    struct Element: Sendable, Equatable {
        var outline: OPML.Outline
        var place: Place
        /// Index of the outline around it.
        var parent: Int?
        /// Its `xmlUrl` with the white space before it; more than one when it is there in several spellings.
        var addresses: [Range<Int>]

        var isFeed: Bool { !outline.xmlURL.isEmpty }
    }

    var title: String?
    /// Every outline in document order.
    var elements: [Element] = []
    /// The first `body`.
    var body: Place?
    /// Namespaces that the root and the body declare, by prefix; the default one has the prefix "".
    var namespaces: [String: String] = [:]
    /// Whether the document declares entities of its own.
    var declaresEntities = false

    /// Reads `bytes` from `offset` on, which are in an encoding that leaves markup alone. Throws, with the
    /// position, when the document is not OPML, is cut, or nests deeper than 256 levels.
    init(_ bytes: [UInt8], from offset: Int = 0, encoding: TextEncoding = .utf8) throws(OPMLError) {
        var reader = OPMLReader(bytes, from: offset, encoding: encoding)
        try reader.read(into: &self)
    }
}

/// Goes through a list once.
private struct OPMLReader {
    private var tokenizer = MarkupTokenizer(syntax: .xml)
    /// Turns a value's bytes into UTF-8.
    private let decoder: TextDecoder
    /// Where the text starts in the document: what a byte order mark takes.
    private let offset: Int
    /// Indices of the outlines that are open, outermost first.
    private var open: [Int] = []
    private var isInBody = false
    private var titleText: [UInt8]?

    init(_ bytes: [UInt8], from offset: Int, encoding: TextEncoding) {
        self.offset = offset
        decoder = TextDecoder(encoding: encoding)
        tokenizer.append(offset == 0 ? bytes : Array(bytes[offset...]))
        tokenizer.end()
    }

    mutating func read(into reading: inout OPMLReading) throws(OPMLError) {
        guard let root = tokenizer.next(where: { $0.kind == .startTag }) else {
            throw fault(tokenizer.bytes.count, "not OPML: no <opml> element")
        }
        guard lowered(root.range) == "opml" else {
            throw fault(root.outer.lowerBound, "not OPML: the root element is <\(lowered(root.range))>")
        }
        readNamespaces(into: &reading)
        reading.declaresEntities = !tokenizer.entities.isEmpty
        while let token = tokenizer.next() {
            let isTag = token.kind == .startTag || token.kind == .endTag
            let name = isTag ? lowered(token.range) : ""
            switch token.kind {
            case .startTag where name == "outline": try begin(token, &reading)
            case .startTag where name == "body" && reading.body == nil:
                readNamespaces(into: &reading)
                reading.body = place(token)
                isInBody = !token.isSelfClosing
            case .startTag where name == "title" && open.isEmpty && reading.title == nil: titleText = []
            case .endTag where name == "outline":
                if let index = open.popLast() { reading.elements[index].place.close(shifted(token.outer)) }
            case .endTag where name == "body":
                if isInBody { reading.body?.close(shifted(token.outer)) }
                isInBody = false
            case .endTag where name == "title":
                if let text = titleText { reading.title = string(text[...]) }
                titleText = nil
            case .endTag where name == "opml": return
            case .text where titleText != nil: titleText = (titleText ?? []) + decoded(token.range)
            case .cdata where titleText != nil:
                titleText = (titleText ?? []) + utf8(tokenizer.bytes[token.range])
            default: continue
            }
        }
        throw fault(tokenizer.bytes.count, "the list ends before </opml>")
    }

    private mutating func begin(_ token: MarkupToken, _ reading: inout OPMLReading) throws(OPMLError) {
        guard open.count < OPMLReading.maxDepth else {
            throw fault(
                token.outer.lowerBound, "outlines nest deeper than \(OPMLReading.maxDepth) levels")
        }
        let (line, column) = tokenizer.position(of: token.outer.lowerBound)
        let groups = open.map { reading.elements[$0].outline.title ?? "" }
        var outline = OPML.Outline(xmlURL: "", groups: groups, line: line, column: column)
        var addresses: [Range<Int>] = []
        var text: String?
        var end = token.range.upperBound
        for attribute in tokenizer.attributes {
            let value = string(decoded(attribute.value)[...])
            let name = lowered(attribute.name)
            if name == "xmlurl" { addresses.append(shifted(end..<(attribute.value.upperBound + 1))) }
            end = attribute.value.upperBound + 1
            guard !value.isEmpty else { continue }
            switch name {
            case "xmlurl": outline.xmlURL = value
            case "htmlurl": outline.htmlURL = value
            case "language": outline.language = value
            case "title": outline.title = value
            case "text": text = value
            default: break
            }
        }
        outline.title = outline.title ?? text
        reading.elements.append(
            .init(outline: outline, place: place(token), parent: open.last, addresses: addresses))
        if !token.isSelfClosing { open.append(reading.elements.count - 1) }
    }

    private mutating func readNamespaces(into reading: inout OPMLReading) {
        for attribute in tokenizer.attributes {
            let name = String(decoding: tokenizer.bytes[attribute.name], as: UTF8.self)
            guard let prefix = OPMLReading.declaredPrefix(name) else { continue }
            reading.namespaces[prefix] = string(decoded(attribute.value)[...])
        }
    }

    // MARK: Text and places

    private func place(_ token: MarkupToken) -> OPMLReading.Place {
        let tag = shifted(token.outer)
        return OPMLReading.Place(startTag: tag, content: nil, whole: tag)
    }

    private func shifted(_ range: Range<Int>) -> Range<Int> {
        (range.lowerBound + offset)..<(range.upperBound + offset)
    }

    /// Characters with their references, as UTF-8 without them.
    private mutating func decoded(_ range: Range<Int>) -> [UInt8] {
        var value: [UInt8] = []
        let bytes = utf8(tokenizer.bytes[range])
        CharacterReferences.decode(
            bytes, in: 0..<bytes.count, context: .xml, entities: &tokenizer.entities, into: &value)
        return value
    }

    private func utf8(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var decoder = decoder
        return decoder.decode(Array(bytes)) + decoder.finish()
    }

    private func string(_ bytes: ArraySlice<UInt8>) -> String {
        HTMLText.foldWhitespace(UTF8Writer.string(bytes).text)
    }

    private func lowered(_ range: Range<Int>) -> String {
        String(decoding: tokenizer.bytes[range].map(\.asciiLowered), as: UTF8.self)
    }

    private mutating func fault(_ index: Int, _ message: String) -> OPMLError {
        let (line, column) = tokenizer.position(of: index)
        return OPMLError(line: line, column: column, message: message)
    }
}

extension OPMLReading {
    /// The prefix that an attribute of this name binds; "" for the default namespace, nil for any other attribute.
    static func declaredPrefix(_ attribute: String) -> String? {
        attribute == "xmlns" ? "" : attribute.hasPrefix("xmlns:") ? String(attribute.dropFirst(6)) : nil
    }
}

extension OPMLReading.Place {
    /// The end tag has come.
    fileprivate mutating func close(_ endTag: Range<Int>) {
        content = startTag.upperBound..<endTag.lowerBound
        whole = startTag.lowerBound..<endTag.upperBound
    }
}

extension MarkupTokenizer {
    /// The next token of a kind; those before it are passed over.
    fileprivate mutating func next(where isWanted: (MarkupToken) -> Bool) -> MarkupToken? {
        while let token = next() {
            if isWanted(token) { return token }
        }
        return nil
    }
}
