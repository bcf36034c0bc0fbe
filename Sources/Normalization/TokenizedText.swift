/// A folded text and its words.
package struct TokenizedText: Sendable {
    /// The text as `TextFolding.fold` gives it; ranges of words refer to its UTF-8.
    package var folded: String
    /// In order; runs of Han, Kana or Thai are one word each.
    package var words: [Word]
}
