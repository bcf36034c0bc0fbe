import Markup
import Testing

@Suite struct EncodingTests {
    private func text(_ bytes: [UInt8], charset: String? = nil) -> String {
        String(decoding: DocumentDecoder.decode(bytes, charset: charset), as: UTF8.self)
    }

    private func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return bigEndian ? [high, low] : [low, high]
        }
    }

    private let sample = "<?xml version='1.0'?><a>Grüße, 新聞 😀</a>"

    @Test func byteOrderMarksWinOverEverything() {
        #expect(text([0xEF, 0xBB, 0xBF] + Array(sample.utf8), charset: "iso-8859-1") == sample)
        #expect(text([0xFF, 0xFE] + utf16(sample, bigEndian: false), charset: "utf-8") == sample)
        #expect(text([0xFE, 0xFF] + utf16(sample, bigEndian: true)) == sample)
    }

    @Test func wideEncodingsAreSeenWithoutAMark() {
        #expect(text(utf16(sample, bigEndian: false)) == sample)
        #expect(text(utf16(sample, bigEndian: true)) == sample)
        let utf32 = sample.unicodeScalars.flatMap { scalar -> [UInt8] in
            [0, UInt8(scalar.value >> 16), UInt8(scalar.value >> 8 & 0xFF), UInt8(scalar.value & 0xFF)]
        }
        #expect(text(utf32) == sample)
    }

    @Test func headerWinsOverTheDeclaration() {
        let bytes = Array("<?xml version='1.0' encoding='koi8-r'?><a>".utf8) + [0xE4]
        #expect(text(bytes, charset: "windows-1251").hasSuffix("<a>д"))
        #expect(text(bytes).hasSuffix("<a>Д"))
    }

    @Test(arguments: [
        ("ISO-8859-1", [0x93, 0xE9, 0x94], "“é”"), ("windows-1252", [0x80], "€"), ("latin1", [0x85], "…"),
        ("windows-1251", [0xCF, 0xF0], "Пр"), ("koi8-u", [0xF0], "П"), ("gb2312", [0xD0, 0xC2], "新"),
        ("big5", [0xB7, 0x73], "新"), ("Shift_JIS", [0x90, 0x56], "新"), ("euc-jp", [0xBF, 0xB7], "新"),
        ("euc-kr", [0xC7, 0xD1], "한"), ("iso-8859-9", [0xFE], "ş"),
        ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x3F, 0x37], "新"),
        // Letters for which iconv waits whether an accent follows, and one that changes what follows.
        ("windows-1255", [0xE0, 0xE1], "אב"), ("windows-1258", [0x61, 0x65, 0xF2, 0x61], "ae\u{323}a"),
        ("big5", [0x88, 0x66], "Ê"), ("utf-7", Array("+ZbA-".utf8), "新"),
        ("macintosh", [0x8E], "é"), ("tis-620", [0xA1], "ก"), ("cp437", [0x82], "é"),
    ])
    func labelsMeanWhatBrowsersReadInThem(label: String, bytes: [UInt8], expected: String) {
        let head = Array("<?xml version=\"1.0\" encoding=\"\(label)\"?><a>".utf8)
        #expect(text(head + bytes).hasSuffix("<a>" + expected))
    }

    @Test func labelsThatCannotBeTrueArePassedOver() {
        let bytes = Array("<?xml version='1.0' encoding='utf-16'?><a>é</a>".utf8)
        #expect(text(bytes) == String(decoding: bytes, as: UTF8.self))
        let finding = EncodingDetector.detect(bytes, charset: "no-such-set", isWhole: true)
        #expect(finding?.encoding == .utf8)
        #expect(TextEncoding(label: "no-such-set") == nil)
        #expect(TextEncoding(label: "utf-8//IGNORE") == nil)
    }

    @Test func whiteSpaceBeforeTheDeclarationIsNotWaitedForWithoutEnd() {
        let space = [UInt8](repeating: 0x20, count: EncodingDetector.prefixLength)
        let declaration = Array("<?xml version='1.0' encoding='koi8-r'?>".utf8)
        for bytes in [space, space + declaration] {
            #expect(EncodingDetector.detect(bytes, charset: nil, isWhole: false)?.encoding == .utf8)
        }
        #expect(EncodingDetector.detect(Array(space.dropLast()), charset: nil, isWhole: false) == nil)
    }

    @Test(arguments: [
        "windows-1251", "Shift_JIS", "gb18030", "utf-16", "iso-2022-jp", "utf-32be",
        "big5", "windows-1255", "windows-1258", "utf-7", "utf-)))7", "ibm930",
    ])
    func chunksDoNotChangeTheText(label: String) throws {
        let encoding = try #require(TextEncoding(label: label))
        let bytes: [UInt8] = (0..<400).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 3) }
        var whole = TextDecoder(encoding: encoding)
        let expected = whole.decode(bytes) + whole.finish()
        for size in [1, 2, 3, 5, 64] {
            var decoder = TextDecoder(encoding: encoding)
            var output: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                output += decoder.decode(Array(bytes[start..<min(bytes.count, start + size)]))
            }
            output += decoder.finish()
            #expect(output == expected, "chunks of \(size)")
        }
    }

    @Test func strayBytesInUTF8AreReadAsWindows1252() {
        let bytes: [UInt8] = Array("caf".utf8) + [0xE9, 0x20, 0x93] + Array("né".utf8) + [0x94, 0xE2, 0x82]
        let (text, wasRepaired) = UTF8Writer.string(bytes[...])
        #expect(text == "café “né”â‚")
        #expect(wasRepaired)
    }

    @Test func forbiddenControlCharactersAreLeftOut() {
        let (text, wasRepaired) = UTF8Writer.string([0x61, 0, 0x08, 0x62, 0x09, 0xC2, 0x92, 0x63][...])
        #expect(text == "ab\t’c")
        #expect(!wasRepaired)
    }
}
