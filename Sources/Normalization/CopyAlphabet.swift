import CUnicode

/// What each code point counts as when texts are compared as copies: a table made of ICU's mappings at first use.
///
/// Case, width, diacritics, alef and yeh forms, digits of other scripts and letters that look alike fall together.
/// That merges words which differ; two texts that differ keep differing in other words.
struct CopyAlphabet: Sendable {
    /// An entry: what to do, and the folded code point or the place of an expansion.
    struct Entry: Sendable {
        enum Kind: UInt32 { case separator, ignored, letter, character, expansion, composing }
        let bits: UInt32

        init(_ kind: Kind, _ value: UInt32 = 0) { bits = kind.rawValue | value << 3 }
        @inline(__always) var kind: UInt32 { bits & 7 }
        @inline(__always) var value: UInt32 { bits >> 3 }
    }

    static let shared = CopyAlphabet()

    /// Entry of every code point of the Basic Multilingual Plane.
    private(set) var entries: [Entry]
    /// Entries of those that fold to several.
    private(set) var expansions: [[Entry]] = []

    private init() {
        entries = (0..<0x1_0000 as Range<UInt32>).map { value in
            switch value {
            // Identity, by far the most: no need to ask ICU 40,000 times.
            case 0x3400..<0xA000: Entry(.character, value)
            case 0xAC00..<0xD7A4: Entry(.letter, value)
            case 0xD800..<0xF900: Entry(.separator)
            default: Entry(.separator)
            }
        }
        for value in 0..<0x1_0000 as Range<UInt32> {
            if 0x3400..<0xA000 ~= value || 0xAC00..<0xF900 ~= value { continue }
            guard let scalar = Unicode.Scalar(value) else { continue }
            let folded = Self.fold(scalar)
            if folded.count == 1 {
                entries[Int(value)] = folded[0]
            } else if folded.isEmpty {
                entries[Int(value)] = Entry(.ignored)
            } else {
                entries[Int(value)] = Entry(.expansion, UInt32(expansions.count))
                expansions.append(folded)
            }
        }
    }

    /// Entries for one code point; the slow way, for the table and for the other planes.
    static func fold(_ scalar: Unicode.Scalar) -> [Entry] {
        switch scalar.value {
        case 0x0640, 0x27, 0x60, 0xB4, 0x2018...0x201B, 0x02BC, 0xFF07: return [Entry(.ignored)]
        // Conjoining jamo and the separate voicing marks of Kana: the text has to be composed first.
        case 0x1100..<0x1200, 0x3099, 0x309A, 0xFF9E, 0xFF9F: return [Entry(.composing)]
        case 0x7C: return [Entry(.letter, 0x69)]
        default: break
        }
        return UnicodeMapping.nfkcCasefold(scalar).flatMap { folded -> [Entry] in
            let class_ = ScalarClass(folded)
            if class_.script.isUnseparated, class_.kind == .letter || class_.kind == .mark {
                return [Entry(.character, folded.value)]
            }
            guard stripsMarks(class_.script) || class_.script == .common else { return entry(folded) }
            return UnicodeMapping.nfd(folded).flatMap { entry($0) }
        }
    }

    private static func stripsMarks(_ script: Script) -> Bool {
        switch script {
        case .latin, .greek, .cyrillic, .arabic, .hebrew: true
        default: false
        }
    }

    private static func entry(_ scalar: Unicode.Scalar) -> [Entry] {
        let value = scalar.value
        switch value {
        // Diacritics, harakat and niqqud; the hamza above alef is one after decomposition.
        case 0x0300..<0x0370, 0x0591..<0x05C8, 0x064B..<0x0660, 0x0670, 0x06D6..<0x06EE: return []
        // Yeh without dots, Persian yeh and kaf, alef wasla, teh marbuta.
        case 0x0649, 0x06CC: return [Entry(.letter, 0x064A)]
        case 0x06A9: return [Entry(.letter, 0x0643)]
        case 0x0671: return [Entry(.letter, 0x0627)]
        case 0x0629: return [Entry(.letter, 0x0647)]
        default: break
        }
        let digit = cunicode_digit(value)
        if digit >= 0 { return [Entry(.letter, lookAlike(UInt32(0x30 + digit)))] }
        let class_ = ScalarClass(scalar)
        switch class_.kind {
        case .letter where class_.script == .cyrillic || class_.script == .greek:
            // By the capital, which has more Latin twins (Н, В, Т); case has to fall together anyway.
            let twin = UnicodeMapping.skeleton(String(String.UnicodeScalarView(UnicodeMapping.upper(scalar))))
            if let ascii = twin.unicodeScalars.first, twin.unicodeScalars.count == 1, ascii.isASCII,
                ascii.properties.isAlphabetic
            {
                return [Entry(.letter, lookAlike(ascii.value | 0x20))]
            }
            return [Entry(.letter, value)]
        case .letter, .mark, .digit: return [Entry(.letter, lookAlike(value))]
        case .ignorable: return []
        default: return [Entry(.separator)]
        }
    }

    /// l, 1 and dotless ı as i; 0 as o.
    private static func lookAlike(_ value: UInt32) -> UInt32 {
        switch value {
        case 0x6C, 0x31, 0x0131: 0x69
        case 0x30: 0x6F
        default: value
        }
    }
}
