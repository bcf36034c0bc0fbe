import Foundation
import Testing

@testable import Stories

@Suite struct TermCollectorTests {
    private func key(_ word: String) throws -> UInt64 {
        let tokens = Token.tokens(of: word)
        try #require(tokens.count == 1)
        return TermCollector.wordKey(tokens[0], letters: 7)
    }

    /// Stored with every entry: it must stay what it is, whatever way it is computed.
    @Test(arguments: [
        "resignation", "müller", "łódź", "nguyễn", "ελλάδα", "сергей", "відставка", "استقالة", "התפטרות",
        "राष्ट्रपति", "대통령", "a\u{301}b\u{323}c",
    ])
    func theKeyIsOfTheFirstSevenCharactersWithoutDiacritics(_ word: String) throws {
        let letters = word.decomposedStringWithCanonicalMapping.unicodeScalars.filter {
            $0.properties.canonicalCombiningClass == .notReordered
        }
        let stem = String(String.UnicodeScalarView(letters)).prefix(7)
        #expect(try key(word) == FixedHash.of(0, FixedHash.of(stem.utf8)))
    }

    @Test(arguments: [
        ("Müller", "muller"), ("İstanbul", "istanbul"), ("OpenAI'ın", "openai"), ("Сергей", "сергеи"),
        ("resignation", "resignations"), ("OpenAI’s", "OPENAI"),
    ])
    func namesMeetWhateverTheirDiacriticsEndingsAndCase(_ one: String, _ other: String) throws {
        #expect(try key(one) == key(other))
    }

    @Test func othersStayApart() throws {
        #expect(try key("Müller") != key("Miller"))
        #expect(try key("Сергей") != key("Сергій"))
    }
}
