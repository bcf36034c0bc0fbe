import Foundation

/// What outlets do to a text that they take over, and what tools do to it on the way.
enum TextEdit: CaseIterable {
    case upperCase, typographicQuotes, invisibleCharacters, escaped, escapedTwice, readMore, byline, caption
    case misread, lookAlikes, otherWords, missingSentence, addedParagraph, otherDate, decomposed, trackedLinks

    /// The words after the edit. Characters are edited where the words are joined (`apply(to:)`).
    func apply(to words: [String], of topic: MadeUpText, using random: inout SplitMix) -> [String] {
        switch self {
        case .readMore: words + topic.text(words: max(2, words.count / 20), using: &random)
        case .byline: topic.text(words: 3, using: &random) + words
        case .caption: topic.text(words: max(3, words.count / 15), using: &random) + words
        case .otherWords:
            words.map {
                Int.random(in: 0..<25, using: &random) == 0 ? topic.text(words: 1, using: &random)[0] : $0
            }
        case .missingSentence:
            words.count < 30
                ? words
                : Array(words[..<(words.count / 2)] + words[(words.count / 2 + words.count / 12)...])
        case .addedParagraph: words + topic.text(words: words.count / 3, using: &random)
        case .otherDate:
            ["\(Int.random(in: 1...28, using: &random)).\(Int.random(in: 1...12, using: &random)).2031"]
                + words
        case .trackedLinks:
            words + ["https://m.example.org/amp/a?utm_source=rss&fbclid=\(random.next())"]
        default: words
        }
    }

    /// The text after the edit of its characters.
    func apply(to text: String) -> String {
        switch self {
        case .upperCase: return text.uppercased()
        case .typographicQuotes: return "“" + text.replacing(".", with: "” – ‘…’ ")
        case .invisibleCharacters:
            return text.enumerated().map {
                ($0.offset % 11 == 5 ? "\u{200B}\u{00AD}" : "") + String($0.element)
            }.joined()
        case .escaped: return "<p>" + text.replacing(".", with: ".</p>&nbsp;<p class=\"a\">") + "</p>"
        case .escapedTwice:
            return "&lt;p&gt;"
                + text.replacing(".", with: "&amp;nbsp;&lt;br/&gt;").replacing("é", with: "&amp;eacute;")
                + "&lt;/p&gt;"
        case .misread:
            return String(
                text.map { character in
                    switch character {
                    case "l": "1"
                    case "i": "l"
                    case "o": "0"
                    default: character
                    }
                }
            ).replacing("m", with: "rn").replacing("w", with: "vv")
        case .lookAlikes:
            let twins: [Character: Character] = [
                "a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "y": "у",
            ]
            return String(text.map { twins[$0] ?? $0 })
        case .decomposed: return text.decomposedStringWithCanonicalMapping
        default: return text
        }
    }
}
