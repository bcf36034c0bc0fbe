/// A form that words share which can be taken for each other: `OpenAl` and `OpenAI`, `0penAI`, Cyrillic look-alikes.
package enum Skeleton {
    /// The skeleton of a word by UTS #39, made independent of case, in UTF-16: it is to be compared, not to be read. It
    /// also merges words that truly differ (`Ail`, `All`), so it is for candidates of a name, never for a whole text.
    package static func skeleton(_ word: String) -> [UInt16] {
        // First as written, since I and l look alike but i and l do not; then in lower case, which has look-alikes of
        // its own (m and rn). In ICU's UTF-16 throughout: strings in between would cost more than all the rest.
        let asWritten = UnicodeMapping.skeleton(UnicodeMapping.nfkc(Array(word.utf16)))
        let lower = UnicodeMapping.skeleton(UnicodeMapping.casefold(asWritten))
        return UnicodeMapping.casefold(lower.map(merged))
    }

    /// What ICU keeps apart and a quick eye does not.
    private static func merged(_ unit: UInt16) -> UInt16 {
        switch UnicodeScalar(unit) {
        case "i", "I", "ı", "1", "|": 0x6C
        case "0", "O": 0x6F
        default: unit
        }
    }
}
