import Markup

/// HTML gives text that is folded, and no longer than what its references can stand for.
enum TextTarget {
    static func test(_ bytes: [UInt8]) {
        let html = String(decoding: bytes, as: UTF8.self)
        let text = HTMLText.plainText(html)
        // `&nGt;` gives six bytes for five; nothing gives more than two for one.
        precondition(text.utf8.count <= 2 * html.utf8.count, "text that grew")
        precondition(isFolded(Array(text.utf8)), "white space that was not folded")
        tokensCoverTheirBytes(Array(html.utf8), syntax: .html)
        tokensCoverTheirBytes(Array(html.utf8), syntax: .xml)
    }

    private static func isFolded(_ text: [UInt8]) -> Bool {
        guard let first = text.first, let last = text.last else { return true }
        return !first.isMarkupSpace && !last.isMarkupSpace
            && !zip(text, text.dropFirst()).contains { $0.isMarkupSpace && $1.isMarkupSpace }
    }

    /// Tokens come in order, lie in the bytes and do not overlap; attributes lie in their tag.
    private static func tokensCoverTheirBytes(_ bytes: [UInt8], syntax: MarkupTokenizer.Syntax) {
        var tokenizer = MarkupTokenizer(syntax: syntax)
        tokenizer.append(bytes)
        tokenizer.end()
        var end = 0
        while let token = tokenizer.next() {
            precondition(token.outer.lowerBound >= end, "tokens that overlap")
            precondition(
                token.outer.contains(token.range) || token.range.isEmpty, "a token beyond its outside")
            end = token.outer.upperBound
            precondition(end <= tokenizer.bytes.count, "a token beyond the bytes")
            guard token.kind == .startTag else { continue }
            for attribute in tokenizer.attributes {
                precondition(
                    token.outer.contains(attribute.name)
                        && token.outer.lowerBound <= attribute.value.lowerBound
                        && token.outer.upperBound >= attribute.value.upperBound,
                    "an attribute beyond its tag")
            }
        }
        precondition(tokenizer.isDrained, "bytes left over")
    }
}
