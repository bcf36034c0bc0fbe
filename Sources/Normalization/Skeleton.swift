/// A form that words share which can be taken for each other: `OpenAl` and `OpenAI`, `0penAI`, Cyrillic look-alikes.
package enum Skeleton {
    /// The skeleton of a word by UTS #39, made independent of case. It also merges words that truly differ (`Ail`, `All`),
    /// so it is for candidates of a name, never for a whole text.
    package static func skeleton(_ word: String) -> String {
        // First as written, since I and l look alike but i and l do not; then in lower case, which has look-alikes of
        // its own (m and rn).
        let asWritten = UnicodeMapping.skeleton(UnicodeMapping.nfkc(word))
        let lower = UnicodeMapping.skeleton(UnicodeMapping.casefold(asWritten))
        var result = String.UnicodeScalarView()
        for scalar in lower.unicodeScalars {
            switch scalar {
            case "i", "I", "ı", "1", "|": result.append("l")
            case "0", "O": result.append("o")
            default: result.append(scalar)
            }
        }
        return UnicodeMapping.casefold(String(result))
    }
}
