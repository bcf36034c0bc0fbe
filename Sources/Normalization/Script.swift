import CUnicode

/// Writing system of a word, as far as the pipeline treats them differently.
package enum Script: UInt8, Sendable, Hashable, CaseIterable {
    /// No letters at all: digits, symbols.
    case common
    case latin, cyrillic, greek, arabic, hebrew, devanagari
    /// Chinese characters, also where Kana stands among them; Bopomofo.
    case han
    /// Hiragana and Katakana only.
    case kana
    case hangul
    /// Thai, Lao, Khmer and Burmese: letters whose words are not separated.
    case thai
    case other

    /// Whether words of this script stand next to each other without a space.
    package var isUnseparated: Bool { self == .han || self == .kana || self == .thai }

    /// From ICU's code.
    init(code: Int32) {
        switch code {
        case cunicode_common, cunicode_inherited: self = .common
        case cunicode_latin: self = .latin
        case cunicode_cyrillic: self = .cyrillic
        case cunicode_greek: self = .greek
        case cunicode_arabic: self = .arabic
        case cunicode_hebrew: self = .hebrew
        case cunicode_devanagari: self = .devanagari
        case cunicode_han, cunicode_bopomofo, cunicode_yi: self = .han
        case cunicode_hiragana, cunicode_katakana: self = .kana
        case cunicode_hangul: self = .hangul
        case cunicode_thai, cunicode_lao, cunicode_khmer, cunicode_myanmar: self = .thai
        default: self = .other
        }
    }
}
