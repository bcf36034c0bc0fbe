extension MarkupScanner {
    /// Bytes of a DOCTYPE that are read as one.
    private static let maxDoctypeBytes = 64 << 10

    private static let commentStart = Array("<!--".utf8)
    private static let cdataStart = Array("<![CDATA[".utf8)
    private static let entityStart = Array("<!ENTITY".utf8)

    mutating func readDeclaration(_ bytes: Span<UInt8>) -> Reading {
        if let reading = enter(.cdata, bytes, after: Self.cdataStart) { return reading }
        if let reading = enter(.comment, bytes, after: Self.commentStart) { return reading }
        guard cursor + 2 < bytes.count else { return unfinished(bytes) }
        guard bytes[cursor + 2].isASCIILetter || bytes[cursor + 2] == 0x5B else { return .literal }
        // Only the first one may hold a subset, so that no number of them is looked through to the end.
        guard !sawDoctype else {
            guard let first = ByteScan.index(of: 0x3E, in: bytes, from: cursor, to: bytes.count) else {
                return unfinished(bytes)
            }
            cursor = first + 1
            return .skipped
        }
        var subset: Range<Int>?
        guard let close = declarationEnd(bytes, &subset) else {
            guard isEnded || bytes.count - cursor > Self.maxDoctypeBytes else { return .needsMore }
            sawDoctype = true
            guard let first = ByteScan.index(of: 0x3E, in: bytes, from: cursor, to: bytes.count)
            else { return unfinished(bytes) }
            note(.unclosedQuote, at: cursor)
            cursor = first + 1
            return .skipped
        }
        sawDoctype = true
        if syntax == .xml, let subset { declareEntities(bytes, in: subset) }
        cursor = close + 1
        return .skipped
    }

    /// Passes over `opening` if the bytes at the cursor are it, or as far as they are there; nil if they are not.
    private mutating func enter(_ next: State, _ bytes: Span<UInt8>, after opening: [UInt8]) -> Reading? {
        let available = min(opening.count, bytes.count - cursor)
        guard Self.starts(bytes, at: cursor, with: opening, count: available) else { return nil }
        guard available == opening.count else { return unfinished(bytes) }
        cursor += opening.count
        state = next
        // `<!-->` is a whole comment to browsers.
        if syntax == .html, next == .comment, cursor < bytes.count, bytes[cursor] == 0x3E {
            cursor += 1
            state = .content
        }
        return .skipped
    }

    /// The `>` of the declaration at the cursor, passing over quotes, comments and the internal subset.
    private func declarationEnd(_ bytes: Span<UInt8>, _ subset: inout Range<Int>?) -> Int? {
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

    private mutating func declareEntities(_ bytes: Span<UInt8>, in subset: Range<Int>) {
        var index = subset.lowerBound
        while let less = ByteScan.index(of: 0x3C, in: bytes, from: index, to: subset.upperBound) {
            index = less + 1
            guard less + Self.entityStart.count < subset.upperBound,
                Self.starts(bytes, at: less, with: Self.entityStart, count: Self.entityStart.count)
            else { continue }
            var at = less + Self.entityStart.count
            while at < subset.upperBound, bytes[at].isMarkupSpace { at += 1 }
            let nameStart = at
            while at < subset.upperBound, !bytes[at].isMarkupSpace { at += 1 }
            let name = nameStart..<at
            while at < subset.upperBound, bytes[at].isMarkupSpace { at += 1 }
            // Parameter entities and external ones (SYSTEM, PUBLIC) are not read.
            guard at < subset.upperBound, bytes[at] == 0x22 || bytes[at] == 0x27, bytes[nameStart] != 0x25,
                let end = ByteScan.index(of: bytes[at], in: bytes, from: at + 1, to: subset.upperBound)
            else { continue }
            entities.declare(name, value: (at + 1)..<end, in: bytes)
            index = end
        }
        if entities.isLimited { note(.entityLimit, at: subset.lowerBound) }
    }

    /// An instruction ends at `?>`, or at `>` where `?>` does not come before the next tag.
    mutating func readInstruction(_ bytes: Span<UInt8>) -> Reading {
        guard let close = ByteScan.index(of: 0x3E, in: bytes, from: cursor, to: bytes.count) else {
            return unfinished(bytes)
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

    private static func starts(
        _ bytes: Span<UInt8>, at start: Int, with opening: [UInt8], count: Int
    ) -> Bool {
        for offset in 0..<count where bytes[start + offset] != opening[offset] { return false }
        return true
    }
}
