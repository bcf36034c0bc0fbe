import Markup

/// Reads the ways in which feeds write a person on one line.
enum Person {
    /// The name out of `mail (Name)`, `Name (mail)` or `Name <mail>`; the text itself when it is one thing only.
    static func name(in text: String) -> String {
        // Most authors are a name alone.
        guard text.utf8.contains(0x40) else { return text }
        let bytes = Array(text.utf8)
        for (opening, closing) in [(0x28, 0x29), (0x3C, 0x3E)] as [(UInt8, UInt8)] where bytes.last == closing
        {
            guard let open = bytes.firstIndex(of: opening) else { continue }
            let before = trimmed(bytes[..<open])
            let inside = trimmed(bytes[(open + 1)...].dropLast())
            if isMail(before), !inside.isEmpty { return String(decoding: inside, as: UTF8.self) }
            if isMail(inside), !before.isEmpty { return String(decoding: before, as: UTF8.self) }
        }
        return text
    }

    private static func isMail(_ text: ArraySlice<UInt8>) -> Bool {
        text.contains(0x40) && !text.contains { $0.isMarkupSpace }
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text
        while let first = text.first, first.isMarkupSpace { text.removeFirst() }
        while let last = text.last, last.isMarkupSpace { text.removeLast() }
        return text
    }
}
