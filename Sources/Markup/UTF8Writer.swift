/// Writes and repairs UTF-8.
public enum UTF8Writer {
    /// Appends a scalar; U+FFFD for what is none.
    public static func append(_ value: UInt32, to output: inout [UInt8]) {
        switch value {
        case 0..<0x80: output.append(UInt8(value))
        case 0x80..<0x800:
            output.append(UInt8(0xC0 | value >> 6))
            output.append(UInt8(0x80 | value & 0x3F))
        case 0x800..<0xD800, 0xE000..<0x1_0000:
            output.append(UInt8(0xE0 | value >> 12))
            output.append(UInt8(0x80 | value >> 6 & 0x3F))
            output.append(UInt8(0x80 | value & 0x3F))
        case 0x1_0000..<0x11_0000:
            output.append(UInt8(0xF0 | value >> 18))
            output.append(UInt8(0x80 | value >> 12 & 0x3F))
            output.append(UInt8(0x80 | value >> 6 & 0x3F))
            output.append(UInt8(0x80 | value & 0x3F))
        default: output.append(contentsOf: [0xEF, 0xBF, 0xBD])
        }
    }

    /// The bytes as a string. Sequences that are not UTF-8 are read as windows-1252, which is what they nearly
    /// always are; `wasRepaired` says that there were some.
    ///
    /// Control characters that XML forbids are left out, and U+0080…U+009F, which nobody means, are read as the
    /// windows-1252 characters of these numbers.
    public static func string(_ source: ArraySlice<UInt8>) -> (text: String, wasRepaired: Bool) {
        let look = survey(source)
        if look == .plainASCII {
            // Cannot fail, and costs less than validating.
            return (source.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }, false)
        }
        let bytes = look == .suspect && hasControls(source) ? withoutControls(source)[...] : source
        if let text = bytes.withUnsafeBufferPointer({ String(validating: $0, as: UTF8.self) }) {
            return (text, false)
        }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 4)
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let length = sequenceLength(bytes, at: position)
            if length > 0 {
                output.append(contentsOf: bytes[position..<(position + length)])
                position += length
            } else {
                let byte = bytes[position]
                let scalar =
                    byte < 0xA0 ? UInt32(CharacterReferences.windows1252[Int(byte) - 0x80]) : UInt32(byte)
                append(scalar, to: &output)
                position += 1
            }
        }
        return (String(decoding: output, as: UTF8.self), true)
    }

    private enum Survey {
        case plainASCII, plain, suspect
    }

    /// A quick look without a branch in its loop, so that it becomes vector code.
    private static func survey(_ bytes: ArraySlice<UInt8>) -> Survey {
        bytes.withUnsafeBufferPointer { buffer in
            var found: UInt8 = 0
            var all: UInt8 = 0
            for byte in buffer {
                let isControl: UInt8 = byte < 0x20 && byte != 0x0A && byte != 0x0D && byte != 0x09 ? 1 : 0
                found |= isControl | (byte == 0xC2 ? 1 : 0)
                all |= byte
            }
            return found != 0 ? .suspect : all < 0x80 ? .plainASCII : .plain
        }
    }

    private static func hasControls(_ bytes: ArraySlice<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for byte in bytes {
            if byte < 0x20, byte != 0x0A, byte != 0x0D, byte != 0x09 { return true }
            if previous == 0xC2, byte >= 0x80, byte < 0xA0 { return true }
            previous = byte
        }
        return false
    }

    private static func withoutControls(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + 16)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == 0xC2, index + 1 < bytes.endIndex, bytes[index + 1] >= 0x80, bytes[index + 1] < 0xA0 {
                let scalar = CharacterReferences.windows1252[Int(bytes[index + 1]) - 0x80]
                // The five that windows-1252 does not have stay out.
                if scalar >= 0xA0 { append(UInt32(scalar), to: &output) }
                index += 2
                continue
            }
            if byte >= 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { output.append(byte) }
            index += 1
        }
        return output
    }

    /// Bytes of the well-formed sequence at `start` (Unicode, table 3-7), 0 when there is none.
    static func sequenceLength(_ bytes: ArraySlice<UInt8>, at start: Int) -> Int {
        let first = bytes[start]
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch first {
        case 0..<0x80: return 1
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, low) = (3, 0xA0)
        case 0xED: (length, high) = (3, 0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, low) = (4, 0x90)
        case 0xF4: (length, high) = (4, 0x8F)
        case 0xF1...0xF3: length = 4
        default: return 0
        }
        guard start + length <= bytes.endIndex else { return 0 }
        for offset in 1..<length {
            let byte = bytes[start + offset]
            if byte < low || byte > high { return 0 }
            (low, high) = (0x80, 0xBF)
        }
        return length
    }
}
