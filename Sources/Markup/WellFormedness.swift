/// Says whether a document is well-formed XML, for those who write into it: what the tolerant tokenizer repairs
/// while reading, another program may refuse.
///
/// The bytes are in UTF-8 or in an encoding that leaves markup alone (`TextEncoding.leavesMarkupAlone`). Names are
/// held to their ASCII part only; what a DOCTYPE holds is not checked, and nothing outside the document is looked at.
public struct WellFormedness {
    /// The first place at which a document is not well-formed.
    public struct Fault: Error, Sendable, Hashable {
        /// Line, from 1.
        public var line: Int
        /// Column in bytes, from 1.
        public var column: Int
        /// What is wrong, without a full stop.
        public var message: String
    }

    /// Levels of elements; `FeedLimits` has the same for feeds.
    public static let maxDepth = 256

    private var tokenizer = MarkupTokenizer(syntax: .xml)
    /// Names of the elements that are open, outermost first.
    private var open: [ArraySlice<UInt8>] = []
    private var hasRoot = false
    /// Where the last token ended.
    private var position = 0

    private init() {}

    /// Throws the first fault of the whole document, which has no byte order mark.
    public static func check(_ bytes: [UInt8], isUTF8: Bool) throws(Fault) {
        var check = WellFormedness()
        check.tokenizer.append(bytes)
        check.tokenizer.end()
        try check.characters(isUTF8: isUTF8)
        try check.declaration()
        try check.document()
    }

    private mutating func fault(_ index: Int, _ message: String) -> Fault {
        let place = tokenizer.position(of: tokenizer.offset(of: index))
        return Fault(line: place.line, column: place.column, message: message)
    }

    /// XML 1.0, 2.2.
    private mutating func characters(isUTF8: Bool) throws(Fault) {
        let bytes = tokenizer.bytes
        if let control = bytes.firstIndex(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) {
            throw fault(control, "a control character, which XML forbids")
        }
        guard isUTF8, String(validating: bytes, as: UTF8.self) == nil else { return }
        var index = 0
        while index < bytes.count {
            let length = UTF8Writer.sequenceLength(bytes[...], at: index)
            guard length > 0 else {
                throw fault(index, "a byte that is not UTF-8, which the document says it is in")
            }
            index += length
        }
    }

    /// XML 1.0, 2.8: `version`, then perhaps `encoding`, then perhaps `standalone`, each in quotes.
    private mutating func declaration() throws(Fault) {
        let bytes = tokenizer.bytes
        guard bytes.starts(with: "<?xml".utf8), bytes.count > 5, bytes[5].isMarkupSpace else { return }
        let text = Self.index(of: "?>", in: bytes[...]).map { Self.text(bytes[..<$0]) } ?? ""
        let form =
            #/<\?xml\s+version\s*=\s*(?:"1\.\d+"|'1\.\d+')(?:\s+encoding\s*=\s*(?:"[\w.\-]+"|'[\w.\-]+'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*/#
        guard text.wholeMatch(of: form) != nil else { throw fault(0, "not an XML declaration") }
    }

    private mutating func document() throws(Fault) {
        while let token = tokenizer.next() {
            if let repaired = tokenizer.takeFaults().first {
                throw fault(repaired.offset, Self.message(repaired.kind))
            }
            try between(position..<token.outer.lowerBound)
            position = token.outer.upperBound
            switch token.kind {
            case .startTag: try startTag(token)
            case .endTag: try endTag(token)
            case .text: try text(token.range)
            case .cdata:
                if open.isEmpty { throw fault(token.range.lowerBound, "text outside the root element") }
            }
        }
        if let repaired = tokenizer.takeFaults().first {
            throw fault(repaired.offset, Self.message(repaired.kind))
        }
        try between(position..<tokenizer.bytes.count)
        if let name = open.last {
            throw fault(tokenizer.bytes.count, "the document ends before </\(Self.text(name))>")
        }
        guard hasRoot else { throw fault(tokenizer.bytes.count, "no element") }
    }

    private static func message(_ kind: MarkupFault.Kind) -> String {
        switch kind {
        case .strayLessThan: "a \"<\" that starts no tag must be written &lt;"
        case .unclosedQuote: "a quoted value that does not end"
        case .attributeLimit: "more attributes than are read"
        case .tagLimit: "a tag longer than is read"
        case .entityLimit: "more entity declarations than are read"
        case .truncatedMarkup: "the document ends inside markup"
        }
    }

    // MARK: Tags

    private mutating func startTag(_ token: MarkupToken) throws(Fault) {
        let start = token.outer.lowerBound
        if open.isEmpty, hasRoot { throw fault(start, "a second root element") }
        guard open.count < Self.maxDepth else {
            throw fault(start, "elements nest deeper than \(Self.maxDepth) levels")
        }
        hasRoot = true
        try attributes(of: token)
        if !token.isSelfClosing { open.append(tokenizer.bytes[token.range]) }
    }

    private mutating func endTag(_ token: MarkupToken) throws(Fault) {
        let name = tokenizer.bytes[token.range]
        guard let expected = open.popLast() else {
            throw fault(token.outer.lowerBound, "</\(Self.text(name))> ends nothing")
        }
        guard expected.elementsEqual(name) else {
            throw fault(
                token.outer.lowerBound, "</\(Self.text(name))> where </\(Self.text(expected))> must stand")
        }
        try onlySpace(token.range.upperBound..<(token.outer.upperBound - 1))
    }

    private mutating func attributes(of token: MarkupToken) throws(Fault) {
        var names: Set<[UInt8]> = []
        var end = token.range.upperBound
        for attribute in tokenizer.attributes {
            let bytes = tokenizer.bytes
            let name = bytes[attribute.name]
            guard attribute.name.lowerBound > end else {
                throw fault(attribute.name.lowerBound, "no space before an attribute")
            }
            try onlySpace(end..<attribute.name.lowerBound)
            guard name.first?.startsName == true, !name.contains(where: { "\"'<&".utf8.contains($0) }) else {
                throw fault(attribute.name.lowerBound, "not the name of an attribute")
            }
            guard names.insert(Array(name)).inserted else {
                throw fault(attribute.name.lowerBound, "the attribute \(Self.text(name)) stands here twice")
            }
            let quote = bytes[attribute.value.lowerBound - 1]
            guard quote == 0x22 || quote == 0x27, attribute.value.upperBound < token.outer.upperBound,
                bytes[attribute.value.upperBound] == quote
            else {
                throw fault(attribute.name.lowerBound, "the value of \(Self.text(name)) is not in quotes")
            }
            if let less = ByteScan.index(
                of: 0x3C, in: bytes, from: attribute.value.lowerBound, to: attribute.value.upperBound)
            {
                throw fault(less, "a \"<\" in a value must be written &lt;")
            }
            try references(in: attribute.value)
            end = attribute.value.upperBound + 1
        }
        try onlySpace(end..<(token.outer.upperBound - (token.isSelfClosing ? 2 : 1)))
    }

    private mutating func onlySpace(_ range: Range<Int>) throws(Fault) {
        if let other = tokenizer.bytes[range].firstIndex(where: { !$0.isMarkupSpace }) {
            throw fault(other, "a character that has no place in a tag")
        }
    }

    // MARK: Text

    private mutating func text(_ range: Range<Int>) throws(Fault) {
        guard open.isEmpty else {
            let bytes = tokenizer.bytes[range]
            if let end = bytes.indices.first(where: { bytes[$0...].starts(with: "]]>".utf8) }) {
                throw fault(end, "a \"]]>\" outside a CDATA section must be written ]]&gt;")
            }
            return try references(in: range)
        }
        if let other = tokenizer.bytes[range].firstIndex(where: { !$0.isMarkupSpace }) {
            throw fault(other, "text outside the root element")
        }
    }

    private mutating func references(in range: Range<Int>) throws(Fault) {
        var from = range.lowerBound
        while let ampersand = ByteScan.index(of: 0x26, in: tokenizer.bytes, from: from, to: range.upperBound)
        {
            let last = min(range.upperBound, ampersand + EntityTable.maxNameBytes + 2)
            guard let end = ByteScan.index(of: 0x3B, in: tokenizer.bytes, from: ampersand, to: last) else {
                throw fault(ampersand, "a \"&\" that starts no reference must be written &amp;")
            }
            let name = tokenizer.bytes[(ampersand + 1)..<end]
            guard name.first == 0x23 ? Self.isCharacter(name.dropFirst()) : isDeclared(name) else {
                throw fault(
                    ampersand,
                    name.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x23 }
                        ? "&\(Self.text(name)); is not declared"
                        : "a \"&\" that starts no reference must be written &amp;")
            }
            from = end + 1
        }
    }

    private func isDeclared(_ name: ArraySlice<UInt8>) -> Bool {
        ["amp", "lt", "gt", "quot", "apos"].contains { name.elementsEqual($0.utf8) }
            || tokenizer.entities.declares(name)
    }

    /// The number of a character reference, behind its `#`.
    private static func isCharacter(_ digits: ArraySlice<UInt8>) -> Bool {
        let isHexadecimal = digits.first == 0x78
        let number = UInt32(text(isHexadecimal ? digits.dropFirst() : digits), radix: isHexadecimal ? 16 : 10)
        return switch number ?? 0 {
        case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: true
        default: false
        }
    }

    /// Comments and instructions, which are no tokens.
    private mutating func between(_ range: Range<Int>) throws(Fault) {
        var from = range.lowerBound
        while let less = ByteScan.index(of: 0x3C, in: tokenizer.bytes, from: from, to: range.upperBound) {
            let rest = tokenizer.bytes[less..<range.upperBound]
            if rest.starts(with: "<!--".utf8) {
                from = try commentEnd(less + 4, range.upperBound)
            } else if rest.starts(with: "<?".utf8) {
                guard let end = Self.index(of: "?>", in: rest), isTarget(rest[..<end].dropFirst(2), at: less)
                else {
                    throw fault(less, "an instruction without a name or an end")
                }
                from = end + 2
            } else if rest.starts(with: "<![CDATA[".utf8) {
                from = less + 9
            } else {
                // The DOCTYPE: its inside follows other rules.
                guard !hasRoot else { throw fault(less, "a declaration that has no place here") }
                return
            }
        }
    }

    /// Whether an instruction begins with a name, and with `xml` only at the start of the document.
    private func isTarget(_ instruction: ArraySlice<UInt8>, at index: Int) -> Bool {
        let name = instruction.prefix { !$0.isMarkupSpace }
        return name.first?.startsName == true && name.allSatisfy(Self.isNameByte)
            && (index == 0 || !name.map(\.asciiLowered).elementsEqual("xml".utf8))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.startsName || byte.isASCIIDigit || byte == 0x2D || byte == 0x2E
    }

    private mutating func commentEnd(_ start: Int, _ limit: Int) throws(Fault) -> Int {
        guard let dashes = Self.index(of: "--", in: tokenizer.bytes[start..<limit]), dashes + 2 < limit else {
            throw fault(start - 4, "a comment that does not end")
        }
        guard tokenizer.bytes[dashes + 2] == 0x3E else { throw fault(dashes, "a \"--\" inside a comment") }
        return dashes + 3
    }

    private static func index(of pair: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
        let (first, second) = (pair.utf8Start[0], pair.utf8Start[1])
        return bytes.indices.dropLast().first { bytes[$0] == first && bytes[$0 + 1] == second }
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
