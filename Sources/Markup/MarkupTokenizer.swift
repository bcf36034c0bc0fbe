/// Tolerant push tokenizer for XML and HTML over UTF-8 bytes.
///
/// Give it bytes as they come (`append`), say when there are no more (`end`), and take tokens until `next` is nil.
/// It never fails: what is no markup is text. It checks no nesting; that is the reader's business.
public struct MarkupTokenizer: Sendable {
    /// Which language's rules hold where they differ.
    public enum Syntax: Sendable {
        /// XML as feeds write it.
        case xml
        /// HTML: the content of `script`, `style` and their like is left out.
        case html
    }

    /// Bytes of one tag or instruction; a tag of a hundred thousand attributes is still read.
    public static let maxTagBytes = 4 << 20
    /// Bytes of a DOCTYPE that are read as one.
    private static let maxDoctypeBytes = 64 << 10
    /// Faults kept until they are taken.
    private static let maxFaults = 100

    /// The bytes that tokens point into.
    public private(set) var bytes: [UInt8] = []
    /// The last token. Read its fields in place: copying it for every tag shows in the throughput.
    public private(set) var token = MarkupToken(kind: .text, range: 0..<0, outer: 0..<0, isSelfClosing: false)
    /// The attributes of the last start tag, in order.
    public private(set) var attributes: [MarkupAttribute] = []
    /// Entities declared by the document.
    public var entities: EntityTable
    /// Faults since they were last taken.
    public private(set) var faults: [MarkupFault] = []

    private enum State: Sendable, Equatable {
        case content
        case cdata
        case comment
        /// Inside `script` and the like; the name whose end tag ends it.
        case raw([UInt8])
        /// Inside a tag beyond `maxTagBytes`.
        case skippedTag
    }

    private struct LineCount: Sendable {
        var offset = 0
        var line = 1
        var lineStart = 0
    }

    private enum Reading {
        case token
        case skipped
        case needsMore
        case literal
    }

    private let syntax: Syntax
    private let maxAttributes: Int
    private var state = State.content
    private var cursor = 0
    private var isEnded = false
    private var sawDoctype = false
    /// Bytes of the document before `bytes[0]`.
    private var discarded = 0
    /// How far lines were counted, and how far at `bytes[0]`.
    private var counted = LineCount()
    private var discardedCount = LineCount()
    /// How far the end of an unfinished tag was looked for (relative to the cursor), and in which quotes.
    private var tagScan = 0
    private var tagQuote: UInt8 = 0

    /// An empty tokenizer.
    public init(syntax: Syntax, maxAttributes: Int = 256, maxExpansionBytes: Int = 1 << 20) {
        self.syntax = syntax
        self.maxAttributes = maxAttributes
        entities = EntityTable(allowance: maxExpansionBytes)
    }

    /// Whether every byte was handed out.
    public var isDrained: Bool { cursor >= bytes.count }

    /// Offset in the document of a token's index.
    public func offset(of index: Int) -> Int { discarded + index }

    /// Adds bytes. Ranges of earlier tokens no longer hold.
    public mutating func append(_ more: [UInt8]) {
        if cursor == bytes.count {
            discard(upTo: cursor)
            bytes = more
            cursor = 0
            return
        }
        // Moving the rest only when it is the smaller half keeps many small chunks linear.
        if cursor > 0, cursor >= bytes.count / 2 {
            discard(upTo: cursor)
            bytes.removeFirst(cursor)
            cursor = 0
        }
        bytes.append(contentsOf: more)
    }

    /// Says that no bytes follow.
    public mutating func end() { isEnded = true }

    /// Takes the faults found so far.
    public mutating func takeFaults() -> [MarkupFault] {
        defer { faults.removeAll(keepingCapacity: true) }
        return faults
    }

    /// Line and column, both from 1, of an offset in the document; of bytes already gone, where the rest starts.
    ///
    /// Lines are counted only when asked for, and on from the last answer when the offsets rise.
    public mutating func position(of offset: Int) -> (line: Int, column: Int) {
        let target = max(discarded, min(offset, discarded + bytes.count))
        if target < counted.offset { counted = discardedCount }
        count(to: target)
        return (counted.line, target - counted.lineStart + 1)
    }

    private mutating func count(to target: Int) {
        let (from, to) = (counted.offset - discarded, target - discarded)
        counted.line += ByteScan.count(of: 0x0A, in: bytes, from: from, to: to)
        if let last = ByteScan.lastIndex(of: 0x0A, in: bytes, from: from, to: to) {
            counted.lineStart = discarded + last + 1
        }
        counted.offset = target
    }

    private mutating func discard(upTo index: Int) {
        if counted.offset > discarded + index { counted = discardedCount }
        count(to: discarded + index)
        discardedCount = counted
        discarded += index
    }

    private mutating func note(_ kind: MarkupFault.Kind, at index: Int) {
        if faults.count < Self.maxFaults {
            faults.append(MarkupFault(kind: kind, offset: discarded + index))
        }
    }

    /// The next token; nil when more bytes are needed or, after `end`, when there are none.
    public mutating func next() -> MarkupToken? { advance() ? token : nil }

    /// Reads the next token into `token`. False when more bytes are needed or, after `end`, when there are none.
    public mutating func advance() -> Bool {
        while cursor < bytes.count {
            switch state {
            case .content:
                var searchFrom = cursor
                if bytes[cursor] == 0x3C {
                    switch readMarkup() {
                    case .token: return true
                    case .skipped: continue
                    case .needsMore: return false
                    case .literal:
                        note(.strayLessThan, at: cursor)
                        searchFrom = cursor + 1
                    }
                }
                return readText(from: searchFrom)
            case .cdata:
                if readCDATA() { return true }
                if state == .cdata { return false }
            case .comment:
                if !skipComment() { return false }
            case .raw(let name):
                if !skipRaw(name) { return false }
            case .skippedTag:
                guard let close = ByteScan.index(of: 0x3E, in: bytes, from: cursor, to: bytes.count) else {
                    cursor = bytes.count
                    return false
                }
                cursor = close + 1
                state = .content
            }
        }
        return false
    }

    // MARK: Text

    private mutating func readText(from searchFrom: Int) -> Bool {
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

    private mutating func readCDATA() -> Bool {
        let start = cursor
        var from = cursor
        while let bracket = ByteScan.index(of: 0x5D, in: bytes, from: from, to: bytes.count) {
            if bracket + 2 < bytes.count {
                if bytes[bracket + 1] == 0x5D, bytes[bracket + 2] == 0x3E {
                    cursor = bracket + 3
                    state = .content
                    guard bracket > start else { return false }
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

    private mutating func skipComment() -> Bool {
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

    private mutating func skipRaw(_ name: [UInt8]) -> Bool {
        while let less = ByteScan.index(of: 0x3C, in: bytes, from: cursor, to: bytes.count) {
            cursor = less
            let end = less + 2 + name.count
            guard end < bytes.count else { break }
            if bytes[less + 1] == 0x2F, matches(name, at: less + 2),
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

    private func matches(_ name: [UInt8], at start: Int) -> Bool {
        guard start + name.count <= bytes.count else { return false }
        for index in 0..<name.count where bytes[start + index].asciiLowered != name[index] { return false }
        return true
    }

    // MARK: Markup

    /// Reads what starts with the `<` at the cursor.
    private mutating func readMarkup() -> Reading {
        guard cursor + 1 < bytes.count else { return unfinished() }
        let first = bytes[cursor + 1]
        if first.startsName { return readTag(nameAt: cursor + 1, kind: .startTag) }
        switch first {
        case 0x2F:
            guard cursor + 2 < bytes.count else { return unfinished() }
            if bytes[cursor + 2].startsName { return readTag(nameAt: cursor + 2, kind: .endTag) }
            return .literal
        case 0x21: return readDeclaration()
        case 0x3F: return readInstruction()
        default: return .literal
        }
    }

    /// The markup at the cursor is not all there, or longer than is read.
    private mutating func unfinished() -> Reading {
        if bytes.count - cursor > Self.maxTagBytes {
            note(.tagLimit, at: cursor)
            state = .skippedTag
            // Not all that came, so that where the tag ends does not hang on how it came.
            cursor += Self.maxTagBytes + 1
            return .skipped
        }
        if isEnded {
            note(.truncatedMarkup, at: cursor)
            cursor = bytes.count
        }
        return .needsMore
    }

    private mutating func readTag(nameAt nameStart: Int, kind: MarkupToken.Kind) -> Reading {
        var nameEnd = nameStart + 1
        let limit = min(bytes.count, cursor + Self.maxTagBytes + 1)
        while nameEnd < limit, !Self.endsName(bytes[nameEnd]) { nameEnd += 1 }
        guard nameEnd < limit else { return unfinished() }
        let close: Int
        if bytes[nameEnd] == 0x3E {
            close = nameEnd
        } else {
            switch tagEnd(after: nameEnd) {
            case .found(let index): close = index
            case .none: return unfinished()
            case .notATag: return .literal
            }
        }
        let start = cursor
        cursor = close + 1
        if !attributes.isEmpty { attributes.removeAll(keepingCapacity: true) }
        var isSelfClosing = false
        if close > nameEnd {
            isSelfClosing = bytes[close - 1] == 0x2F
            if kind == .startTag { readAttributes(from: nameEnd, to: isSelfClosing ? close - 1 : close) }
        }
        if kind == .startTag, syntax == .html, !isSelfClosing,
            let name = Self.rawNames.first(where: {
                $0.count == nameEnd - nameStart && matches($0, at: nameStart)
            })
        {
            state = .raw(name)
        }
        token = MarkupToken(
            kind: kind, range: nameStart..<nameEnd, outer: start..<cursor, isSelfClosing: isSelfClosing)
        return .token
    }

    /// Elements of HTML whose content is no text for a reader.
    private static let rawNames = ["script", "style", "iframe", "noembed", "noframes", "xmp"].map {
        Array($0.utf8)
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        byte.isMarkupSpace || byte == 0x3E || byte == 0x2F || byte == 0x3C
    }

    private enum TagEnd {
        case found(Int)
        case none
        case notATag
    }

    /// Looks for the `>` of a tag, passing over quoted values; goes on where it stopped when bytes were missing.
    private mutating func tagEnd(after nameEnd: Int) -> TagEnd {
        let limit = min(bytes.count, cursor + Self.maxTagBytes + 1)
        var index = max(nameEnd, cursor + tagScan)
        var quote = tagQuote
        // Kept only when bytes are missing.
        tagScan = 0
        tagQuote = 0
        // Whether the last byte that is no space was `=`: only there a quote opens a value.
        var afterEquals = index > nameEnd && quote == 0 && bytes[index - 1] == 0x3D
        while index < limit {
            if quote != 0 {
                guard let end = ByteScan.index(of: quote, in: bytes, from: index, to: limit) else {
                    index = limit
                    break
                }
                quote = 0
                index = end + 1
                continue
            }
            let byte = bytes[index]
            switch byte {
            case 0x3E: return .found(index)
            case 0x3C: return .notATag
            case 0x22, 0x27:
                if afterEquals { quote = byte }
                afterEquals = false
            case 0x3D: afterEquals = true
            default: if !byte.isMarkupSpace { afterEquals = false }
            }
            index += 1
        }
        if isEnded || bytes.count - cursor > Self.maxTagBytes {
            // A quote that never closes must not swallow the document.
            if quote != 0, let close = ByteScan.index(of: 0x3E, in: bytes, from: nameEnd, to: limit) {
                note(.unclosedQuote, at: cursor)
                return .found(close)
            }
            return .none
        }
        // Step back over white space so that `= "` cut in the middle is read the same.
        while quote == 0, index > nameEnd, bytes[index - 1].isMarkupSpace { index -= 1 }
        tagScan = index - cursor
        tagQuote = quote
        return .none
    }

    private mutating func readAttributes(from start: Int, to end: Int) {
        var index = start
        while true {
            while index < end, bytes[index].isMarkupSpace || bytes[index] == 0x2F { index += 1 }
            guard index < end else { return }
            let nameStart = index
            index += 1
            while index < end, !bytes[index].isMarkupSpace, bytes[index] != 0x3D, bytes[index] != 0x2F {
                index += 1
            }
            let name = nameStart..<index
            while index < end, bytes[index].isMarkupSpace { index += 1 }
            var value = index..<index
            if index < end, bytes[index] == 0x3D {
                index += 1
                while index < end, bytes[index].isMarkupSpace { index += 1 }
                value = attributeValue(from: &index, to: end)
            }
            guard attributes.count < maxAttributes else {
                note(.attributeLimit, at: nameStart)
                return
            }
            attributes.append(MarkupAttribute(name: name, value: value))
        }
    }

    private func attributeValue(from index: inout Int, to end: Int) -> Range<Int> {
        guard index < end else { return index..<index }
        let quote = bytes[index]
        if quote == 0x22 || quote == 0x27 {
            let start = index + 1
            let stop = ByteScan.index(of: quote, in: bytes, from: start, to: end) ?? max(start, end)
            index = stop + 1
            return start..<stop
        }
        let start = index
        while index < end, !bytes[index].isMarkupSpace { index += 1 }
        return start..<index
    }

    // MARK: Declarations

    private static let commentStart = Array("<!--".utf8)
    private static let cdataStart = Array("<![CDATA[".utf8)

    private mutating func readDeclaration() -> Reading {
        for (opening, next) in [(Self.commentStart, State.comment), (Self.cdataStart, State.cdata)] {
            let available = min(opening.count, bytes.count - cursor)
            guard bytes[cursor..<(cursor + available)].elementsEqual(opening[..<available]) else { continue }
            guard available == opening.count else { return unfinished() }
            cursor += opening.count
            state = next
            // `<!-->` is a whole comment to browsers.
            if syntax == .html, next == .comment, cursor < bytes.count, bytes[cursor] == 0x3E {
                cursor += 1
                state = .content
            }
            return .skipped
        }
        guard cursor + 2 < bytes.count else { return unfinished() }
        guard bytes[cursor + 2].isASCIILetter || bytes[cursor + 2] == 0x5B else { return .literal }
        // Only the first one may hold a subset, so that no number of them is looked through to the end.
        guard !sawDoctype else {
            guard let first = ByteScan.index(of: 0x3E, in: bytes, from: cursor, to: bytes.count) else {
                return unfinished()
            }
            cursor = first + 1
            return .skipped
        }
        var subset: Range<Int>?
        guard let close = declarationEnd(&subset) else {
            guard isEnded || bytes.count - cursor > Self.maxDoctypeBytes else { return .needsMore }
            sawDoctype = true
            guard let first = ByteScan.index(of: 0x3E, in: bytes, from: cursor, to: bytes.count)
            else { return unfinished() }
            note(.unclosedQuote, at: cursor)
            cursor = first + 1
            return .skipped
        }
        sawDoctype = true
        if syntax == .xml, let subset { declareEntities(in: subset) }
        cursor = close + 1
        return .skipped
    }

    /// The `>` of the declaration at the cursor, passing over quotes, comments and the internal subset.
    private func declarationEnd(_ subset: inout Range<Int>?) -> Int? {
        var index = cursor + 2
        let limit = min(bytes.count, cursor + Self.maxDoctypeBytes)
        var subsetStart: Int?
        while index < limit {
            switch bytes[index] {
            case 0x22, 0x27:
                guard
                    let end = ByteScan.index(of: bytes[index], in: bytes, from: index + 1, to: limit)
                else { return nil }
                index = end
            case 0x5B: subsetStart = subsetStart ?? index + 1
            case 0x5D:
                if let start = subsetStart, subset == nil { subset = start..<index }
            case 0x3C:
                // A comment in the subset may hold anything.
                if index + 3 < bytes.count, bytes[index + 1] == 0x21, bytes[index + 2] == 0x2D {
                    var from = index + 4
                    while let close = ByteScan.index(of: 0x3E, in: bytes, from: from, to: limit),
                        bytes[close - 1] != 0x2D || bytes[close - 2] != 0x2D
                    {
                        from = close + 1
                    }
                    guard let close = ByteScan.index(of: 0x3E, in: bytes, from: from, to: limit) else {
                        return nil
                    }
                    index = close
                }
            case 0x3E:
                if subsetStart == nil || subset != nil { return index }
            default: break
            }
            index += 1
        }
        return nil
    }

    private mutating func declareEntities(in subset: Range<Int>) {
        let opening = Array("<!ENTITY".utf8)
        var index = subset.lowerBound
        while let less = ByteScan.index(of: 0x3C, in: bytes, from: index, to: subset.upperBound) {
            index = less + 1
            guard less + opening.count < subset.upperBound,
                bytes[less..<(less + opening.count)].elementsEqual(opening)
            else { continue }
            var at = less + opening.count
            while at < subset.upperBound, bytes[at].isMarkupSpace { at += 1 }
            let nameStart = at
            while at < subset.upperBound, !bytes[at].isMarkupSpace { at += 1 }
            let name = nameStart..<at
            while at < subset.upperBound, bytes[at].isMarkupSpace { at += 1 }
            // Parameter entities and external ones (SYSTEM, PUBLIC) are not read.
            guard at < subset.upperBound, bytes[at] == 0x22 || bytes[at] == 0x27, bytes[nameStart] != 0x25,
                let end = ByteScan.index(of: bytes[at], in: bytes, from: at + 1, to: subset.upperBound)
            else { continue }
            entities.declare(bytes[name], value: (at + 1)..<end, in: bytes)
            index = end
        }
        if entities.isLimited { note(.entityLimit, at: subset.lowerBound) }
    }

    /// An instruction ends at `?>`, or at `>` where `?>` does not come before the next tag.
    private mutating func readInstruction() -> Reading {
        guard let close = ByteScan.index(of: 0x3E, in: bytes, from: cursor, to: bytes.count) else {
            return unfinished()
        }
        var end = close
        if bytes[close - 1] != 0x3F {
            let less = ByteScan.index(of: 0x3C, in: bytes, from: close, to: bytes.count)
            if less == nil, !isEnded, bytes.count - cursor <= Self.maxTagBytes { return .needsMore }
            var from = close + 1
            let bound = less ?? bytes.count
            while let next = ByteScan.index(of: 0x3E, in: bytes, from: from, to: bound) {
                if bytes[next - 1] == 0x3F {
                    end = next
                    break
                }
                from = next + 1
            }
        }
        cursor = end + 1
        return .skipped
    }
}
