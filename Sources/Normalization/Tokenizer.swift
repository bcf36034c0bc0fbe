/// Cuts a text into words, sentences and clauses.
package enum Tokenizer {
    /// The words of a text as written; it is folded first.
    package static func tokenize(_ text: String) -> TokenizedText {
        let folded = TextFolding.fold(text)
        var scanner = TokenScanner(folded)
        return TokenizedText(folded: folded, words: scanner.words())
    }
    /// Whether `tokenize` would give the text back as one word, lowered as it stands: letters of scripts with spaces, in
    /// lower case, that neither folding nor a neighbour changes. For lists of tens of thousands of words; "no" may be said
    /// of a word that is one.
    package static func isPlain(_ text: Substring) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy(isPlain)
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return ("a"..."z").contains(scalar) }
        let class_ = ScalarClass(scalar)
        guard class_.kind == .letter, !class_.isUpper, !class_.script.isUnseparated, TextFolding.keeps(scalar)
        else {
            return false
        }
        // Letters that follow each other change each other in Korean only, where it is written in parts of syllables.
        if class_.script == .hangul { return syllables.contains(scalar) }
        return !scalar.properties.changesWhenNFKCCaseFolded
    }

    /// Hangul in whole syllables.
    private static let syllables: ClosedRange<Unicode.Scalar> = "\u{AC00}"..."\u{D7A3}"
}
