import CPlatform
import Glibc

/// Turns bytes of one encoding into UTF-8 as they come.
public struct TextDecoder: Sendable {
    private let encoding: TextEncoding
    /// Bytes of a character that is not all there.
    private var rest: [UInt8] = []
    /// UTF-8 of each byte, for encodings of one byte per character; nil for the others.
    private let table: [[UInt8]]?

    /// A decoder at the start of a text.
    public init(encoding: TextEncoding) {
        self.encoding = encoding
        if case .iconv(let name) = encoding.form {
            table = Self.table(name)
        } else {
            table = nil
        }
    }

    /// Whether bytes may be handed on as they are.
    public var isIdentity: Bool { encoding.form == .utf8 }

    /// Decodes the next bytes; what is malformed gives U+FFFD.
    public mutating func decode(_ bytes: [UInt8]) -> [UInt8] {
        switch encoding.form {
        case .utf8: return bytes
        case .utf16(let bigEndian): return decode16(bytes, bigEndian: bigEndian)
        case .utf32(let bigEndian): return decode32(bytes, bigEndian: bigEndian)
        case .iconv(let name):
            guard let table else { return convert(name, bytes, isLast: false) }
            var output: [UInt8] = []
            output.reserveCapacity(bytes.count + bytes.count / 2)
            for byte in bytes {
                if byte < 0x80, table[Int(byte)].count == 1 {
                    output.append(table[Int(byte)][0])
                } else {
                    output.append(contentsOf: table[Int(byte)])
                }
            }
            return output
        }
    }

    /// Ends the text and decodes what was held back.
    public mutating func finish() -> [UInt8] {
        guard !rest.isEmpty else { return [] }
        if case .iconv(let name) = encoding.form { return convert(name, [], isLast: true) }
        rest = []
        return Self.replacement
    }

    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    // MARK: Unicode forms

    private mutating func decode16(_ bytes: [UInt8], bigEndian: Bool) -> [UInt8] {
        let input = rest + bytes
        var output: [UInt8] = []
        output.reserveCapacity(input.count)
        func unit(_ index: Int) -> UInt32 {
            let (first, second) = (UInt32(input[index]), UInt32(input[index + 1]))
            return bigEndian ? first << 8 | second : second << 8 | first
        }
        var index = 0
        while index + 1 < input.count {
            let value = unit(index)
            if value >= 0xD800, value < 0xDC00 {
                guard index + 3 < input.count else { break }
                let low = unit(index + 2)
                if low >= 0xDC00, low < 0xE000 {
                    UTF8Writer.append(0x1_0000 + (value - 0xD800) << 10 + (low - 0xDC00), to: &output)
                    index += 4
                    continue
                }
            }
            UTF8Writer.append(value, to: &output)
            index += 2
        }
        rest = Array(input[index...])
        return output
    }

    private mutating func decode32(_ bytes: [UInt8], bigEndian: Bool) -> [UInt8] {
        let input = rest + bytes
        var output: [UInt8] = []
        output.reserveCapacity(input.count / 2)
        var index = 0
        while index + 3 < input.count {
            var value: UInt32 = 0
            for offset in 0..<4 {
                value = value << 8 | UInt32(input[index + (bigEndian ? offset : 3 - offset)])
            }
            UTF8Writer.append(value, to: &output)
            index += 4
        }
        rest = Array(input[index...])
        return output
    }

    // MARK: iconv

    /// Whether iconv knows an encoding by this name.
    static func isKnown(_ name: String) -> Bool {
        guard let handle = csystem_iconv_open("UTF-8", name) else { return false }
        csystem_iconv_close(handle)
        return true
    }

    /// Whether the encoding reads `<?xml` as ASCII does.
    static func decodesASCII(_ encoding: TextEncoding) -> Bool {
        var decoder = TextDecoder(encoding: encoding)
        let probe = Array("<?xml ".utf8)
        return decoder.decode(probe) + decoder.finish() == probe
    }

    /// Whether every character of the encoding is one byte.
    static func hasOneByteEach(_ encoding: TextEncoding) -> Bool {
        TextDecoder(encoding: encoding).table != nil
    }

    /// The UTF-8 of all 256 bytes, nil where a byte alone is no character.
    private static func table(_ name: String) -> [[UInt8]]? {
        guard let handle = csystem_iconv_open("UTF-8", name) else { return nil }
        defer { csystem_iconv_close(handle) }
        var table: [[UInt8]] = []
        for byte in UInt8.min...UInt8.max {
            var character: [UInt8] = []
            let result = step(handle, [byte][...], into: &character)
            // Vietnamese and Hebrew letters wait for an accent that may follow.
            character += flush(handle)
            switch (result.code, result.used) {
            case (EINVAL, _): return nil
            case (0, 1):
                // What gives nothing shifts the meaning of what follows.
                guard !character.isEmpty else { return nil }
                table.append(character)
            default:
                // Browsers keep the holes of the windows encodings as control characters.
                var output: [UInt8] = []
                UTF8Writer.append(byte < 0xA0 ? UInt32(byte) : 0xFFFD, to: &output)
                table.append(output)
            }
        }
        return table
    }

    /// What the conversion holds back; it is at its start again.
    private static func flush(_ handle: UnsafeMutableRawPointer) -> [UInt8] {
        // A character or two.
        [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
            csystem_iconv_flush(handle, buffer.baseAddress, buffer.count, &count)
        }
    }

    /// One call of iconv: what came out, errno or 0, and the bytes used.
    private static func step(
        _ handle: UnsafeMutableRawPointer, _ input: ArraySlice<UInt8>, into output: inout [UInt8]
    ) -> (code: Int32, used: Int) {
        // No encoding that iconv knows gives more than four bytes of UTF-8 a byte.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: input.count * 4 + 16) { buffer in
            var (count, used, code) = (0, 0, Int32(0))
            input.withUnsafeBufferPointer { source in
                code = csystem_iconv(
                    handle, source.baseAddress, source.count, &used, buffer.baseAddress, buffer.count, &count)
            }
            output.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[..<count]))
            return (code, used)
        }
    }

    /// Encodings of several bytes per character in which no character changes the meaning of those that follow.
    private static let stateless: Set<String> = ["GB18030", "EUC-JP-MS", "CP932", "CP949"]

    /// Bytes up to where what follows cannot change what they mean. In Big5 a letter may wait for an accent, but not
    /// beyond an ASCII character, and those below 0x40 are in no other character.
    private static func settledBytes(_ bytes: [UInt8], _ name: String) -> Int {
        guard name == "BIG5-HKSCS", let last = bytes.lastIndex(where: { $0 < 0x40 }) else { return 0 }
        return last + 1
    }

    /// Bytes for one call of iconv, which stops at each malformed byte: with room for all that follows, made anew each
    /// time, a large document of nothing else would take hours. Little enough for the room to be on the stack.
    private static let stepBytes = 240

    /// Converts with a fresh descriptor, so that the decoder stays a value. Encodings that may have states (shifts,
    /// or letters that wait for an accent) keep everything until the end for that reason.
    private mutating func convert(_ name: String, _ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        rest.append(contentsOf: bytes)
        let ready = isLast || Self.stateless.contains(name) ? rest.count : Self.settledBytes(rest, name)
        guard ready > 0 else { return [] }
        guard let handle = csystem_iconv_open("UTF-8", name) else { return [] }
        defer { csystem_iconv_close(handle) }
        var output: [UInt8] = []
        var position = 0
        while position < ready {
            let end = min(ready, position + Self.stepBytes)
            let result = Self.step(handle, rest[position..<end], into: &output)
            position += result.used
            if result.code == EINVAL {
                // A character cut at the end of the step, or of what came.
                if end < ready, result.used > 0 { continue }
                if isLast {
                    output.append(contentsOf: Self.replacement)
                    position = ready
                }
                break
            }
            if result.code != 0, position < ready {
                output.append(contentsOf: Self.replacement)
                position += 1
            }
        }
        rest.removeFirst(min(position, rest.count))
        return output + Self.flush(handle)
    }
}
