/// A word of a text, or a run of characters where words are not separated.
package struct Word: Sendable, Hashable {
    /// Folded, as written.
    package var text: String
    /// Case-folded; diacritics kept.
    package var lower: String
    /// `lower` without what an apostrophe joins to a name: `openai` of "OpenAI's", "OpenAI'ın", "d'OpenAI"; `d'angelo`
    /// stays whole.
    package var stem: String
    /// Of its letters; the first script met when it mixes several.
    package var script: Script
    /// UTF-8 offsets in the folded text.
    package var range: Range<Int>
    /// Whether its first letter is a capital one.
    package var isCapitalized: Bool
    /// Whether it begins with a digit.
    package var isNumeric: Bool
    /// Whether a hyphen ties it to the word before: "Chef" of "OpenAI-Chef".
    package var isJoined: Bool
    /// Number of the sentence, from 0.
    package var sentence: Int
    /// Number of the clause within the text, from 0.
    package var clause: Int
}
