import Testing

@testable import Alerting

@Suite struct LineTextTests {
    @Test func textIsCutBetweenCharacters() {
        let family = "👨‍👩‍👧‍👦"
        #expect(LineText.cut("abc" + family + "d", to: 8, size: \.utf16.count) == "abc…")
        #expect(LineText.cut("abc" + family, to: 14, size: \.utf16.count) == "abc" + family)
        #expect(LineText.cut("abc", to: 3) { _ in 1 } == "abc")
        #expect(LineText.cut("abcd", to: 3) { _ in 1 } == "ab…")
        #expect(LineText.cut("", to: 3) { _ in 1 } == "")
    }

    @Test func marksWithoutEndAreCutToo() {
        let burden = "a" + String(repeating: "\u{301}", count: 100_000)
        #expect(LineText.field(burden) == "…")
        #expect(LineText.field("b c " + burden) == "b c …")
    }
}
