import Markup

/// Reads the ways in which feeds write a person on one line.
enum Person {
    /// Where the name stands in `mail (Name)`, `Name (mail)` or `Name <mail>`; all of it when it is one thing only.
    static func name(in bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        // Most authors are a name alone.
        guard !range.isEmpty, bytes.firstIndex(of: 0x40, in: range) != nil else { return range }
        let opening: UInt8
        switch bytes[range.upperBound - 1] {
        case 0x29: opening = 0x28
        case 0x3E: opening = 0x3C
        default: return range
        }
        guard let open = bytes.firstIndex(of: opening, in: range) else { return range }
        let before = bytes.trimmed(range.lowerBound..<open)
        let inside = bytes.trimmed((open + 1)..<(range.upperBound - 1))
        if isMail(bytes, before), !inside.isEmpty { return inside }
        if isMail(bytes, inside), !before.isEmpty { return before }
        return range
    }

    private static func isMail(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var hasAt = false
        for index in range {
            if bytes[index].isMarkupSpace { return false }
            if bytes[index] == 0x40 { hasAt = true }
        }
        return hasAt
    }
}
