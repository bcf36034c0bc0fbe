/// Finds the encoding of a document from its first bytes and what HTTP said.
///
/// In this order: byte order mark; the pattern of `<?` in UTF-16, UTF-32 or EBCDIC; the charset of the HTTP
/// header; the XML declaration; UTF-8. A label that is not known, or that cannot be true since the bytes are
/// ASCII's, is passed over.
public enum EncodingDetector {
    /// Bytes that are enough to decide.
    public static let prefixLength = 1_024

    /// What was found.
    public struct Finding: Sendable, Hashable {
        /// The encoding.
        public let encoding: TextEncoding
        /// Bytes of the byte order mark, not part of the text.
        public let markLength: Int
        /// Whether the document or header names it.
        public let isDeclared: Bool
        /// A label in the document or header that was passed over.
        public let ignoredLabel: String?

        init(_ encoding: TextEncoding, markLength: Int = 0, isDeclared: Bool = false, ignored: String? = nil)
        {
            self.encoding = encoding
            self.markLength = markLength
            self.isDeclared = isDeclared
            ignoredLabel = ignored
        }
    }

    /// Decides from the first bytes; nil when more bytes could change the answer and `isWhole` is false.
    ///
    /// Bytes beyond `prefixLength` change nothing, so that neither white space before a document is held nor the
    /// answer hangs on how the document came.
    public static func detect(_ bytes: [UInt8], charset: String?, isWhole: Bool) -> Finding? {
        let prefix = Array(bytes.prefix(prefixLength))
        let isWhole = isWhole || prefix.count == prefixLength
        if prefix.count < 4, !isWhole { return nil }
        if let marked = byteOrderMark(prefix) { return marked }
        if let form = pattern(prefix) {
            return Finding(TextEncoding(form: form))
        }
        var ignored: String?
        if let charset {
            if let encoding = usable(charset) {
                return Finding(encoding, isDeclared: true)
            }
            ignored = charset
        }
        let start = prefix.firstIndex { !$0.isMarkupSpace } ?? prefix.count
        let isEBCDIC = prefix[start...].starts(with: [0x4C, 0x6F, 0xA7, 0x94])
        var readable = prefix
        if isEBCDIC {
            var decoder = TextDecoder(encoding: TextEncoding(form: .iconv("IBM037")))
            readable = decoder.decode(prefix)
        }
        let first = Array(readable[min(start, readable.count)...].prefix(5))
        if first.elementsEqual("<?xml".utf8) {
            guard let close = ByteScan.index(of: 0x3E, in: readable, from: start, to: readable.count) else {
                if !isWhole { return nil }
                return Finding(.utf8, ignored: ignored)
            }
            if let label = declaredLabel(readable, in: start..<close) {
                let found = isEBCDIC ? TextEncoding(label: label) : usable(label)
                if let found { return Finding(found, isDeclared: true, ignored: ignored) }
                ignored = label
            }
        } else if first.count < 5, !isWhole, "<?xml".utf8.starts(with: first) {
            return nil
        }
        let fallback = isEBCDIC ? TextEncoding(form: .iconv("IBM037")) : .utf8
        return Finding(fallback, ignored: ignored)
    }

    /// The encoding of a label, if bytes that were read as ASCII can be in it.
    private static func usable(_ label: String) -> TextEncoding? {
        guard let encoding = TextEncoding(label: label), encoding.isASCIICompatible else { return nil }
        return encoding
    }

    private static func byteOrderMark(_ prefix: [UInt8]) -> Finding? {
        func finding(_ form: TextEncoding.Form, _ length: Int) -> Finding {
            Finding(TextEncoding(form: form), markLength: length)
        }
        if prefix.starts(with: [0xEF, 0xBB, 0xBF]) { return finding(.utf8, 3) }
        if prefix.starts(with: [0xFF, 0xFE, 0, 0]) { return finding(.utf32(bigEndian: false), 4) }
        if prefix.starts(with: [0, 0, 0xFE, 0xFF]) { return finding(.utf32(bigEndian: true), 4) }
        if prefix.starts(with: [0xFF, 0xFE]) { return finding(.utf16(bigEndian: false), 2) }
        if prefix.starts(with: [0xFE, 0xFF]) { return finding(.utf16(bigEndian: true), 2) }
        return nil
    }

    /// UTF-16 and UTF-32 without a mark (XML 1.0, appendix F.1).
    private static func pattern(_ prefix: [UInt8]) -> TextEncoding.Form? {
        if prefix.starts(with: [0x3C, 0, 0, 0]) { return .utf32(bigEndian: false) }
        if prefix.starts(with: [0, 0, 0, 0x3C]) { return .utf32(bigEndian: true) }
        guard prefix.count >= 4 else { return nil }
        if prefix[0] == 0x3C, prefix[1] == 0, prefix[2] != 0, prefix[3] == 0 {
            return .utf16(bigEndian: false)
        }
        if prefix[0] == 0, prefix[1] == 0x3C, prefix[2] == 0, prefix[3] != 0 {
            return .utf16(bigEndian: true)
        }
        return nil
    }

    /// The value of `encoding` in an XML declaration.
    private static func declaredLabel(_ bytes: [UInt8], in range: Range<Int>) -> String? {
        let text = String(decoding: bytes[range], as: UTF8.self)
        guard let name = text.firstRange(of: "encoding") else { return nil }
        let after = text[name.upperBound...].drop { $0 == " " || $0 == "=" || $0 == "\t" || $0 == "\n" }
        guard let quote = after.first, quote == "\"" || quote == "'" else { return nil }
        let value = after.dropFirst().prefix { $0 != quote }
        return value.isEmpty ? nil : String(value)
    }
}
