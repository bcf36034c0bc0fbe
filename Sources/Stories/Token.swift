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

    /// Tokens of a text, at most `limit`.
    static func tokens(of text: String, limit: Int = .max) -> [Token] {
        tokens(of: Tokenizer.tokenize(text), limit: limit)
    }

    static func tokens(of tokenized: TokenizedText, limit: Int = .max) -> [Token] {
        var result: [Token] = []
        let bytes = Array(tokenized.folded.utf8)
        var sentence = 0
        var clause = 0
        var end = 0
        for word in tokenized.words {
            guard result.count < limit else { break }
            if end > 0, word.range.lowerBound > end, word.range.lowerBound <= bytes.count {
                switch boundary(bytes[end..<word.range.lowerBound]) {
                case .sentence:
                    sentence += 1
                    clause += 1
                case .clause: clause += 1
                case .none: break
                }
            }
            end = max(end, min(word.range.upperBound, bytes.count))
            append(word, sentence, clause, to: &result)
        }
        return result
    }

    private static func append(_ word: Word, _ sentence: Int, _ clause: Int, to result: inout [Token]) {
        switch word.script {
        case .han, .kana, .thai:
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
        default:
            // "OpenAI-Mitgründer" names OpenAI: the parts of a hyphenated word are tokens of their own.
            var offset = word.range.lowerBound
            let parts = self.parts(of: unified(word.lower))
            let written = self.parts(of: unified(word.text, isLowered: false))
            for (index, part) in parts.enumerated() {
                let lower = part
                let original = written.count == parts.count ? written[index] : word.text
                let length = lower.utf8.count
                result.append(
                    Token(
                        text: lower, hash: FixedHash.of(lower.utf8), isCharacter: false,
                        isASCII: lower.utf8.allSatisfy { $0 < 0x80 },
                        isCapitalized: original.first?.isUppercase ?? false,
                        isNumeric: lower.unicodeScalars.first?.properties.numericType != nil, written: original,
                        sentence: sentence, clause: clause,
                        range: offset..<max(offset, min(offset + length, word.range.upperBound))))
                offset = min(offset + length + 1, word.range.upperBound)
            }
        }
    }

    /// Parts at hyphens, and at the apostrophe of an elided article or pronoun ("l'éviction", "dell'azienda"): short
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

    private enum Boundary { case none, clause, sentence }

    /// What the punctuation between two words separates.
    private static func boundary(_ bytes: ArraySlice<UInt8>) -> Boundary {
        var result = Boundary.none
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            switch byte {
            case 0x21, 0x3F, 0x3B, 0x0A: return .sentence
            case 0x2E: return .sentence
            case 0x2C, 0x3A, 0x28, 0x29, 0x22, 0x7C, 0x2F, 0x5B, 0x5D: result = .clause
            case 0x2D:
                // A dash between spaces separates; a hyphen inside a word does not reach here.
                if bytes.count > 1 { result = .clause }
            case 0xE3, 0xE0, 0xD8, 0xE2:
                let next = bytes.index(after: index)
                guard next < bytes.endIndex else { break }
                let second = bytes[next]
                let third = bytes.index(after: next) < bytes.endIndex ? bytes[bytes.index(after: next)] : 0
                if byte == 0xE3, second == 0x80, third == 0x82 { return .sentence }
                if byte == 0xE0, second == 0xA5, third == 0xA4 || third == 0xA5 { return .sentence }
                if byte == 0xD8, second == 0x9F || second == 0x9B { return .sentence }
                result = .clause
            default: break
            }
            index = bytes.index(after: index)
        }
        return result
    }
}
