/// Finds the numbers of a text and what they amount to.
package enum Numbers {
    /// Numbers in the order of the text. `words` are the number words of the text's language with their values ("two": 2);
    /// `magnitudes` the words that multiply what stands before ("million": 1e6, "bn": 1e9); a word of 1000 or more in `words`
    /// does so too. `approximate` are phrases such as "more than", word by word. Characters that are numerals (万, 億, 三)
    /// need no dictionary. Not counted: clock times, dates in figures, figures that are part of a name (GPT-4, B2B, 21st).
    package static func mentions(
        in text: TokenizedText, words: [String: Double], magnitudes: [String: Double] = [:],
        approximate: [[String]] = []
    ) -> [NumberMention] {
        var reader = NumberReader(text, words: words, magnitudes: magnitudes, approximate: approximate)
        return reader.mentions()
    }
}
