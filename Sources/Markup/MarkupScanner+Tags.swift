extension MarkupScanner {
    /// Reads what starts with the `<` at the cursor.
    mutating func readMarkup(_ bytes: Span<UInt8>) -> Reading {
        guard cursor + 1 < bytes.count else { return unfinished(bytes) }
        let first = bytes[cursor + 1]
        if first.startsName { return readTag(bytes, nameAt: cursor + 1, kind: .startTag) }
        switch first {
        case 0x2F:
            if name.count > 0, name.isClosed(in: bytes, at: cursor + 2) { return closeLastName() }
            guard cursor + 2 < bytes.count else { return unfinished(bytes) }
            if bytes[cursor + 2].startsName { return readTag(bytes, nameAt: cursor + 2, kind: .endTag) }
            return .literal
        case 0x21: return readDeclaration(bytes)
        case 0x3F: return readInstruction(bytes)
        default: return .literal
        }
    }

    /// Reads an end tag with the name of the last tag, as most are: that of an element without others in it.
    private mutating func closeLastName() -> Reading {
        let (start, nameStart) = (cursor, cursor + 2)
        let nameEnd = nameStart + name.count
        cursor = nameEnd + 1
        (tagScan, tagQuote) = (0, 0)
        token = MarkupToken(
            kind: .endTag, range: nameStart..<nameEnd, outer: start..<cursor, isSelfClosing: false)
        return .token
    }

    /// The markup at the cursor is not all there, or longer than is read.
    mutating func unfinished(_ bytes: Span<UInt8>) -> Reading {
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

    private mutating func readTag(
        _ bytes: Span<UInt8>, nameAt nameStart: Int, kind: MarkupToken.Kind
    ) -> Reading {
        let limit = min(bytes.count, cursor + Self.maxTagBytes + 1)
        guard let nameEnd = MarkupName.read(bytes, at: nameStart, into: &name), nameEnd < limit else {
            return unfinished(bytes)
        }
        if !attributes.isEmpty { attributes.removeAll(keepingCapacity: true) }
        let close: Int
        if bytes[nameEnd] == 0x3E {
            close = nameEnd
        } else if let end = kind == .startTag ? readOrderly(bytes, from: nameEnd, to: limit) : nil {
            close = end
        } else {
            switch tagEnd(bytes, after: nameEnd, limit: limit) {
            case .found(let index): close = index
            case .none: return unfinished(bytes)
            case .notATag: return .literal
            }
            attributes.removeAll(keepingCapacity: true)
            let isSelfClosing = bytes[close - 1] == 0x2F
            if kind == .startTag {
                readAttributes(bytes, from: nameEnd, to: isSelfClosing ? close - 1 : close)
            }
        }
        let start = cursor
        cursor = close + 1
        let isSelfClosing = close > nameEnd && bytes[close - 1] == 0x2F
        if kind == .startTag, syntax == .html, !isSelfClosing { enterRaw(bytes, nameStart..<nameEnd) }
        token = MarkupToken(
            kind: kind, range: nameStart..<nameEnd, outer: start..<cursor, isSelfClosing: isSelfClosing)
        return .token
    }

    private mutating func enterRaw(_ bytes: Span<UInt8>, _ name: Range<Int>) {
        for raw in Self.rawNames
        where raw.count == name.count && Self.matches(raw, bytes, at: name.lowerBound) {
            state = .raw
            rawName = raw
        }
    }

    /// Reads attributes that are all written `name="value"`, in one go, up to the tag's `>`. Nil for any other tag,
    /// and while the end has not come: such tags are read as tolerantly as `tagEnd` and `readAttributes` do.
    private mutating func readOrderly(_ bytes: Span<UInt8>, from nameEnd: Int, to limit: Int) -> Int? {
        guard tagScan == 0 else { return nil }
        var index = nameEnd
        while index < limit {
            let byte = bytes[index]
            if byte == 0x3E { return index }
            if byte == 0x2F {
                guard index + 1 < limit, bytes[index + 1] == 0x3E else { return nil }
                return index + 1
            }
            guard byte.isMarkupSpace else { return nil }
            while index < limit, bytes[index].isMarkupSpace { index += 1 }
            guard index < limit else { return nil }
            if bytes[index] == 0x3E || bytes[index] == 0x2F { continue }
            guard attributes.count < maxAttributes,
                let next = readOrderlyAttribute(bytes, at: index, to: limit)
            else { return nil }
            index = next
        }
        return nil
    }

    /// Reads `name="value"` and returns where it ends.
    private mutating func readOrderlyAttribute(_ bytes: Span<UInt8>, at start: Int, to limit: Int) -> Int? {
        var index = start
        while index < limit, Self.isOrderlyNameByte(bytes[index]) { index += 1 }
        guard index > start, index + 1 < limit, bytes[index] == 0x3D else { return nil }
        let quote = bytes[index + 1]
        guard quote == 0x22 || quote == 0x27,
            let end = ByteScan.index(of: quote, in: bytes, from: index + 2, to: limit)
        else { return nil }
        attributes.append(MarkupAttribute(name: start..<index, value: (index + 2)..<end))
        return end + 1
    }

    /// A letter, a digit or one of `-`, `.`, `:`, `_`, and a few more that need no care either.
    private static func isOrderlyNameByte(_ byte: UInt8) -> Bool {
        byte > 0x3E || (byte >= 0x30 && byte <= 0x3A) || byte == 0x2D || byte == 0x2E
    }

    private enum TagEnd {
        case found(Int)
        case none
        case notATag
    }

    /// Looks for the `>` of a tag, passing over quoted values; goes on where it stopped when bytes were missing.
    private mutating func tagEnd(_ bytes: Span<UInt8>, after nameEnd: Int, limit: Int) -> TagEnd {
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

    private mutating func readAttributes(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
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
                value = attributeValue(bytes, from: &index, to: end)
            }
            guard attributes.count < maxAttributes else {
                note(.attributeLimit, at: nameStart)
                return
            }
            attributes.append(MarkupAttribute(name: name, value: value))
        }
    }

    private func attributeValue(_ bytes: Span<UInt8>, from index: inout Int, to end: Int) -> Range<Int> {
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
}
