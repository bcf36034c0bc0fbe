import Markup

/// Reads JSON (RFC 8259) value by value, so that what nobody asks for costs nothing but its bytes.
///
/// Tolerant where nothing is lost by it: unknown escapes mean their character, a comma may stand before an end, and
/// brackets of values passed over need only be balanced. Nothing recurses on the depth of the input.
struct JSONScanner {
    /// Where the text is cut or is no JSON.
    struct Fault: Error {
        let offset: Int
    }

    let bytes: [UInt8]
    /// The next byte to be read.
    private(set) var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The first byte of the next value or mark, white space passed over; nil at the end.
    mutating func peek() -> UInt8? {
        while index < bytes.count, bytes[index].isMarkupSpace { index += 1 }
        return index < bytes.count ? bytes[index] : nil
    }

    private mutating func accept(_ mark: UInt8) -> Bool {
        guard peek() == mark else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ mark: UInt8) throws(Fault) {
        guard accept(mark) else { throw Fault(offset: index) }
    }

    // MARK: Containers

    /// Calls `read` with each key of an object; it reads or skips the value.
    mutating func members(
        _ read: (inout JSONScanner, _ key: String) throws(Fault) -> Void
    ) throws(Fault) {
        try expect(0x7B)
        while !accept(0x7D) {
            // Of known keys none is longer.
            let key = try string(atMost: 64).text
            try expect(0x3A)
            try read(&self, key)
            guard accept(0x2C) else { return try expect(0x7D) }
        }
    }

    /// Calls `read` at each value of an array; it reads or skips the value.
    mutating func elements(_ read: (inout JSONScanner) throws(Fault) -> Void) throws(Fault) {
        try expect(0x5B)
        while !accept(0x5D) {
            try read(&self)
            guard accept(0x2C) else { return try expect(0x5D) }
        }
    }

    /// Passes over a value, whatever is in it.
    mutating func skip() throws(Fault) {
        var depth = 0
        repeat {
            switch peek() {
            case 0x7B, 0x5B:
                depth += 1
                index += 1
            case 0x7D, 0x5D:
                depth -= 1
                guard depth >= 0 else { throw Fault(offset: index) }
                index += 1
            case 0x2C, 0x3A:
                guard depth > 0 else { throw Fault(offset: index) }
                index += 1
            case 0x22: _ = try string(atMost: 0)
            default: _ = try scalar()
            }
        } while depth > 0
    }

    // MARK: Values

    /// A number, `true`, `false` or `null` as written.
    mutating func scalar() throws(Fault) -> ArraySlice<UInt8> {
        guard let first = peek(), first.isASCIILetter || first.isASCIIDigit || first == 0x2D else {
            throw Fault(offset: index)
        }
        let start = index
        while index < bytes.count, !Self.endsScalar(bytes[index]) { index += 1 }
        // A number may go on behind the end of the text.
        guard index < bytes.count else { throw Fault(offset: index) }
        return bytes[start..<index]
    }

    private static func endsScalar(_ byte: UInt8) -> Bool {
        byte.isMarkupSpace || byte == 0x2C || byte == 0x5D || byte == 0x7D || byte == 0x3A || byte == 0x22
    }

    /// A string of at most `limit` bytes; a longer one is cut at a character.
    mutating func string(atMost limit: Int) throws(Fault) -> (text: String, isCut: Bool) {
        try expect(0x22)
        var output: [UInt8] = []
        while index < bytes.count {
            let start = index
            while index < bytes.count, bytes[index] != 0x22, bytes[index] != 0x5C { index += 1 }
            guard index < bytes.count else { break }
            // A few bytes more than are kept, so that the last character can be seen whole.
            let room = max(0, limit + 4 - output.count)
            output.append(contentsOf: bytes[start..<min(index, start + room)])
            if bytes[index] == 0x22 {
                index += 1
                return bounded(output, limit)
            }
            try escape(into: &output, isKept: output.count <= limit)
        }
        throw Fault(offset: bytes.count)
    }

    private func bounded(_ output: [UInt8], _ limit: Int) -> (text: String, isCut: Bool) {
        guard output.count > limit else { return (UTF8Writer.string(output[...]).text, false) }
        var end = limit
        while end > 0, output[end] & 0xC0 == 0x80 { end -= 1 }
        return (UTF8Writer.string(output[..<end]).text, true)
    }

    private mutating func escape(into output: inout [UInt8], isKept: Bool) throws(Fault) {
        guard index + 1 < bytes.count else { throw Fault(offset: bytes.count) }
        let letter = bytes[index + 1]
        index += 2
        let value: UInt32
        switch letter {
        case 0x62: value = 0x08
        case 0x66: value = 0x0C
        case 0x6E: value = 0x0A
        case 0x72: value = 0x0D
        case 0x74: value = 0x09
        case 0x75: value = unicodeEscape()
        default: value = UInt32(letter)
        }
        guard isKept else { return }
        // A byte beyond ASCII behind a backslash is part of a character that follows.
        if letter >= 0x80 { output.append(letter) } else { UTF8Writer.append(value, to: &output) }
    }

    /// The scalar of `XXXX`, of two such escapes where they are a pair; half a pair and bad digits give U+FFFD.
    private mutating func unicodeEscape() -> UInt32 {
        guard let first = hexadecimal(at: index) else { return 0xFFFD }
        index += 4
        guard first >= 0xD800, first < 0xDC00, index + 1 < bytes.count, bytes[index] == 0x5C,
            bytes[index + 1] == 0x75, let second = hexadecimal(at: index + 2), second >= 0xDC00,
            second < 0xE000
        else { return first }
        index += 6
        return 0x1_0000 + (first - 0xD800) << 10 + (second - 0xDC00)
    }

    private func hexadecimal(at start: Int) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[start..<(start + 4)] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46, 0x61...0x66: value = value << 4 | UInt32((byte | 0x20) - 0x57)
            default: return nil
            }
        }
        return value
    }
}
