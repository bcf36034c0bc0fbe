/// Letters without their diacritics, by a table that is made of ICU's decompositions at first use.
package enum BaseLetters {
    /// Latin, Greek, Cyrillic, Hebrew and Arabic end below.
    private static let end = 0x2000

    /// The letter that is left of another one when it is decomposed canonically and what combines is dropped: "e" of "é",
    /// "и" of "й". Nil for what is no letter, for letters beyond U+1FFF, and for those of scripts in which a user's
    /// character may be several letters; O(1).
    package static func base(of letter: Unicode.Scalar) -> Unicode.Scalar? {
        guard letter.value < end else { return nil }
        let base = table[Int(letter.value)]
        return base == 0 ? nil : Unicode.Scalar(base)
    }

    private static let table: [UInt16] = (0..<end).map { value in
        guard let letter = Unicode.Scalar(UInt32(value)), isAlone(letter) else { return 0 }
        let parts = UnicodeMapping.nfd(letter).filter {
            $0.properties.canonicalCombiningClass == .notReordered
        }
        guard parts.count == 1, isAlone(parts[0]) else { return 0 }
        return UInt16(truncatingIfNeeded: parts[0].value)
    }

    private static func isAlone(_ letter: Unicode.Scalar) -> Bool {
        let class_ = ScalarClass(letter)
        guard class_.kind == .letter else { return false }
        switch class_.script {
        case .latin, .cyrillic, .greek, .arabic, .hebrew: return true
        default: return false
        }
    }
}
