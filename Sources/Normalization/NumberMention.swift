/// What a number counts.
package enum NumberUnit: Sendable, Hashable {
    case plain
    case percent
    /// ISO 4217 code.
    case currency(String)
}

/// A number that a text mentions.
package struct NumberMention: Sendable, Hashable {
    /// In ones: 86e9 for "86bn"; percentages as written, 12 for "12 %".
    package var value: Double
    /// What is counted.
    package var unit: NumberUnit
    /// Whether a word such as "more than" stands before it.
    package var isApproximate: Bool
    /// UTF-8 offsets in the folded text, unit included where it is next to the number.
    package var range: Range<Int>
}
