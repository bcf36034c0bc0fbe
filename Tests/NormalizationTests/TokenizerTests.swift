import Foundation
import Testing

@testable import Normalization

@Suite struct TokenizerTests {
    private func words(_ text: String) -> [Word] { Tokenizer.tokenize(text).words }

    @Test(arguments: [
        ("OpenAI's", "openai"), ("OpenAI'ın", "openai"), ("OpenAI’s", "openai"), ("D'Angelo", "d'angelo"),
        ("d'Orange", "orange"), ("L'intelligence", "intelligence"), ("O'Brien", "o'brien"),
        ("dell'Unione", "unione"),
        ("NASA'S", "nasa"), ("plain", "plain"),
    ])
    func stemIsTheNameWithoutWhatAnApostropheJoins(_ word: String, _ stem: String) {
        let read = words(word)
        #expect(read.count == 1)
        #expect(read.first?.stem == stem)
    }

    @Test func rangesAreOffsetsInTheFoldedText() {
        let text = Tokenizer.tokenize("Ｎｅｗ  „Brücke“ – 東京タワー, Порт 1.234,5 مرفأ")
        let bytes = Array(text.folded.utf8)
        for word in text.words { #expect(String(decoding: bytes[word.range], as: UTF8.self) == word.text) }
        #expect(text.words.map(\.script) == [.latin, .latin, .han, .cyrillic, .common, .arabic])
    }

    @Test func sentencesEndAtFullStopsButNotAfterTitlesOrInitials() {
        let read = words(
            "Dr. J. Weber left. He did not say why, the port said! Costs rose 1.5 per cent. Nobody knew.")
        #expect(read.filter { ["Dr", "Weber", "left"].contains($0.text) }.allSatisfy { $0.sentence == 0 })
        #expect(read.first { $0.text == "He" }?.sentence == 1)
        #expect(read.first { $0.text == "Costs" }?.sentence == 2)
        #expect(read.first { $0.text == "cent" }?.sentence == 2)
        #expect(read.first { $0.text == "Nobody" }?.sentence == 3)
        #expect(words("港口关闭。市长辞职。").map(\.sentence) == [0, 1])
    }

    @Test func commasDivideClausesAndHyphensJoin() {
        let read = words("After the storm, the ex-mayor left")
        #expect(read.map(\.clause) == [0, 0, 0, 1, 1, 1, 1])
        #expect(read.map(\.isJoined) == [false, false, false, false, false, true, false])
    }

    @Test func capitalsOfEveryCasedScriptAreSeen() {
        #expect(words("Порт Αθήνα Ärzte port").map(\.isCapitalized) == [true, true, true, false])
    }

    @Test func foldingUnifiesSignsAndKeepsCaseAndAccents() {
        #expect(
            TextFolding.fold(" „Café”\u{200B}\u{00A0}–\u{2009}O’Neill  ﬁre\u{00AD}man ")
                == "\"Café\" - O'Neill fireman")
    }

    @Test func aPlainWordIsGivenBackAsItStands() {
        var count = 0
        for scalar in (0x20...0x2FFFF).compactMap(UnicodeScalar.init) {
            let word = "\(scalar)\(scalar)"
            guard Tokenizer.isPlain(word[...]) else { continue }
            count += 1
            #expect(words(word).map(\.lower) == [word], "\(scalar.value)")
        }
        #expect(count > 12_000)
        for word in ["порт", "überfüllt", "działać", "iş", "항구", "ميناء"] {
            #expect(Tokenizer.isPlain(word[...]), "\(word)")
        }
        for text in [
            "", "Port", "two words", "l'été", "1", "港口", "ท่าเรือ", "u\u{308}ber", "ﬁn", "\u{1112}\u{1161}",
        ] {
            #expect(!Tokenizer.isPlain(text[...]), "\(text)")
        }
    }

    @Test func everyLetterIsLoweredAsUnicodeSays() {
        for scalar in (0x20...0x2FFFF).compactMap(UnicodeScalar.init) {
            for word in words("a\(scalar)a") {
                #expect(word.lower == UnicodeMapping.lower(word.text), "\(scalar.value)")
            }
        }
    }

    @Test func aBaseLetterIsWhatDecompositionLeaves() {
        var count = 0
        for scalar in (0x80...0x2FFFF).compactMap(UnicodeScalar.init) {
            guard let base = BaseLetters.base(of: scalar) else { continue }
            count += 1
            let left = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars.filter {
                $0.properties.canonicalCombiningClass == .notReordered
            }
            #expect(Array(left) == [base], "\(scalar.value)")
        }
        #expect(count > 1500)
        #expect("éйğứ".unicodeScalars.map(BaseLetters.base(of:)) == ["e", "и", "g", "u"])
        #expect("한तท漢-".unicodeScalars.allSatisfy { BaseLetters.base(of: $0) == nil })
    }
}
