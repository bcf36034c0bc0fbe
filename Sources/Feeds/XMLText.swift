/// Writes text into XML.
enum XMLText {
    /// `text` between double quotes in an attribute, or between tags. Characters that XML forbids are left out;
    /// where `isUTF8` is false everything beyond ASCII becomes a reference, which any encoding can hold.
    static func escaped(_ text: String, isUTF8: Bool = true) -> [UInt8] {
        var output: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x26: output += Array("&amp;".utf8)
            case 0x3C: output += Array("&lt;".utf8)
            case 0x3E: output += Array("&gt;".utf8)
            case 0x22: output += Array("&quot;".utf8)
            // Line ends and tabs in an attribute would be read as spaces (XML 1.0, 3.3.3).
            case 0x09, 0x0A, 0x0D: output += reference(scalar)
            case ..<0x20, 0xFFFE, 0xFFFF: continue
            case 0x80...: output += isUTF8 ? Array(String(scalar).utf8) : reference(scalar)
            default: output.append(UInt8(scalar.value))
            }
        }
        return output
    }

    /// `text` as it is, everything beyond ASCII as a reference.
    static func withReferences(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard text.contains(where: { $0 >= 0x80 }) else { return Array(text) }
        return String(decoding: text, as: UTF8.self).unicodeScalars.flatMap { scalar in
            scalar.value < 0x80 ? [UInt8(scalar.value)] : reference(scalar)
        }
    }

    private static func reference(_ scalar: Unicode.Scalar) -> [UInt8] { Array("&#\(scalar.value);".utf8) }
}
