/// Text from feeds made fit for a terminal: one line, no control sequences, measured in columns.
enum PrintableText {
    /// The text on one line. Control and formatting characters, which could move the cursor, change the colour
    /// or reverse the reading direction of what follows, become spaces; runs of spaces become one.
    static func line(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var pendingSpace = false
        for scalar in text.unicodeScalars {
            if isSpace(scalar) {
                pendingSpace = !result.isEmpty
            } else {
                if pendingSpace { result.append(" ") }
                pendingSpace = false
                result.append(scalar)
            }
        }
        return String(result)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate: true
        // Joiners shape Persian, Indic scripts and emoji and do nothing else.
        case .format: scalar.value != 0x200C && scalar.value != 0x200D
        default: false
        }
    }

    /// How many terminal columns the text takes; Chinese characters take two, combining marks none.
    static func width(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + width(of: $1) }
    }

    /// The text cut to at most `limit` columns, with `…` where something is missing.
    static func fitting(_ text: String, _ limit: Int) -> String {
        guard width(text) > limit else { return text }
        guard limit > 0 else { return "" }
        var used = 0
        var end = text.startIndex
        for index in text.indices {
            used += width(of: text[index])
            if used > limit - 1 { break }
            end = text.index(after: index)
        }
        return text[..<end] + "…"
    }

    private static func width(of character: Character) -> Int {
        if character.isASCII { return 1 }
        return character.unicodeScalars.map(width(of:)).max() ?? 0
    }

    private static func width(of scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        if scalar.properties.isIdeographic || scalar.properties.isEmojiPresentation { return 2 }
        // Swift does not know East_Asian_Width (UAX 11); these blocks are the wide ones that news are written in.
        return switch scalar.value {
        case 0x1100...0x115F, 0x3000...0x303E, 0x3041...0x33FF, 0xAC00...0xD7A3: 2
        case 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6: 2
        default: 1
        }
    }
}
