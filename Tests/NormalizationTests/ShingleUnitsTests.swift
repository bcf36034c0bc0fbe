import Testing

@testable import Normalization

@Suite struct ShingleUnitsTests {
    /// The same sentence twice: as set by one outlet and as set by another.
    @Test(arguments: [
        ("The minister's “plan” was dropped", "THE MINISTER’S \"PLAN\" WAS DROPPED"),
        ("Hafen wieder offen", "Ha\u{00AD}fen wie\u{200B}der\u{00A0}of\u{200D}fen"),
        ("Modern internal Illinois 10", "Modem lnternal lllinois l0"),
        ("Река вновь открыта для судов", "Peкa внoвь oткpытa для cyдoв"),
        ("أعلنت الإدارة إغلاق المرفأ", "اعلنت الادارة اغـــلاق\u{200F} المرفا"),
        ("Die Behörde schließt Brücken", "Die Behoerde schliesst Bruecken"),
        ("Le préfet à Orléans", "Le pre\u{0301}fet a\u{0300} Orle\u{0301}ans"),
        ("港湾は2024年に再開", "港湾は２０２４年に再開"),
        ("ガス料金が上がる", "ｶﾞｽ料金が上がる"),
        ("항구가 다시 열렸다", "\u{1112}\u{1161}\u{11BC}\u{1100}\u{116E}\u{1100}\u{1161} 다시 열렸다"),
        (
            "Fish & chips cost more, café says",
            "&lt;p&gt;Fish &amp;amp; chips cost more, caf&amp;eacute; says&lt;/p&gt;"
        ),
        (
            "Fish & chips cost more, café says",
            "&LT;P&GT;FISH &AMP;AMP; CHIPS COST MORE, CAF&AMP;EACUTE; SAYS&LT;/P&GT;"
        ),
        ("ท่าเรือเปิดอีกครั้ง", "ท่า\u{200B}เรือ เปิดอีกครั้ง"),
        ("बंदरगाह फिर खुला १२", "बंदरगाह फिर खुला 12"),
    ])
    func sameWordsHaveTheSameUnits(_ first: String, _ second: String) {
        #expect(ShingleUnits.units(of: first) == ShingleUnits.units(of: second))
        #expect(!ShingleUnits.units(of: first).isEmpty)
    }

    @Test func separatedWordsAndCharactersAreUnits() {
        #expect(ShingleUnits.units(of: "The port is open").count == 4)
        #expect(ShingleUnits.units(of: "港口重新开放").count == 6)
        #expect(ShingleUnits.units(of: "항구가 다시 열렸다").count == 3)
        #expect(ShingleUnits.units(of: "NASA的火箭").count == 4)
        #expect(ShingleUnits.units(of: " —!?☂ ").isEmpty)
    }

    /// ASCII is folded sixteen bytes at a time, all else one by one: the same letters have to come out, wherever they
    /// stand and whatever stands around them.
    @Test func blocksFoldAsSingleCharactersDo() {
        let ascii = (1..<0x80).map { Character(Unicode.Scalar(UInt8($0))) }.filter { $0 != "&" && $0 != "<" }
        var random = SeededRandom(state: 3)
        for first in ascii {
            for second in Array("aenorvuUV'|l10 .-") + [first] {
                let text = String((0..<Int.random(in: 0..<20, using: &random)).map { _ in "k" }) + "x"
                let block = text + String([first, second]) + "zzzzzzzzzzzzzzzzzz"
                // A word joiner vanishes; so many of them leave no sixteen bytes of ASCII together.
                let single = block.map { String($0) + "\u{2060}" }.joined()
                #expect(
                    ShingleUnits.units(of: block) == ShingleUnits.units(of: single),
                    "\(block.debugDescription)")
            }
        }
    }

    @Test func longWordsAreHashedWhole() {
        let words = (0..<100).map { String(repeating: "a", count: $0) + "b" }
        #expect(Set(ShingleUnits.units(of: words.joined(separator: " "))).count == 100)
        #expect(ShingleUnits.units(of: words.joined(separator: "\n")).count == 100)
        for word in words { #expect(ShingleUnits.units(of: "  \(word)  ").count == 1) }
    }

    @Test func numbersThatDifferStayApart() {
        let all = Set((0..<1000).flatMap { ShingleUnits.units(of: "\($0)") })
        #expect(all.count == 1000)
    }

    @Test func unitsAreTheSameOnEveryMachine() {
        #expect(ShingleUnits.units(of: "port") == ShingleUnits.units(of: "PORT"))
        #expect(ShingleUnits.units(of: "port") != ShingleUnits.units(of: "ports"))
    }

    @Test func anyBytesAreRead() {
        var random = SeededRandom(state: 11)
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0..<200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let units = ShingleUnits.units(of: text)
            #expect(units == ShingleUnits.units(of: text))
            for word in Tokenizer.tokenize(text).words { #expect(!word.range.isEmpty) }
            _ = Numbers.mentions(in: Tokenizer.tokenize(text), words: [:])
            _ = LanguageGuess.guess(text)
        }
    }
}

/// SplitMix64: the same numbers on every run.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
