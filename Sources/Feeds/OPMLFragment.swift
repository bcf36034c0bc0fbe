import Markup

/// What stands in the body of one list, made fit for another one: its encoding, its indentation, the namespaces and
/// entities that only the first one declares.
struct OPMLFragment {
    private let source: OPMLReading
    private let target: OPMLDocument
    /// Whether bytes mean in the target what they mean here.
    private let keepsBytes: Bool
    /// The indentation of the body's first line here, and that of the target's; nil to leave lines alone.
    private let indentation: (here: [UInt8], there: [UInt8])?

    private var tokenizer = MarkupTokenizer(syntax: .xml)
    private var output: [UInt8] = []
    /// How far the body was copied.
    private var copied: Int
    private let end: Int

    private var depth = 0
    /// Of the element of the body that is being copied: where it starts, and where in its tag an attribute may go.
    private var start = 0
    private var attributeIndex = 0
    private var usedPrefixes: Set<String> = []
    private var ownPrefixes: Set<String> = []

    /// The body's bytes, without white space at its ends, for `target`, where `separator` comes before them.
    ///
    /// Throws when a comment, a name or a CDATA section holds what the target's encoding might not: only text and
    /// values can be written as references.
    static func body(
        of source: OPMLDocument, for target: OPMLDocument, separator: [UInt8]
    ) throws(OPMLError) -> [UInt8] {
        guard var fragment = try OPMLFragment(source, target, separator) else { return [] }
        try fragment.copy()
        return fragment.output
    }

    private init?(
        _ source: OPMLDocument, _ target: OPMLDocument, _ separator: [UInt8]
    ) throws(OPMLError) {
        self.target = target
        keepsBytes =
            source.encoding == target.encoding
            && (source.encoding.isUTF8 || !source.reading.declaresEntities)
        let text =
            keepsBytes ? Array(source.bytes[source.markLength...]) : DocumentDecoder.decode(source.bytes)
        self.source = try OPMLReading(text, encoding: keepsBytes ? source.encoding : .utf8)
        guard let content = self.source.body?.content,
            let first = text[content].firstIndex(where: { !$0.isMarkupSpace }),
            let last = text[content].lastIndex(where: { !$0.isMarkupSpace })
        else { return nil }
        copied = first
        end = last + 1
        let isLine = separator.contains { $0 == 0x0A || $0 == 0x0D }
        indentation = OPMLLayout(text).indentation(at: first).flatMap { here in
            isLine ? (here, separator.filter { $0 == 0x20 || $0 == 0x09 }) : nil
        }
        tokenizer.append(text)
        tokenizer.end()
    }

    private mutating func copy() throws(OPMLError) {
        while let token = tokenizer.next(), token.outer.lowerBound < end {
            guard token.outer.upperBound > copied else { continue }
            // Comments and instructions are no tokens.
            try copyRaw(upTo: max(copied, token.outer.lowerBound))
            switch token.kind {
            case .startTag: try startTag(token)
            case .endTag:
                try copyRaw(upTo: token.outer.upperBound)
                depth -= 1
                if depth == 0 { declareNamespaces() }
            case .text: try text(token.range)
            case .cdata: try copyRaw(upTo: token.outer.upperBound)
            }
        }
        try copyRaw(upTo: end)
    }

    // MARK: Tags

    private mutating func startTag(_ token: MarkupToken) throws(OPMLError) {
        if depth == 0 {
            (usedPrefixes, ownPrefixes) = ([], [])
            start = output.count
        }
        use(prefixOf: token.range, isElement: true)
        for attribute in tokenizer.attributes {
            let name = String(decoding: tokenizer.bytes[attribute.name], as: UTF8.self)
            if let prefix = OPMLReading.declaredPrefix(name) {
                if depth == 0 { ownPrefixes.insert(prefix) }
            } else {
                use(prefixOf: attribute.name, isElement: false)
            }
            try copyRaw(upTo: attribute.value.lowerBound)
            copyValue(attribute.value)
        }
        // Behind the last attribute and its quote, or behind the name.
        let last = tokenizer.attributes.last.map { $0.value.upperBound + 1 } ?? token.range.upperBound
        try copyRaw(upTo: last)
        if depth == 0 { attributeIndex = output.count }
        try copyRaw(upTo: token.outer.upperBound)
        if !token.isSelfClosing { depth += 1 } else if depth == 0 { declareNamespaces() }
    }

    private mutating func use(prefixOf name: Range<Int>, isElement: Bool) {
        let bytes = tokenizer.bytes[name]
        if let colon = bytes.firstIndex(of: 0x3A) {
            usedPrefixes.insert(String(decoding: bytes[..<colon], as: UTF8.self))
        } else if isElement {
            usedPrefixes.insert("")
        }
    }

    /// Gives the element just copied what it had from the elements around it, where the target does not have it.
    private mutating func declareNamespaces() {
        var declarations: [UInt8] = []
        for prefix in usedPrefixes.subtracting(ownPrefixes).sorted() {
            let here = source.namespaces[prefix] ?? (prefix.isEmpty ? "" : nil)
            let there = target.reading.namespaces[prefix] ?? (prefix.isEmpty ? "" : nil)
            guard let here, here != there else { continue }
            declarations += Array((prefix.isEmpty ? " xmlns=\"" : " xmlns:\(prefix)=\"").utf8)
            declarations += XMLText.escaped(here, isUTF8: target.encoding.isUTF8) + [0x22]
        }
        guard !declarations.isEmpty else { return }
        let rest = output[attributeIndex...]
        output.replaceSubrange(attributeIndex..., with: declarations + rest)
    }

    // MARK: Text

    private mutating func text(_ range: Range<Int>) throws(OPMLError) {
        let part = max(range.lowerBound, copied)..<min(range.upperBound, end)
        let bytes = tokenizer.bytes[part]
        guard let indentation, bytes.allSatisfy(\.isMarkupSpace),
            let line = bytes.lastIndex(where: { $0 == 0x0A || $0 == 0x0D }),
            bytes[(line + 1)...].starts(with: indentation.here)
        else { return copyValue(part) }
        output += bytes[...line] + indentation.there + bytes[(line + 1 + indentation.here.count)...]
        copied = part.upperBound
    }

    /// Characters with references.
    private mutating func copyValue(_ range: Range<Int>) {
        var position = range.lowerBound
        while position < range.upperBound {
            let ampersand = tokenizer.bytes[position..<range.upperBound].firstIndex(of: 0x26)
            copyCharacters(position..<(ampersand ?? range.upperBound))
            guard let ampersand,
                let semicolon = tokenizer.bytes[ampersand..<range.upperBound].firstIndex(of: 0x3B)
            else { break }
            let reference = ampersand..<(semicolon + 1)
            if isEntity(tokenizer.bytes[(ampersand + 1)..<semicolon]) {
                var value: [UInt8] = []
                CharacterReferences.decode(
                    tokenizer.bytes, in: reference, context: .xml, entities: &tokenizer.entities,
                    into: &value)
                output += XMLText.escaped(
                    String(decoding: value, as: UTF8.self), isUTF8: target.encoding.isUTF8)
            } else {
                output += tokenizer.bytes[reference]
            }
            position = reference.upperBound
        }
        copied = range.upperBound
    }

    /// Whether a reference needs a declaration, which stays behind in the other list.
    private func isEntity(_ name: ArraySlice<UInt8>) -> Bool {
        name.first != 0x23
            && !["amp", "lt", "gt", "quot", "apos"].contains { name.elementsEqual($0.utf8) }
    }

    private mutating func copyCharacters(_ range: Range<Int>) {
        let bytes = tokenizer.bytes[range]
        output += keepsBytes || target.encoding.isUTF8 ? Array(bytes) : XMLText.withReferences(bytes)
    }

    private mutating func copyRaw(upTo index: Int) throws(OPMLError) {
        let range = copied..<max(copied, min(index, end))
        if !keepsBytes, !target.encoding.isUTF8,
            let character = tokenizer.bytes[range].firstIndex(where: { $0 >= 0x80 })
        {
            let place = tokenizer.position(of: character)
            throw OPMLError(
                line: place.line, column: place.column,
                message:
                    "a comment, name or CDATA section with characters beyond ASCII cannot be written into "
                    + "a list in \(target.encoding.name): convert that list to UTF-8")
        }
        output += tokenizer.bytes[range]
        copied = range.upperBound
    }
}
