/// Decodes character and entity references of XML and HTML.
public enum CharacterReferences {
    /// Where the references stand, which decides how tolerant the reading is.
    public enum Context: Sendable {
        /// Markup of a feed: named references need their semicolon, so that `?a=1&copy=2` stays an address.
        case xml
        /// Text of HTML: the names that browsers know without a semicolon are taken so.
        case html
    }

    /// Bytes of a reference from its ampersand to its semicolon; longer ones are characters.
    public static let maxBytes = EntityTable.maxNameBytes + 2

    /// The ampersand of a reference that may go on behind `end`.
    public static func unfinished(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        guard
            let ampersand = ByteScan.lastIndex(
                of: 0x26, in: bytes, from: max(start, end - maxBytes), to: end),
            ByteScan.index(of: 0x3B, in: bytes, from: ampersand, to: end) == nil
        else { return nil }
        return ampersand
    }

    /// Appends `bytes[range]` to `output` with its references decoded.
    ///
    /// A reference that means nothing stays as it is. Numbers 128…159 are read as windows-1252, as browsers do
    /// (HTML standard, 13.2.5.80); numbers that are no character give U+FFFD.
    public static func decode(
        _ bytes: Span<UInt8>, in range: Range<Int>, context: Context, entities: inout EntityTable,
        into output: inout [UInt8]
    ) {
        var position = range.lowerBound
        let end = range.upperBound
        while position < end {
            guard let ampersand = ByteScan.index(of: 0x26, in: bytes, from: position, to: end) else {
                output.append(bytes, position..<end)
                return
            }
            if ampersand > position { output.append(bytes, position..<ampersand) }
            position = reference(bytes, at: ampersand, end: end, context, &entities, &output)
        }
    }

    /// The same for bytes in an array.
    public static func decode(
        _ bytes: [UInt8], in range: Range<Int>, context: Context, entities: inout EntityTable,
        into output: inout [UInt8]
    ) {
        decode(bytes.span, in: range, context: context, entities: &entities, into: &output)
    }

    /// Decodes the reference at `start` (an ampersand) and returns where reading goes on.
    private static func reference(
        _ bytes: Span<UInt8>, at start: Int, end: Int, _ context: Context, _ entities: inout EntityTable,
        _ output: inout [UInt8]
    ) -> Int {
        // Nearly all references are these four.
        if start + 3 < end {
            let first = bytes[start + 1]
            let second = bytes[start + 2]
            let third = bytes[start + 3]
            if second == 0x74, third == 0x3B {
                if first == 0x6C {
                    output.append(0x3C)
                    return start + 4
                }
                if first == 0x67 {
                    output.append(0x3E)
                    return start + 4
                }
            }
            if first == 0x61, second == 0x6D, third == 0x70, start + 4 < end, bytes[start + 4] == 0x3B {
                output.append(0x26)
                return start + 5
            }
            if first == 0x71, second == 0x75, third == 0x6F, start + 5 < end, bytes[start + 4] == 0x74,
                bytes[start + 5] == 0x3B
            {
                output.append(0x22)
                return start + 6
            }
        }
        if start + 2 < end, bytes[start + 1] == 0x23 { return numeric(bytes, at: start, end: end, &output) }
        return named(bytes, at: start, end: end, context, &entities, &output)
    }

    private static func numeric(
        _ bytes: Span<UInt8>, at start: Int, end: Int, _ output: inout [UInt8]
    ) -> Int {
        var position = start + 2
        let isHexadecimal = position < end && bytes[position] | 0x20 == 0x78
        if isHexadecimal { position += 1 }
        var value: UInt32 = 0
        let firstDigit = position
        let limit = min(end, start + maxBytes)
        while position < limit {
            let byte = bytes[position]
            let digit: UInt32
            if byte.isASCIIDigit {
                digit = UInt32(byte - 0x30)
            } else if isHexadecimal, byte | 0x20 >= 0x61, byte | 0x20 <= 0x66 {
                digit = UInt32((byte | 0x20) - 0x57)
            } else {
                break
            }
            // Saturates: anything above U+10FFFF is no character.
            value = min(0x11_0000, value * (isHexadecimal ? 16 : 10) + digit)
            position += 1
        }
        guard position > firstDigit, position < start + maxBytes else {
            output.append(0x26)
            return start + 1
        }
        UTF8Writer.append(scalar(value), to: &output)
        return position < end && bytes[position] == 0x3B ? position + 1 : position
    }

    private static func named(
        _ bytes: Span<UInt8>, at start: Int, end: Int, _ context: Context, _ entities: inout EntityTable,
        _ output: inout [UInt8]
    ) -> Int {
        var stop = start + 1
        let limit = min(end, start + 1 + EntityTable.maxNameBytes)
        while stop < limit, isNameByte(bytes[stop]) { stop += 1 }
        if stop > start + 1, stop < end, bytes[stop] == 0x3B {
            let name = bytes.extracting((start + 1)..<stop)
            if !entities.isEmpty, let value = entities.expansion(of: name) {
                output.append(contentsOf: value)
                return stop + 1
            }
            if name.count <= NamedReferences.longestName, NamedReferences.append(name, to: &output) {
                return stop + 1
            }
        }
        if context == .html {
            // Longest known prefix; the names without a semicolon have at most six letters.
            var length = min(stop - start - 1, 6)
            while length >= 2 {
                let name = bytes.extracting((start + 1)..<(start + 1 + length))
                if NamedReferences.append(name, legacyOnly: true, to: &output) { return start + 1 + length }
                length -= 1
            }
        }
        output.append(0x26)
        return start + 1
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || byte == 0x5F || byte == 0x2D || byte == 0x2E
            || byte == 0x3A || byte >= 0x80
    }

    private static func scalar(_ value: UInt32) -> UInt32 {
        if value >= 0x80, value <= 0x9F { return UInt32(windows1252[Int(value - 0x80)]) }
        // XML forbids the other control characters; they would only do harm in a terminal.
        if value < 0x20, value != 0x09, value != 0x0A, value != 0x0D { return 0xFFFD }
        return value
    }

    /// windows-1252, 0x80…0x9F (WHATWG Encoding standard, index windows-1252).
    static let windows1252: [UInt16] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
        0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ]
}
