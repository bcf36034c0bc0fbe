import Foundation
import Normalization

/// A word of a text, or a single character where words are not separated (Han, Kana, Thai).
struct Token: Sendable {
    /// Lower case, quotes and dashes unified.
    var text: String
    /// `FixedHash` of `text`.
    var hash: UInt64
    /// Whether it is a single character of a script without spaces.
    var isCharacter: Bool
    var isASCII: Bool
    var isCapitalized: Bool
    var isNumeric: Bool
    /// As written, for confusable names.
    var written: String
    /// Number of the sentence, from 0.
    var sentence: Int
    /// Number of the clause within the text, from 0.
    var clause: Int
    /// UTF-8 offsets in the folded text.
    var range: Range<Int>
    /// Whether its clause ends in a question mark.
    var isAsked = false

    /// Tokens of a text, at most `limit`.
    static func tokens(of text: String, limit: Int = .max) -> [Token] {
        tokens(of: Tokenizer.tokenize(text), limit: limit)
    }

    static func tokens(of tokenized: TokenizedText, limit: Int = .max) -> [Token] {
        var result: [Token] = []
        for word in tokenized.words {
            guard result.count < limit else { break }
            append(word, word.sentence, word.clause, to: &result)
        }
        markQuestions(in: &result, of: Array(tokenized.folded.utf8))
        return result
    }

    /// A clause asks if a question mark stands between its last word and the next one.
    private static func markQuestions(in tokens: inout [Token], of text: [UInt8]) {
        var start = 0
        while start < tokens.count {
            var end = start + 1
            while end < tokens.count, tokens[end].clause == tokens[start].clause { end += 1 }
            let from = min(tokens[end - 1].range.upperBound, text.count)
            let to = end < tokens.count ? min(tokens[end].range.lowerBound, text.count) : text.count
            if from < to, hasQuestionMark(text[from..<to]) {
                for index in start..<end { tokens[index].isAsked = true }
            }
            start = end
        }
    }

    /// `?`, `？` or `؟` in UTF-8.
    private static func hasQuestionMark(_ text: ArraySlice<UInt8>) -> Bool {
        text.indices.contains { place in
            switch text[place] {
            case 0x3F: true
            case 0xD8: text[place...].starts(with: [0xD8, 0x9F])
            case 0xEF: text[place...].starts(with: [0xEF, 0xBC, 0x9F])
            default: false
            }
        }
    }

    private static func append(_ word: Word, _ sentence: Int, _ clause: Int, to result: inout [Token]) {
        switch word.script.isUnseparated {
        case true:
            var offset = word.range.lowerBound
            for character in word.lower {
                let text = String(character)
                let length = text.utf8.count
                result.append(
                    Token(
                        text: text, hash: FixedHash.of(text.utf8), isCharacter: true, isASCII: false,
                        isCapitalized: false, isNumeric: false, written: text, sentence: sentence,
                        clause: clause, range: offset..<offset + length))
                offset += length
            }
        case false:
            guard !isWhole(word.lower) else {
                let start = word.range.lowerBound
                let end = min(start + word.lower.utf8.count, word.range.upperBound)
                result.append(token(word.lower, word.text, sentence, clause, start..<end))
                return
            }
            // "OpenAI-Mitgründer" names OpenAI: the parts of a hyphenated word are tokens of their own.
            var offset = word.range.lowerBound
            let parts = self.parts(of: unified(word.lower))
            let written = self.parts(of: unified(word.text, isLowered: false))
            for (index, part) in parts.enumerated() {
                let original = written.count == parts.count ? written[index] : word.text
                let length = part.utf8.count
                result.append(
                    token(
                        part, original, sentence, clause,
                        offset..<max(offset, min(offset + length, word.range.upperBound))))
                offset = min(offset + length + 1, word.range.upperBound)
            }
        }
    }

    /// A word or a part of one, lowered and as written.
    private static func token(
        _ lower: String, _ written: String, _ sentence: Int, _ clause: Int, _ range: Range<Int>
    ) -> Token {
        Token(
            text: lower, hash: FixedHash.of(lower.utf8), isCharacter: false,
            isASCII: lower.utf8.allSatisfy { $0 < 0x80 }, isCapitalized: isCapitalized(written),
            isNumeric: isNumeric(lower), written: written, sentence: sentence, clause: clause, range: range)
    }

    /// Whether a word is one part as it stands, without hyphen, apostrophe or a dot above (of U+0300 to U+033F): most are.
    private static func isWhole(_ word: String) -> Bool {
        !word.isEmpty && word.utf8.allSatisfy { $0 != 0x2D && $0 != 0x27 && $0 != 0xCC }
    }

    private static func isCapitalized(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        return first.isASCII ? ("A"..."Z").contains(first) : text.first?.isUppercase ?? false
    }

    private static func isNumeric(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        return first.isASCII ? ("0"..."9").contains(first) : first.properties.numericType != nil
    }

    /// Parts at hyphens, and at the apostrophe of an elided article or pronoun ("l'éviction",
    /// "dell'azienda"): short
    /// before it and long behind, so "it's" and "OpenAI'ın" stay whole.
    private static func parts(of word: String) -> [String] {
        var result: [String] = []
        for part in word.split(separator: "-") {
            if let apostrophe = part.firstIndex(of: "'"), part[..<apostrophe].count <= 5,
                part[part.index(after: apostrophe)...].count >= 3, apostrophe > part.startIndex
            {
                result.append(String(part[..<apostrophe]))
                result.append(String(part[part.index(after: apostrophe)...]))
            } else {
                result.append(String(part))
            }
        }
        return result
    }

    /// Apostrophes to `'`, dashes to `-`, no dot above: the form in which patterns are compared.
    static func unified(_ text: String, isLowered: Bool = true) -> String {
        let text = isLowered ? text.lowercased() : text
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x2018, 0x2019, 0x02BC, 0xFF07, 0x00B4, 0x0060: result.append("'")
            case 0x2010...0x2015, 0x2212: result.append("-")
            // "İ" lowered is i with a combining dot.
            case 0x0307: continue
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
