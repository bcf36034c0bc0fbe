import Markup
import Testing

@Suite struct MarkupTokenizerTests {
    /// Tokens as text, one per line: `<name a=b>`, `</name>`, `"text"`, `[cdata]`.
    private func tokens(
        _ text: String, syntax: MarkupTokenizer.Syntax = .xml, chunk: Int = .max
    ) -> (tokens: [String], faults: [String]) {
        var tokenizer = MarkupTokenizer(syntax: syntax)
        var found: [String] = []
        var joined: (kind: MarkupToken.Kind, text: String)?
        func flush() {
            if let last = joined { found.append(last.kind == .text ? "\"\(last.text)\"" : "[\(last.text)]") }
            joined = nil
        }
        func drain() {
            while let token = tokenizer.next() {
                let inside = String(decoding: tokenizer.bytes[token.range], as: UTF8.self)
                switch token.kind {
                case .text, .cdata:
                    if joined?.kind != token.kind { flush() }
                    joined = (token.kind, (joined?.text ?? "") + inside)
                case .endTag:
                    flush()
                    found.append("</\(inside)>")
                case .startTag:
                    flush()
                    let attributes = tokenizer.attributes.map {
                        " " + String(decoding: tokenizer.bytes[$0.name], as: UTF8.self) + "="
                            + String(decoding: tokenizer.bytes[$0.value], as: UTF8.self)
                    }
                    found.append("<\(inside)\(attributes.joined())\(token.isSelfClosing ? "/" : "")>")
                }
            }
        }
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let end = chunk > bytes.count - start ? bytes.count : start + chunk
            tokenizer.append(Array(bytes[start..<end]))
            drain()
            start = end
        }
        tokenizer.end()
        drain()
        flush()
        return (found, tokenizer.takeFaults().map(\.kind.rawValue))
    }

    @Test func tagsTextAndAttributesComeInOrder() {
        let found = tokens("<a x=\"1\" y='2' z=3 w><b/>text &amp; more</a>")
        #expect(found.tokens == ["<a x=1 y=2 z=3 w=>", "<b/>", "\"text &amp; more\"", "</a>"])
        #expect(found.faults.isEmpty)
    }

    @Test func commentsInstructionsAndDoctypeAreSkipped() {
        let found = tokens(
            "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b \"<c>\"> <!-- ' -->]><!-- <x> --><a/>")
        #expect(found.tokens == ["<a/>"])
    }

    @Test func cdataMayHoldBracketsAndMarkup() {
        #expect(tokens("<a><![CDATA[x ]] > <b> ]>]]></a>").tokens == ["<a>", "[x ]] > <b> ]>]", "</a>"])
    }

    @Test func greaterThanInsideQuotesDoesNotEndATag() {
        #expect(tokens("<a t=\"x > y\">z").tokens == ["<a t=x > y>", "\"z\""])
    }

    @Test func unclosedQuoteDoesNotSwallowTheDocument() {
        let found = tokens("<a t=\"x><b>y</b></a>")
        #expect(found.tokens == ["<a t=x>", "<b>", "\"y\"", "</b>", "</a>"])
        #expect(found.faults == ["unclosed-quote"])
    }

    @Test func strayLessThanIsText() {
        let found = tokens("<a>1 < 2 <3 <b</a>")
        #expect(found.tokens == ["<a>", "\"1 < 2 <3 <b\"", "</a>"])
        #expect(found.faults == ["stray-less-than", "stray-less-than", "stray-less-than"])
    }

    @Test func scriptAndStyleOfHTMLAreSkipped() {
        let found = tokens("<p>a</p><script>if (a < b) { '</p>' }</script><STYLE>x</STYLE >b", syntax: .html)
        #expect(
            found.tokens == ["<p>", "\"a\"", "</p>", "<script>", "</script>", "<STYLE>", "</STYLE>", "\"b\""])
    }

    @Test(arguments: [
        "<?xml version='1.0'?><!-- c --><a x=\"1 > 0\" y = 'b'>t &amp; u<![CDATA[ ]] ]]]>v</a >",
        "<a><b c='d'/>x < y <?php echo '>' ?>&#x41;</a><!DOCTYPE x [ <!ENTITY y 'z'> ]>",
        "<a title=\"never closed><b>text</b>",
        "<a><!-- never closed",
    ])
    func chunksDoNotChangeTheTokens(text: String) {
        let whole = tokens(text)
        for size in 1...9 {
            let cut = tokens(text, chunk: size)
            #expect(cut.tokens.joinedTexts == whole.tokens.joinedTexts, "chunks of \(size)")
            #expect(cut.faults == whole.faults, "chunks of \(size)")
        }
    }

    @Test func attributesBeyondTheLimitAreLeftOutAndNoted() {
        var text = "<a"
        for index in 0..<100_000 { text += " a\(index)=\"\"" }
        var tokenizer = MarkupTokenizer(syntax: .xml)
        tokenizer.append(Array((text + "><b/>").utf8))
        tokenizer.end()
        _ = tokenizer.next()
        #expect(tokenizer.attributes.count <= 256)
        while tokenizer.next() != nil {}
        #expect(tokenizer.takeFaults().contains { $0.isLimit })
    }

    @Test func positionsCountLinesAndBytes() {
        var tokenizer = MarkupTokenizer(syntax: .xml)
        tokenizer.append(Array("<a>\n<b>\n".utf8))
        _ = tokenizer.next()
        while tokenizer.next() != nil {}
        tokenizer.append(Array("é<c/>".utf8))
        tokenizer.end()
        _ = tokenizer.next()
        let token = tokenizer.next()
        let position = tokenizer.position(of: tokenizer.offset(of: token?.outer.lowerBound ?? 0))
        #expect(position == (3, 3))
        #expect(tokenizer.position(of: 0) == (3, 1))
    }
}

extension [String] {
    /// Adjacent texts as one: how a text is split into tokens means nothing.
    fileprivate var joinedTexts: [String] {
        reduce(into: []) { result, next in
            if next.hasPrefix("\""), let last = result.last, last.hasPrefix("\"") {
                result[result.count - 1] = String(last.dropLast() + next.dropFirst())
            } else {
                result.append(next)
            }
        }
    }
}
