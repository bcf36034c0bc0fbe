/// A character encoding, found by its label.
public struct TextEncoding: Sendable, Hashable {
    /// How bytes of the encoding are read.
    enum Form: Sendable, Hashable {
        case utf8
        case utf16(bigEndian: Bool)
        case utf32(bigEndian: Bool)
        /// Anything else, by iconv's name.
        case iconv(String)
    }

    let form: Form

    init(form: Form) { self.form = form }

    /// UTF-8, and ASCII.
    public static let utf8 = TextEncoding(form: .utf8)

    /// Whether ASCII characters are single bytes with their ASCII values, so that markup can be seen undecoded.
    var isASCIICompatible: Bool {
        switch form {
        case .utf8: true
        case .utf16, .utf32: false
        case .iconv: TextDecoder.decodesASCII(self)
        }
    }

    /// Whether a byte of ASCII always stands for its character, even within others, so that markup may also be
    /// *written* among undecoded bytes. Of the encodings with several bytes per character these are known to
    /// keep `<`, `>`, `&` and the quotes out of their second bytes.
    public var leavesMarkupAlone: Bool {
        switch form {
        case .utf8: true
        case .utf16, .utf32: false
        case .iconv("GB18030"), .iconv("BIG5-HKSCS"), .iconv("EUC-JP-MS"), .iconv("CP932"), .iconv("CP949"):
            true
        case .iconv: TextDecoder.hasOneByteEach(self) && isASCIICompatible
        }
    }

    /// Whether it is UTF-8, in which every character can be written.
    public var isUTF8: Bool { form == .utf8 }

    /// The encoding's name for people.
    public var name: String {
        switch form {
        case .utf8: "UTF-8"
        case .utf16: "UTF-16"
        case .utf32: "UTF-32"
        case .iconv(let name): name
        }
    }

    /// The encoding of a label as documents write it; nil when nothing is known by that name.
    ///
    /// Labels of the WHATWG Encoding standard (section 4.2) mean what they mean to browsers, so `iso-8859-1` is
    /// windows-1252. Any other label is asked of iconv.
    public init?(label: String) {
        var name = ""
        for byte in label.utf8 where !byte.isMarkupSpace {
            // Nothing but these is part of a name; iconv reads "//" as an option.
            guard
                byte.isASCIILetter || byte.isASCIIDigit || byte == 0x2D || byte == 0x5F || byte == 0x2E
                    || byte == 0x3A || byte == 0x2B || byte == 0x28 || byte == 0x29
            else { return nil }
            name.append(Character(Unicode.Scalar(byte.asciiLowered)))
        }
        guard !name.isEmpty, name.utf8.count <= 40 else { return nil }
        switch name {
        case "utf-8", "utf8", "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8":
            form = .utf8
        case "utf-16", "utf-16le", "utf16", "utf16le", "unicode", "ucs-2", "iso-10646-ucs-2", "csunicode",
            "unicodefeff":
            form = .utf16(bigEndian: false)
        case "utf-16be", "utf16be", "unicodefffe": form = .utf16(bigEndian: true)
        case "utf-32", "utf32", "utf-32le", "utf32le", "ucs-4", "ucs-4le": form = .utf32(bigEndian: false)
        case "utf-32be", "utf32be", "ucs-4be", "iso-10646-ucs-4": form = .utf32(bigEndian: true)
        default:
            let known = Self.iconvName(ofWHATWG: name) ?? name.uppercased()
            guard TextDecoder.isKnown(known) else { return nil }
            form = .iconv(known)
        }
    }

    /// iconv's name of the encoding that a WHATWG label stands for. Where glibc has a superset that browsers
    /// use in its place (CP932, CP949, GB18030), that one.
    private static func iconvName(ofWHATWG label: String) -> String? {
        switch label {
        case "ansi_x3.4-1968", "ascii", "us-ascii", "cp1252", "cp819", "csisolatin1", "ibm819", "iso-8859-1",
            "iso-ir-100", "iso8859-1", "iso88591", "iso_8859-1", "iso_8859-1:1987", "l1", "latin1",
            "windows-1252", "x-cp1252":
            "CP1252"
        case "866", "cp866", "csibm866", "ibm866": "CP866"
        case "csisolatin2", "iso-ir-101", "iso8859-2", "iso88592", "iso_8859-2", "iso_8859-2:1987", "l2",
            "latin2":
            "ISO-8859-2"
        case "csisolatin3", "iso-ir-109", "iso8859-3", "iso88593", "iso_8859-3", "iso_8859-3:1988", "l3",
            "latin3":
            "ISO-8859-3"
        case "csisolatin4", "iso-ir-110", "iso8859-4", "iso88594", "iso_8859-4", "iso_8859-4:1988", "l4",
            "latin4":
            "ISO-8859-4"
        case "csisolatincyrillic", "cyrillic", "iso-ir-144", "iso8859-5", "iso88595", "iso_8859-5",
            "iso_8859-5:1988":
            "ISO-8859-5"
        case "arabic", "asmo-708", "csiso88596e", "csiso88596i", "csisolatinarabic", "ecma-114",
            "iso-8859-6-e", "iso-8859-6-i", "iso-ir-127", "iso8859-6", "iso88596", "iso_8859-6",
            "iso_8859-6:1987":
            "ISO-8859-6"
        case "csisolatingreek", "ecma-118", "elot_928", "greek", "greek8", "iso-ir-126", "iso8859-7",
            "iso88597", "iso_8859-7", "iso_8859-7:1987", "sun_eu_greek":
            "ISO-8859-7"
        case "csiso88598e", "csisolatinhebrew", "hebrew", "iso-8859-8-e", "iso-ir-138", "iso8859-8",
            "iso88598", "iso_8859-8", "iso_8859-8:1988", "visual", "csiso88598i", "iso-8859-8-i", "logical":
            "ISO-8859-8"
        case "csisolatin6", "iso-ir-157", "iso8859-10", "iso885910", "l6", "latin6": "ISO-8859-10"
        case "iso8859-13", "iso885913": "ISO-8859-13"
        case "iso8859-14", "iso885914": "ISO-8859-14"
        case "csisolatin9", "iso8859-15", "iso885915", "iso_8859-15", "l9": "ISO-8859-15"
        case "cskoi8r", "koi", "koi8", "koi8-r", "koi8_r": "KOI8-R"
        case "koi8-ru", "koi8-u": "KOI8-U"
        case "csmacintosh", "mac", "macintosh", "x-mac-roman": "MACINTOSH"
        case "dos-874", "iso-8859-11", "iso8859-11", "iso885911", "tis-620", "windows-874": "CP874"
        case "cp1250", "windows-1250", "x-cp1250": "CP1250"
        case "cp1251", "windows-1251", "x-cp1251": "CP1251"
        case "cp1253", "windows-1253", "x-cp1253": "CP1253"
        case "cp1254", "csisolatin5", "iso-8859-9", "iso-ir-148", "iso8859-9", "iso88599", "iso_8859-9",
            "iso_8859-9:1989", "l5", "latin5", "windows-1254", "x-cp1254":
            "CP1254"
        case "cp1255", "windows-1255", "x-cp1255": "CP1255"
        case "cp1256", "windows-1256", "x-cp1256": "CP1256"
        case "cp1257", "windows-1257", "x-cp1257": "CP1257"
        case "cp1258", "windows-1258", "x-cp1258": "CP1258"
        case "x-mac-cyrillic", "x-mac-ukrainian": "MAC-CYRILLIC"
        case "chinese", "csgb2312", "csiso58gb231280", "gb2312", "gb_2312", "gb_2312-80", "gbk",
            "iso-ir-58", "x-gbk", "gb18030", "hz-gb-2312":
            "GB18030"
        case "big5", "big5-hkscs", "cn-big5", "csbig5", "x-x-big5": "BIG5-HKSCS"
        case "cseucpkdfmtjapanese", "euc-jp", "x-euc-jp": "EUC-JP-MS"
        case "csiso2022jp", "iso-2022-jp": "ISO-2022-JP"
        case "csshiftjis", "ms932", "ms_kanji", "shift-jis", "shift_jis", "sjis", "windows-31j", "x-sjis":
            "CP932"
        case "cseuckr", "csksc56011987", "euc-kr", "iso-ir-149", "korean", "ks_c_5601-1987",
            "ks_c_5601-1989", "ksc5601", "ksc_5601", "windows-949":
            "CP949"
        default: nil
        }
    }
}
