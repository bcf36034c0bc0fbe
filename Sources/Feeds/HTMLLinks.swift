import Markup

/// Makes the addresses in HTML absolute, for fields under an `xml:base`, which a reader of the field cannot see.
enum HTMLLinks {
    /// The markup with the addresses of its links, images and the like resolved against `base`; nothing else
    /// changes. Nil when that would add more than `maxGrowth` bytes.
    static func absolute(_ html: ArraySlice<UInt8>, base: String, maxGrowth: Int) -> [UInt8]? {
        var tokenizer = MarkupTokenizer(syntax: .html)
        tokenizer.append(Array(html))
        tokenizer.end()
        var output: [UInt8] = []
        var copied = 0
        var noEntities = EntityTable()
        while let token = tokenizer.next() {
            guard token.kind == .startTag else { continue }
            for attribute in tokenizer.attributes where !attribute.value.isEmpty {
                let name = String(
                    decoding: tokenizer.bytes[attribute.name].map(\.asciiLowered), as: UTF8.self)
                guard names.contains(name) else { continue }
                var value: [UInt8] = []
                CharacterReferences.decode(
                    tokenizer.bytes, in: attribute.value, context: .xml, entities: &noEntities, into: &value)
                let address = String(decoding: value, as: UTF8.self)
                let resolved = URLReference.resolve(address, against: base)
                guard resolved != address else { continue }
                output.append(contentsOf: tokenizer.bytes[copied..<attribute.value.lowerBound])
                for byte in resolved.utf8 {
                    switch byte {
                    case 0x26: output.append(contentsOf: "&amp;".utf8)
                    case 0x22: output.append(contentsOf: "&quot;".utf8)
                    case 0x27: output.append(contentsOf: "&#39;".utf8)
                    default: output.append(byte)
                    }
                }
                copied = attribute.value.upperBound
                guard output.count - copied <= maxGrowth else { return nil }
            }
        }
        output.append(contentsOf: tokenizer.bytes[copied...])
        return output
    }

    /// Attributes that hold one address (HTML standard, attributes index).
    private static let names: Set<String> = [
        "action", "background", "cite", "data", "href", "longdesc", "poster", "src", "usemap",
    ]
}
