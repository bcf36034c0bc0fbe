/// One form for texts that mean the same and were typed, encoded or set differently.
package enum TextFolding {
    /// NFKC; zero-width characters, soft hyphens, tatweel and bidirectional marks out; quotation marks, apostrophes and
    /// dashes in their ASCII forms; runs of white space as one space (a line break if one is among them), none at the
    /// ends. Case and diacritics stay. Markup must be gone already.
    package static func fold(_ text: String) -> String {
        var output = Output(capacity: text.utf8.count)
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            for scalar in text.unicodeScalars { output.add(scalar) }
        } else {
            // ICU works in UTF-16; a string in between would cost more than the folding.
            var decoder = UTF16()
            var units = UnicodeMapping.nfkc(Array(text.utf16)).makeIterator()
            while case .scalarValue(let scalar) = decoder.decode(&units) { output.add(scalar) }
        }
        return String(decoding: output.bytes, as: UTF8.self)
    }

    /// The folded text as it is written.
    private struct Output {
        private(set) var bytes: [UInt8] = []
        /// White space that waits for what follows it.
        private var pending: UInt8 = 0

        init(capacity: Int) { bytes.reserveCapacity(capacity) }

        mutating func add(_ scalar: Unicode.Scalar) {
            switch replacement(scalar) {
            case .drop: break
            case .space: if pending == 0 { pending = 0x20 }
            case .newline: pending = 0x0A
            case .byte(let byte):
                flush()
                bytes.append(byte)
            case .keep:
                flush()
                bytes.append(contentsOf: scalar.utf8)
            }
        }

        private mutating func flush() {
            if pending != 0, !bytes.isEmpty { bytes.append(pending) }
            pending = 0
        }
    }

    /// Whether a scalar that NFKC leaves as it is stays in the text.
    static func keeps(_ scalar: Unicode.Scalar) -> Bool { replacement(scalar) == .keep }

    private enum Replacement: Equatable { case keep, drop, space, newline, byte(UInt8) }

    private static func replacement(_ scalar: Unicode.Scalar) -> Replacement {
        let value = scalar.value
        if value < 0x80 {
            switch value {
            case 0x0A, 0x0D: return .newline
            case 0...0x20, 0x7F: return .space
            // The grave accent as an apostrophe or opening quotation mark.
            case 0x60: return .byte(0x27)
            default: return .byte(UInt8(truncatingIfNeeded: value))
            }
        }
        switch value {
        case 0x85, 0x2028, 0x2029: return .newline
        // Tatweel lengthens a line, not a word.
        case 0x0640: return .drop
        case 0x00B4, 0x2018...0x201B, 0x2032, 0x02B9, 0x02BB...0x02BD, 0x02C8, 0x055A, 0xA78B, 0xA78C:
            return .byte(0x27)
        case 0x00AB, 0x00BB, 0x201C...0x201F, 0x2033, 0x2036, 0x2039, 0x203A, 0x300C...0x300F,
            0x301D...0x301F:
            return .byte(0x22)
        case 0x2010...0x2015, 0x2212, 0x2E3A, 0x2E3B: return .byte(0x2D)
        default: break
        }
        switch ScalarClass(scalar).kind {
        case .ignorable: return .drop
        case .space: return .space
        default: return .keep
        }
    }
}
