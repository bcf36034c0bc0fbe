import Markup

/// The bytes of fields, one after another, as they are read.
struct FieldArena: Sendable {
    private(set) var bytes: [UInt8] = []

    var count: Int { bytes.count }

    /// The text of a range, repaired where it is not UTF-8.
    func string(_ range: Range<Int>) -> String { UTF8Writer.string(bytes[range]).text }

    mutating func append(_ source: Span<UInt8>, _ range: Range<Int>) { bytes.append(source, range) }

    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Appends characters with their references decoded.
    mutating func appendDecoded(_ source: Span<UInt8>, _ range: Range<Int>, _ entities: inout EntityTable) {
        CharacterReferences.decode(source, in: range, context: .xml, entities: &entities, into: &bytes)
    }

    /// Forgets all but the first `count` bytes.
    mutating func truncate(to count: Int) { bytes.removeSubrange(count...) }

    /// Takes all bytes and goes on with those from `start`, with room for as many as there were and some more.
    mutating func split(at start: Int) -> [UInt8] {
        let whole = bytes
        bytes = []
        bytes.reserveCapacity(whole.count + whole.count / 4)
        bytes.append(contentsOf: whole[start...])
        return whole
    }

    /// Puts other bytes in the place of everything from `start` on.
    mutating func replace(from start: Int, with other: [UInt8]) {
        bytes.replaceSubrange(start..., with: other)
    }

    /// What was appended from `start` on, without white space at its ends.
    func trimmed(from start: Int) -> Range<Int> { bytes.span.trimmed(start..<bytes.count) }

    /// Writes `&`, `<` and `>` from `start` on as references.
    mutating func escape(from start: Int) {
        guard let first = bytes[start...].firstIndex(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E }) else {
            return
        }
        let plain = Array(bytes[first...])
        bytes.removeSubrange(first...)
        for byte in plain {
            switch byte {
            case 0x26: bytes.append(contentsOf: "&amp;".utf8)
            case 0x3C: bytes.append(contentsOf: "&lt;".utf8)
            case 0x3E: bytes.append(contentsOf: "&gt;".utf8)
            default: bytes.append(byte)
            }
        }
    }

    /// Cuts what was appended from `start` on to at most `most` bytes, not in the middle of a character.
    mutating func cut(from start: Int, to most: Int) {
        bytes.removeSubrange(min(bytes.count, start + most)...)
        var lead = bytes.count - 1
        while lead > start, bytes.count - lead < 4, bytes[lead] & 0xC0 == 0x80 { lead -= 1 }
        guard lead >= start, bytes[lead] >= 0xC0 else { return }
        let length = bytes[lead] >= 0xF0 ? 4 : bytes[lead] >= 0xE0 ? 3 : 2
        if bytes.count - lead < length { bytes.removeSubrange(lead...) }
    }

    /// Decodes base64 from `start` on; what is none at all is kept as it is.
    mutating func decodeBase64(from start: Int) {
        var output: [UInt8] = []
        var (bits, count) = (UInt32(0), 0)
        for byte in bytes[start...] {
            let digit: UInt32
            switch byte {
            case 0x41...0x5A: digit = UInt32(byte - 0x41)
            case 0x61...0x7A: digit = UInt32(byte - 0x61 + 26)
            case 0x30...0x39: digit = UInt32(byte - 0x30 + 52)
            case 0x2B: digit = 62
            case 0x2F: digit = 63
            case 0x3D: continue
            default:
                if byte.isMarkupSpace { continue }
                return
            }
            bits = bits << 6 | digit
            count += 6
            if count >= 8 {
                count -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        replace(from: start, with: output)
    }

    /// The inside of an XHTML construct's `div` (RFC 4287, 3.1.1.3).
    func withoutOuterDiv(_ range: Range<Int>) -> Range<Int> {
        let opening = Array("<div".utf8)
        let closing = Array("</div>".utf8)
        guard range.count >= opening.count + closing.count,
            bytes[range.lowerBound..<(range.lowerBound + 4)].elementsEqual(opening),
            bytes[(range.upperBound - 6)..<range.upperBound].elementsEqual(closing)
        else { return range }
        let after = bytes[range.lowerBound + 4]
        guard after == 0x3E || after.isMarkupSpace else { return range }
        guard let close = bytes[range].firstIndex(of: 0x3E), close + 1 <= range.upperBound - 6 else {
            return range
        }
        // `<div>a</div><div>b</div>` has no outer one.
        let inside = (close + 1)..<(range.upperBound - 6)
        return isUnbalanced(inside) ? range : bytes.span.trimmed(inside)
    }

    /// Whether a `div` ends in the range that does not begin in it.
    private func isUnbalanced(_ range: Range<Int>) -> Bool {
        var depth = 0
        var index = range.lowerBound
        while index + 5 <= range.upperBound {
            if bytes[index] == 0x3C {
                if bytes[(index + 1)..<(index + 4)].elementsEqual("div".utf8) { depth += 1 }
                if bytes[(index + 1)..<(index + 5)].elementsEqual("/div".utf8) { depth -= 1 }
                if depth < 0 { return true }
            }
            index += 1
        }
        return false
    }
}
