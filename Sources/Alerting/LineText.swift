/// Makes text from feeds safe to print within one line.
enum LineText {
    /// 400 characters: no headline needs more, and a line stays a line.
    static let maxCharacters = 400
    /// Four bytes for each of them: one character may carry marks without end.
    static let maxCharacterBytes = 4

    /// Control characters, and what Unicode or a terminal takes for the end of a line.
    static func breaksLine(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// The marks, embeddings, overrides and isolates of the bidirectional algorithm (UAX #9): within a title
    /// they could show the rest of the line in another order.
    static func turnsDirection(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// `text` as a field of a line: white space and control characters become one space, marks of direction
    /// and other invisible formatting go, ` · `, which separates fields, becomes ` - `, and what is longer than
    /// `maxCharacters` is cut.
    static func field(_ text: String) -> String {
        field(text, maxCharacters: maxCharacters)
    }

    /// The same with another limit.
    static func field(_ text: String, maxCharacters: Int) -> String {
        var out = String.UnicodeScalarView()
        var isPendingSpace = false
        for scalar in text.unicodeScalars {
            if breaksLine(scalar) || scalar.properties.isWhitespace {
                isPendingSpace = true
                continue
            }
            if isInvisible(scalar) { continue }
            if isPendingSpace, !out.isEmpty { out.append(" ") }
            isPendingSpace = false
            out.append(scalar)
        }
        let line = cut(withoutSeparators(String(out)), to: maxCharacters) { _ in 1 }
        return cut(line, to: maxCharacters * maxCharacterBytes, size: \.utf8.count)
    }

    /// `text` as it is when it fits, else as many whole characters from its beginning as fit with … after them.
    static func cut(_ text: String, to limit: Int, size: (Character) -> Int) -> String {
        var total = 0
        var end = text.startIndex
        for index in text.indices {
            total += size(text[index])
            if total > limit { return text[..<end] + "…" }
            if total + size("…") <= limit { end = text.index(after: index) }
        }
        return text
    }

    /// `url` as a field of a line: as it is, but for bytes that a URL cannot hold bare.
    static func address(_ url: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in url.unicodeScalars {
            guard breaksLine(scalar) || isInvisible(scalar) || scalar.properties.isWhitespace || scalar == "·"
            else {
                out.append(scalar)
                continue
            }
            let encoded = String(scalar).utf8.flatMap(percentEncoded)
            out.append(contentsOf: String(decoding: encoded, as: UTF8.self).unicodeScalars)
        }
        return String(String(out).prefix(2048))
    }

    /// `%2F` for a slash (RFC 3986 section 2.1).
    static func percentEncoded(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    /// Joiners stay: Persian and emoji are spelled with them.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value != 0x200C, scalar.value != 0x200D else { return false }
        return scalar.properties.generalCategory == .format
    }

    private static func withoutSeparators(_ line: String) -> String {
        guard line.unicodeScalars.contains("·") else { return line }
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        return words.map { $0 == "·" ? "-" : $0 }.joined(separator: " ")
    }
}
