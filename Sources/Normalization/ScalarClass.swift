import CUnicode

/// What the tokenizer wants to know of a code point, looked up in a table made of ICU's properties at first use.
struct ScalarClass: Sendable {
    enum Kind: UInt8 { case other, letter, mark, digit, space, ignorable }

    let kind: Kind
    let isUpper: Bool
    let script: Script

    private var packed: UInt8 { kind.rawValue | (isUpper ? 8 : 0) | script.rawValue << 4 }

    private init(packed: UInt8) {
        kind = Kind(rawValue: packed & 7) ?? .other
        isUpper = packed & 8 != 0
        script = Script(rawValue: packed >> 4) ?? .other
    }

    init(_ scalar: Unicode.Scalar) {
        self =
            scalar.value < 0x1_0000
            ? Self(packed: Self.table[Int(scalar.value)]) : Self(reading: scalar.value)
    }

    private init(reading value: UInt32) {
        let category = cunicode_category(value)
        var script = Script(code: cunicode_script(value))
        switch category {
        // Lu, Ll, Lt, Lm, Lo
        case 1...5: kind = .letter
        // Mn, Me, Mc
        case 6...8: kind = .mark
        // Nd, Nl: Roman numerals and 〇 count as letters and digits of their script
        case 9: kind = .digit
        case 10: kind = .letter
        // Zs, Zl, Zp
        case 12...14: kind = .space
        default:
            kind = value < 0x20 ? .space : cunicode_is_ignorable(value) ? .ignorable : .other
        }
        // The marks of long vowels are common to both syllabaries.
        if value == 0x30FC || value == 0xFF70 { script = .kana }
        isUpper = category == 1 || category == 3
        self.script = script
    }

    private static let table: [UInt8] = (0..<0x1_0000).map { ScalarClass(reading: UInt32($0)).packed }
}
