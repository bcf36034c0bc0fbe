/// An address that may be shown as a link: it leads where it says, and holds nothing that any markup acts on.
///
/// Anyone may write anything into a feed. `javascript:`, names and passwords before the host, hosts in other
/// scripts than Latin (one letter may look like another; punycode may not) and what is too long make no link.
struct WebLink: Sendable, Hashable {
    /// 2,048 bytes: what every browser and every receiver takes.
    static let maxBytes = 2048

    /// With scheme; everything behind the host that is not plain is percent-encoded.
    let url: String
    /// Lower case, without port.
    let host: String

    /// Nil for an address that is not to be shown as a link.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let scheme = ["http://", "https://"].first(where: { Self.begins(bytes, $0) }) else {
            return nil
        }
        let rest = bytes.dropFirst(scheme.utf8.count)
        let authority = rest.prefix { !Self.endsAuthority.contains($0) }
        let parts = authority.split(separator: 0x3A, maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty, name.allSatisfy(Self.isPlainInHost) else { return nil }
        if parts.count == 2 {
            guard (1...5).contains(parts[1].count), parts[1].allSatisfy(Self.digits.contains) else {
                return nil
            }
        }
        let lower = String(decoding: authority, as: UTF8.self).lowercased()
        let url = scheme + lower + Self.encoded(rest.dropFirst(authority.count))
        guard url.utf8.count <= Self.maxBytes else { return nil }
        self.url = url
        host = String(decoding: name, as: UTF8.self).lowercased()
    }

    private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    private static let endsAuthority = Set("/?#".utf8)
    /// RFC 3986 without the brackets, the asterisk and the apostrophe, which some markup acts on.
    private static let plainSigns = Set("-._~:/?#@!$&+,;=".utf8)

    private static func begins(_ bytes: [UInt8], _ scheme: String) -> Bool {
        String(decoding: bytes.prefix(scheme.utf8.count), as: UTF8.self).lowercased() == scheme
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        digits.contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }

    private static func isPlainInHost(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private static func encoded(_ bytes: ArraySlice<UInt8>) -> String {
        var out: [UInt8] = []
        for index in bytes.indices {
            let byte = bytes[index]
            let isEscape =
                byte == UInt8(ascii: "%") && bytes[index...].dropFirst().prefix(2).count == 2
                && bytes[index...].dropFirst().prefix(2).allSatisfy(isHexDigit)
            if isEscape || isAlphanumeric(byte) || plainSigns.contains(byte) {
                out.append(byte)
            } else {
                out += LineText.percentEncoded(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        digits.contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }
}
