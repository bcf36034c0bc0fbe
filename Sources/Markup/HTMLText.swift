/// Plain text of HTML: tags out, character references decoded, white space folded.
public enum HTMLText {
    /// The text a reader would see. Block elements end lines, runs of white space are one space, and the content
    /// of `script`, `style` and their like is left out.
    public static func plainText(_ html: String) -> String {
        let bytes = Array(html.utf8)
        guard bytes.contains(where: { $0 == 0x3C || $0 == 0x26 }) else { return foldWhitespace(html) }
        let span = bytes.span
        var scanner = MarkupScanner(syntax: .html)
        scanner.end()
        var writer = Writer(capacity: bytes.count)
        var decoded: [UInt8] = []
        var noEntities = EntityTable()
        while scanner.advance(in: span) {
            switch scanner.token.kind {
            case .text:
                decoded.removeAll(keepingCapacity: true)
                CharacterReferences.decode(
                    span, in: scanner.token.range, context: .html, entities: &noEntities, into: &decoded)
                writer.write(decoded[...])
            case .cdata: writer.write(bytes[scanner.token.range])
            case .startTag, .endTag:
                if blocks.contains(scanner.name.lowered) { writer.breakLine() }
            }
        }
        return String(decoding: writer.output, as: UTF8.self)
    }

    /// Runs of white space (no-break space included) as one space, none at either end.
    public static func foldWhitespace(_ text: String) -> String {
        var writer = Writer(capacity: text.utf8.count)
        writer.write(Array(text.utf8)[...])
        return String(decoding: writer.output, as: UTF8.self)
    }

    /// Elements that begin and end a line (HTML standard, 15.3.3 "flow content", plus `br` and table parts).
    private static let blocks: Set<MarkupName> = [
        "address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "details", "dialog",
        "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option",
        "p",
        "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr",
        "ul",
    ]

    /// Folds white space while bytes come.
    private struct Writer {
        var output: [UInt8] = []
        /// 0 none, 1 space, 2 line: what stands before the next character.
        private var pending = 0

        init(capacity: Int) { output.reserveCapacity(capacity) }

        mutating func breakLine() { pending = 2 }

        mutating func write(_ bytes: ArraySlice<UInt8>) {
            var index = bytes.startIndex
            let end = bytes.endIndex
            while index < end {
                let byte = bytes[index]
                if byte.isMarkupSpace {
                    pending = max(pending, 1)
                    index += 1
                } else if byte == 0xC2, index + 1 < end, bytes[index + 1] == 0xA0 {
                    pending = max(pending, 1)
                    index += 2
                } else {
                    if pending > 0, !output.isEmpty { output.append(pending == 2 ? 0x0A : 0x20) }
                    pending = 0
                    let start = index
                    index += 1
                    while index < end, !bytes[index].isMarkupSpace, bytes[index] != 0xC2 { index += 1 }
                    output.append(contentsOf: bytes[start..<index])
                }
            }
        }
    }
}
