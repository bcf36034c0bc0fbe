import Foundation
import Normalization
import Testing

@testable import Stories

/// What holds for the shipped lexicon as a whole.
@Suite struct ShippedLexiconTests {
    @Test(arguments: ShippedLexicon.tags)
    func everyKindAndMarkerHasWords(tag: String) throws {
        let language = try #require(ShippedLexicon.language(tag))
        for kind in EventKind.allCases {
            #expect((language.kinds[kind] ?? []).count > 1, "\(kind)")
        }
        for marker in LexiconMarker.allCases where marker != .background && marker != .backgroundEnd {
            #expect(language.markers[marker]?.isEmpty == false, "\(marker)")
        }
        // A language opens the clause that recalls, or ends it, or both.
        #expect(
            language.markers[.background]?.isEmpty == false
                || language.markers[.backgroundEnd]?.isEmpty == false)
    }

    @Test(arguments: ShippedLexicon.tags)
    func noPatternStandsUnderTwoKinds(tag: String) throws {
        let language = try #require(ShippedLexicon.language(tag))
        var kinds: [String: [EventKind]] = [:]
        for kind in EventKind.allCases {
            for pattern in language.kinds[kind] ?? [] { kinds[pattern, default: []].append(kind) }
        }
        for (pattern, kinds) in kinds where kinds.count > 1 {
            Issue.record("\(pattern): \(kinds.map(\.rawValue))")
        }
    }

    @Test(arguments: ShippedLexicon.tags)
    func patternsAreInTheFormInWhichTextsAreRead(tag: String) throws {
        let language = try #require(ShippedLexicon.language(tag))
        for patterns in Array(language.kinds.values) + Array(language.markers.values)
            + Array(language.roles.values)
        {
            for pattern in patterns {
                #expect(pattern == pattern.lowercased(), "\(pattern)")
                #expect(pattern == pattern.precomposedStringWithCanonicalMapping, "\(pattern)")
                #expect(!pattern.contains(","), "\(pattern): a comma ends a clause")
            }
        }
    }

    @Test(arguments: ShippedLexicon.tags)
    func aPlainWordIsWhatTheTokenizerMakesOfIt(tag: String) throws {
        let language = try #require(ShippedLexicon.language(tag))
        for pattern in language.kinds.values.joined() {
            for part in pattern.split(separator: " ") {
                let letters = part.filter { $0 != "*" }
                guard Tokenizer.isPlain(letters[...]) else { continue }
                #expect(Token.tokens(of: letters).map(\.text) == [letters], "\(part)")
            }
        }
    }

    /// A pattern that a longer or another one hides would never be read.
    @Test(arguments: ShippedLexicon.tags)
    func aPatternIsReadAsItsKind(tag: String) throws {
        let language = try #require(ShippedLexicon.language(tag))
        let patterns = CompiledLanguage(language).patterns
        var misread: [String] = []
        var count = 0
        for kind in EventKind.allCases {
            for phrase in ShippedLexicon.Words(language: language, kind: kind).phrases(filler: "Marlow") {
                count += 1
                let kinds = patterns.hits(in: Token.tokens(of: phrase)).map(\.label)
                if !kinds.contains(.kind(kind)) { misread.append("\(kind) \(phrase)") }
            }
        }
        print("lexicon: \(tag): \(count - misread.count) of \(count) patterns read as their kind")
        #expect(misread.isEmpty, "\(misread)")
    }
}
