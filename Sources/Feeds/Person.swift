/// Reads the ways in which feeds write a person on one line.
enum Person {
    /// The name out of `mail (Name)`, `Name (mail)` or `Name <mail>`; the text itself when it is one thing only.
    static func name(in text: String) -> String {
        // Most authors are a name alone.
        guard text.utf8.contains(0x40) else { return text }
        for (opening, closing) in [("(", ")"), ("<", ">")] as [(Character, Character)] {
            guard let open = text.firstIndex(of: opening), text.last == closing else { continue }
            let before = trimmed(text[..<open])
            let inside = trimmed(text[text.index(after: open)...].dropLast())
            if isMail(before), !inside.isEmpty { return String(inside) }
            if isMail(inside), !before.isEmpty { return String(before) }
        }
        return text
    }

    private static func isMail(_ text: Substring) -> Bool {
        text.contains("@") && !text.contains(where: \.isWhitespace)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
