/// Words that change how the rest of a clause or a text is to be read.
package enum LexiconMarker: String, Sendable, Hashable, Codable, CaseIterable {
    /// Not, no, never.
    case negation
    /// Could, reportedly, allegedly.
    case hedge
    /// Opens a clause that recalls what is known.
    case background
    /// Ends a clause that recalls what is known.
    case backgroundEnd = "background_end"
    /// Recalls only what it says itself: "the sacked", "former".
    case epithet
    /// The whole text looks back.
    case recap
    /// The whole text is comment.
    case opinion
    /// Live blog.
    case live
    /// Once more.
    case again
}
