import Markup

/// Bytes of any encoding give UTF-8, the same however they are cut, and no more than iconv can write.
///
/// The first byte chooses the charset that HTTP claims, the second how the rest is cut.
enum EncodingTarget {
    private static let charsets: [String?] = [
        nil, "utf-8", "iso-8859-1", "windows-1251", "Shift_JIS", "EUC-JP", "ISO-2022-JP", "GB18030", "Big5",
        "EUC-KR", "utf-16", "utf-16be", "utf-32", "utf-7", "koi8-r", "no-such-charset",
    ]

    static func test(_ bytes: [UInt8]) {
        guard bytes.count > 2 else { return }
        let charset = charsets[Int(bytes[0]) % charsets.count]
        let size = 1 + Int(bytes[1])
        let document = Array(bytes[2...])
        testDocument(document, charset: charset, size: size)
        guard let finding = EncodingDetector.detect(document, charset: charset, isWhole: true) else {
            preconditionFailure("a whole document without an encoding")
        }
        let text = Array(document.dropFirst(finding.markLength))
        var whole = TextDecoder(encoding: finding.encoding)
        let expected = whole.decode(text) + whole.finish()
        precondition(expected.count <= 4 * text.count + 16, "text that grew")
        if !finding.encoding.isUTF8 {
            precondition(String(validating: expected, as: UTF8.self) != nil, "text that is not UTF-8")
        }
        var decoder = TextDecoder(encoding: finding.encoding)
        var cut: [UInt8] = []
        for start in stride(from: 0, to: text.count, by: size) {
            cut += decoder.decode(Array(text[start..<min(text.count, start + size)]))
        }
        precondition(cut + decoder.finish() == expected, "text that depends on how it was cut")
    }

    /// The same for a decoder that tells the encoding by the bytes where it is not said, or not true.
    private static func testDocument(_ document: [UInt8], charset: String?, size: Int) {
        var whole = DocumentDecoder(charset: charset)
        let expected = whole.decode(document) + whole.finish()
        precondition(expected.count <= 4 * document.count + 16, "a document that grew")
        var decoder = DocumentDecoder(charset: charset)
        var cut: [UInt8] = []
        for start in stride(from: 0, to: document.count, by: size) {
            cut += decoder.decode(Array(document[start..<min(document.count, start + size)]))
        }
        precondition(cut + decoder.finish() == expected, "a document that depends on how it was cut")
        precondition(decoder.decision == whole.decision, "a decision that depends on how it was cut")
        precondition(whole.decision.map { $0.offset <= expected.count } ?? true, "a decision behind the end")
    }
}
