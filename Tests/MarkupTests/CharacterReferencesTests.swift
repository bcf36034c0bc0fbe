import Markup
import Testing

@Suite struct CharacterReferencesTests {
    private func decode(_ text: String, _ context: CharacterReferences.Context) -> String {
        var output: [UInt8] = []
        var entities = EntityTable()
        let bytes = Array(text.utf8)
        CharacterReferences.decode(
            bytes, in: 0..<bytes.count, context: context, entities: &entities, into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test(arguments: [
        ("&lt;&gt;&amp;&quot;&apos;", "<>&\"'"), ("&#65;&#x42;&#X43;", "ABC"),
        ("&eacute;&nbsp;&hellip;", "é\u{A0}…"),
        ("&CounterClockwiseContourIntegral;", "∳"), ("&nGt;", "≫⃒"), ("&zwnj;", "\u{200C}"), ("&Aacute;", "Á"),
        ("&#x1F600;", "😀"), ("&#146;&#128;", "’€"),
        ("&#xD800;&#x110000;&#99999999999999;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
        ("&#0;", "\u{FFFD}"), ("&#6", "\u{FFFD}"), ("&#65", "A"),
    ])
    func knownReferencesAreDecoded(text: String, expected: String) {
        #expect(decode(text, .xml) == expected)
        #expect(decode(text, .html) == expected)
    }

    @Test(arguments: ["&", "&;", "&#;", "&#x;", "&unknown;", "a & b", "&&&", "&#xZ;", "AT&T", "?a=1&b=2"])
    func whatMeansNothingStays(text: String) {
        #expect(decode(text, .xml) == text)
        #expect(decode(text, .html) == text)
    }

    @Test func semicolonMayBeMissingInHTMLOnly() {
        #expect(decode("&copy 2024 &eacutex", .html) == "© 2024 éx")
        #expect(decode("?a=1&copy=2", .xml) == "?a=1&copy=2")
    }
}
