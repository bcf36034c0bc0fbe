/// Finds the tokens of XML and HTML in bytes that somebody else holds.
///
/// It never fails: what is no markup is text. It checks no nesting; that is the reader's business. The bytes given to
/// each call are the rest of the document as far as it is there, from the same start as `cursor`.
public struct MarkupScanner: Sendable {
    /// Which language's rules hold where they differ.
    public enum Syntax: Sendable {
        /// XML as feeds write it.
        case xml
        /// HTML: the content of `script`, `style` and their like is left out.
        case html
    }

    enum State: Sendable {
        case content
        case cdata
        case comment
        /// Inside `script` and the like, up to the end tag of `rawName`.
        case raw
        /// Inside a tag beyond `maxTagBytes`.
        case skippedTag
    }

    enum Reading {
        case token
        case skipped
        case needsMore
        case literal
    }

    /// Bytes of one tag or instruction; a tag of a hundred thousand attributes is still read.
    public static let maxTagBytes = 4 << 20
    /// Faults kept until they are taken.
    private static let maxFaults = 100

    /// The last token. Read its fields in place: copying it for every tag shows in the throughput.
    public internal(set) var token = MarkupToken(
        kind: .text, range: 0..<0, outer: 0..<0, isSelfClosing: false)
    /// The name of the last tag.
    public internal(set) var name = MarkupName()
    /// The attributes of the last start tag, in order.
    public internal(set) var attributes: [MarkupAttribute] = []
    /// Entities declared by the document.
    public var entities: EntityTable
    /// Faults since they were last taken.
    public private(set) var faults: [MarkupFault] = []
    /// Where reading goes on.
    public internal(set) var cursor = 0
    /// Whether text is passed over instead of handed out.
    public var skipsText = false

    let syntax: Syntax
    let maxAttributes: Int
    var state = State.content
    var rawName: [UInt8] = []
    private(set) var isEnded = false
    var sawDoctype = false
    /// Bytes of the document before those that are given.
    private var origin = 0
    /// How far the end of an unfinished tag was looked for (relative to the cursor), and in which quotes.
    var tagScan = 0
    var tagQuote: UInt8 = 0

    /// A scanner at the start of a document.
    public init(syntax: Syntax, maxAttributes: Int = 256, maxExpansionBytes: Int = 1 << 20) {
        self.syntax = syntax
        self.maxAttributes = maxAttributes
        entities = EntityTable(allowance: maxExpansionBytes)
    }

    /// Says that the bytes given from now on start at `origin` in the document, and where in them reading goes on.
    public mutating func move(to origin: Int, cursor: Int) {
        self.origin = origin
        self.cursor = cursor
    }

    /// Says that no bytes follow those given.
    public mutating func end() { isEnded = true }

    /// Takes the faults found so far.
    public mutating func takeFaults() -> [MarkupFault] {
        defer { faults.removeAll(keepingCapacity: true) }
        return faults
    }

    mutating func note(_ kind: MarkupFault.Kind, at index: Int) {
        if faults.count < Self.maxFaults {
            faults.append(MarkupFault(kind: kind, offset: origin + index))
        }
    }

    /// Reads the next token into `token`. False when more bytes are needed or, after `end`, when there are none.
    public mutating func advance(in bytes: Span<UInt8>) -> Bool {
        while cursor < bytes.count {
            guard state == .content || leaveState(bytes) else { return state == .cdata && readCDATA(bytes) }
            guard cursor < bytes.count else { return false }
            var searchFrom = cursor
            if bytes[cursor] == 0x3C {
                switch readMarkup(bytes) {
                case .token: return true
                case .skipped: continue
                case .needsMore: return false
                case .literal:
                    note(.strayLessThan, at: cursor)
                    searchFrom = cursor + 1
                }
            }
            guard skipsText else { return readText(bytes, from: searchFrom) }
            cursor = ByteScan.nearIndex(of: 0x3C, in: bytes, from: searchFrom) ?? bytes.count
        }
        return false
    }

    /// Goes on to where content follows; false when that is not there, or first a token of CDATA.
    private mutating func leaveState(_ bytes: Span<UInt8>) -> Bool {
        switch state {
        case .content: return true
        case .cdata:
            // Sections that are empty give no token.
            guard bytes.count - cursor >= 3, bytes[cursor] == 0x5D, bytes[cursor + 1] == 0x5D,
                bytes[cursor + 2] == 0x3E
            else { return false }
            cursor += 3
            state = .content
            return true
        case .comment: return skipComment(bytes)
        case .raw: return skipRaw(bytes)
        case .skippedTag:
            guard let close = ByteScan.index(of: 0x3E, in: bytes, from: cursor, to: bytes.count) else {
                cursor = bytes.count
                return false
            }
            cursor = close + 1
            state = .content
            return true
        }
    }

    // MARK: Text

    private mutating func readText(_ bytes: Span<UInt8>, from searchFrom: Int) -> Bool {
        let start = cursor
        var stop = bytes.count
        if let less = ByteScan.index(of: 0x3C, in: bytes, from: searchFrom, to: bytes.count) {
            stop = less
        } else if !isEnded {
            stop = CharacterReferences.unfinished(in: bytes, from: start, to: stop) ?? stop
        }
        guard stop > start else { return false }
        cursor = stop
        token = MarkupToken(kind: .text, range: start..<stop, outer: start..<stop, isSelfClosing: false)
        return true
    }

    private mutating func readCDATA(_ bytes: Span<UInt8>) -> Bool {
        let start = cursor
        var from = cursor
        while let bracket = ByteScan.index(of: 0x5D, in: bytes, from: from, to: bytes.count) {
            if bracket + 2 < bytes.count {
                if bytes[bracket + 1] == 0x5D, bytes[bracket + 2] == 0x3E {
                    cursor = bracket + 3
                    state = .content
                    token = MarkupToken(
                        kind: .cdata, range: start..<bracket, outer: start..<cursor, isSelfClosing: false)
                    return true
                }
                from = bracket + 1
                continue
            }
            if isEnded { break }
            guard bracket > start else { return false }
            cursor = bracket
            token = MarkupToken(
                kind: .cdata, range: start..<bracket, outer: start..<bracket, isSelfClosing: false)
            return true
        }
        if isEnded { note(.truncatedMarkup, at: start) }
        cursor = bytes.count
        token = MarkupToken(
            kind: .cdata, range: start..<cursor, outer: start..<cursor, isSelfClosing: false)
        return true
    }

    private mutating func skipComment(_ bytes: Span<UInt8>) -> Bool {
        var from = cursor
        while let close = ByteScan.index(of: 0x3E, in: bytes, from: from, to: bytes.count) {
            if close >= cursor + 2, bytes[close - 1] == 0x2D, bytes[close - 2] == 0x2D {
                cursor = close + 1
                state = .content
                return true
            }
            from = close + 1
        }
        if isEnded {
            note(.truncatedMarkup, at: cursor)
            cursor = bytes.count
        } else {
            // Two dashes may already be here.
            cursor = max(cursor, bytes.count - 2)
        }
        return false
    }

    private mutating func skipRaw(_ bytes: Span<UInt8>) -> Bool {
        while let less = ByteScan.index(of: 0x3C, in: bytes, from: cursor, to: bytes.count) {
            cursor = less
            let end = less + 2 + rawName.count
            guard end < bytes.count else { break }
            if bytes[less + 1] == 0x2F, Self.matches(rawName, bytes, at: less + 2),
                bytes[end].isMarkupSpace || bytes[end] == 0x3E || bytes[end] == 0x2F
            {
                state = .content
                return true
            }
            cursor = less + 1
        }
        let hasRest = cursor < bytes.count && bytes[cursor] == 0x3C
        if isEnded || !hasRest { cursor = bytes.count }
        return false
    }

    /// Elements of HTML whose content is no text for a reader.
    static let rawNames = ["script", "style", "iframe", "noembed", "noframes", "xmp"].map { Array($0.utf8) }

    /// Whether a lower-case name stands at `start`, in any case.
    static func matches(_ name: [UInt8], _ bytes: Span<UInt8>, at start: Int) -> Bool {
        guard start + name.count <= bytes.count else { return false }
        for index in 0..<name.count where bytes[start + index].asciiLowered != name[index] { return false }
        return true
    }
}
