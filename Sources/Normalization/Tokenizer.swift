/// Cuts a text into words, sentences and clauses.
package enum Tokenizer {
    /// The words of a text as written; it is folded first.
    package static func tokenize(_ text: String) -> TokenizedText {
        let folded = TextFolding.fold(text)
        var scanner = TokenScanner(Array(folded.unicodeScalars))
        return TokenizedText(folded: folded, words: scanner.words())
    }
}
