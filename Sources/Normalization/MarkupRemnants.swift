/// Takes out tags and character references that are left in a text because its outlet escaped them twice.
///
/// Only for comparing copies, where it is enough that the same words remain: a letter with an accent becomes the bare
/// letter, a sign becomes a space. Reading markup properly is the business of `Markup`.
enum MarkupRemnants {
    private static let longestTag = 2048
    private static let longestReference = 10

    /// The bytes without remnants. Linear in their number.
    static func cleaned(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        withoutTags(resolved(bytes))
    }

    private static func resolved(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == 0x26 else {
                output.append(bytes[index])
                index += 1
                continue
            }
            index += 1
            // Encoded again and again: &amp;amp;lt;
            while bytes.count - index >= 4, bytes[index] | 0x20 == 0x61, bytes[index + 1] | 0x20 == 0x6D,
                bytes[index + 2] | 0x20 == 0x70, bytes[index + 3] == 0x3B
            { index += 4 }
            let limit = min(bytes.count, index + longestReference)
            guard let end = bytes[index..<limit].firstIndex(of: 0x3B) else {
                output.append(0x26)
                continue
            }
            let name = bytes[index..<end]
            guard !name.isEmpty, name.allSatisfy({ $0 == 0x23 || isAlphanumeric($0) }) else {
                output.append(0x26)
                continue
            }
            // In lower case: the text may be in capitals, names too, and case counts for nothing here.
            output.append(contentsOf: meaning(String(decoding: name, as: UTF8.self).lowercased()))
            index = end + 1
        }
        return output
    }

    private static func meaning(_ name: String) -> [UInt8] {
        switch name {
        case "lt": return [0x3C]
        case "gt": return [0x3E]
        case "shy", "zwj", "zwnj", "lrm", "rlm", "apos", "rsquo", "lsquo": return []
        case "szlig": return [0x73, 0x73]
        default: break
        }
        if name.hasPrefix("#") {
            let digits = name.dropFirst()
            let number =
                digits.hasPrefix("x")
                ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return number.flatMap(Unicode.Scalar.init).map { Array(String($0).utf8) } ?? [0x20]
        }
        let accents = ["acute", "grave", "circ", "uml", "tilde", "cedil", "ring", "slash", "caron"]
        if let letter = name.utf8.first, accents.contains(String(name.dropFirst())) { return [letter] }
        if name.hasSuffix("lig"), name.utf8.count == 5 { return Array(name.utf8.prefix(2)) }
        return [0x20]
    }

    private static func withoutTags(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            if bytes[index] == 0x3C, next == 0x2F || next == 0x21 || isAlphanumeric(next) && next > 0x39,
                let end = bytes[index..<min(bytes.count, index + longestTag)].firstIndex(of: 0x3E)
            {
                output.append(0x20)
                index = end + 1
            } else {
                output.append(bytes[index])
                index += 1
            }
        }
        return output
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
    }
}
