import Markup
import Testing

/// Encodings told by the bytes alone. Every text here was written for it.
@Suite struct DocumentDecoderTests {
    private struct Sample: CustomTestStringConvertible, Sendable {
        let encoding: String
        let label: String
        let text: String
        var testDescription: String { "\(label): \(text.prefix(20))" }

        init(_ encoding: String, _ label: String, _ text: String) {
            (self.encoding, self.label, self.text) = (encoding, label, text)
        }
    }

    private func decoder(after bytes: [UInt8], charset: String? = nil) -> (DocumentDecoder, String) {
        var decoder = DocumentDecoder(charset: charset)
        let output = decoder.decode(bytes)
        let text = String(decoding: output + decoder.finish(), as: UTF8.self)
        return (decoder, text)
    }

    private func document(_ text: String, declaration: String = "") -> String {
        "\(declaration)<rss><channel><title>Desk</title><item><title>\(text)</title></item></channel></rss>"
    }

    private static let undeclared = [
        Sample("CP1251", "windows-1251", "Новости"),
        Sample("CP1251", "windows-1251", "МОСКВА"),
        Sample("CP1251", "windows-1251", "Совет директоров «Ромашки» уволил главу — акции упали на 5 %"),
        Sample("CP1251", "windows-1251", "Рада ухвалила бюджет, її голова їде до Києва"),
        Sample("CP1251", "windows-1251", "Президентът подписа закона за пристанището"),
        Sample("CP1251", "windows-1251", "iPhone подешевел"),
        Sample("CP1251", "windows-1251", "поезда и самолёты"),
        Sample("KOI8-U", "koi8-u", "Порт закрыт из-за шторма, паромы стоят до утра"),
        Sample("CP1253", "windows-1253", "Η κυβέρνηση ανακοίνωσε νέα μέτρα για το λιμάνι"),
        Sample("CP1255", "windows-1255", "המועצה אישרה את התקציב של הנמל"),
        Sample("CP1256", "windows-1256", "أعلنت الحكومة عن ميزانية جديدة للميناء"),
        Sample("CP874", "windows-874", "รัฐบาลประกาศงบประมาณใหม่สำหรับท่าเรือ"),
        Sample("GB18030", "GB18030", "港口新闻"),
        Sample("GB18030", "GB18030", "市政府昨天宣布，新港口将于明年开放。"),
        Sample("GB18030", "GB18030", "OpenAI 董事会解雇了首席执行官"),
        Sample("BIG5-HKSCS", "Big5", "港口工程的新聞"),
        Sample("BIG5-HKSCS", "Big5", "市政府昨天宣布，新港口將於明年開放。"),
        Sample("BIG5-HKSCS", "Big5", "地震：「沒有人受傷」"),
        Sample("CP932", "Shift_JIS", "港のニュース"),
        Sample("CP932", "Shift_JIS", "市は昨日、新しい港を来年開くと発表した。"),
        Sample("EUC-JP-MS", "EUC-JP", "港のニュース"),
        Sample("EUC-JP-MS", "EUC-JP", "市は昨日、新しい港を来年開くと発表した。"),
        Sample("CP949", "EUC-KR", "항구 소식"),
        Sample("CP949", "EUC-KR", "시는 어제 새 항구를 내년에 연다고 발표했다."),
    ]

    @Test(arguments: undeclared)
    private func undeclaredTextIsReadInItsEncoding(sample: Sample) throws {
        let (decoder, text) = decoder(after: try encoded(document(sample.text), sample.encoding))
        #expect(text == document(sample.text))
        let decision = try #require(decoder.decision)
        #expect(decision.message == "the bytes are not UTF-8; they were read as \(sample.label)")
        #expect(text.utf8.prefix(decision.offset).allSatisfy { $0 < 0x80 })
    }

    @Test(arguments: undeclared)
    private func aLongTextIsReadAsAShortOne(sample: Sample) throws {
        // Behind so much ASCII and so often that the sample ends long before the document.
        let long = document(
            String(repeating: "x", count: 100_000) + String(repeating: " \(sample.text) 1", count: 2_000))
        #expect(decoder(after: try encoded(long, sample.encoding)).1 == long)
    }

    @Test(arguments: [
        "Élections : l’été à Genève, où l’école rouvre déjà", "À", "«Le château» — François a gagné",
        "Die Straße über den Fluß wird für Öl und Gemüse größer", "Ärger", "ÄÖÜ",
        "Ärzte, Übung, Öfen, ähnlich",
        "¿Qué pasó? El niño volvió a España mañana", "¡Sí!", "São Paulo não terá eleição, diz avó",
        "è vero, è così, è qui, è là, è già, è giù: è, è, è, è, è, è, è, è, è, è",
        "Så här är det: många åker på sjön i år", "Það er öllum ljóst að þetta er íslenska",
        "Hyvää yötä, sanoi äiti työpäivän jälkeen", "“Smart quotes” – and ‘more’ of them…", "café",
        "© 2024 Müller & Söhne · 50 € ± 5 %", "ÉTÉ À L’ÎLE D’OLÉRON", "L’œuvre de Chloë",
    ])
    func westernTextStaysWhatUndeclaredBytesAre(text: String) throws {
        let bytes = try encoded(document(text), "CP1252")
        let (decoder, _) = decoder(after: bytes)
        #expect(decoder.encoding == .utf8)
        #expect(decoder.decision?.message == "bytes that are not UTF-8 were read as windows-1252")
        let field = UTF8Writer.string(bytes[...]).text
        #expect(field == document(text))
    }

    /// These have no model of their own; what counts is that they are not taken for letters of another script.
    @Test(arguments: [
        ("CP1250", "Rząd zapowiedział żądania; Łódź będzie większa już jutro"),
        ("CP1250", "Příští úřad řekl, že šéf nepůjde; žádný důvod"),
        ("ISO-8859-2", "Żółta łódka płynie, źle się dzieje, ćma śpi"),
        ("CP1250", "Őszi szünet: a bíróság ülése elmarad, győztünk"),
        ("CP1254", "İstanbul'da şirket çalışanları için yeni ücret açıklandı, ağır koşullar"),
        ("CP1257", "Rīgā šodien notiek vēlēšanas, žurnālisti gaida"),
    ])
    func otherLatinTextIsNotTakenForAnotherScript(encoding: String, text: String) throws {
        #expect(decoder(after: try encoded(document(text), encoding)).0.encoding == .utf8)
    }

    @Test(arguments: [
        ("utf-8", "CP1251", "Порт закрыт из-за шторма", "windows-1251"),
        ("iso-8859-1", "CP1251", "Порт закрыт из-за шторма, паромы стоят", "windows-1251"),
        ("windows-1251", "KOI8-U", "Порт закрыт из-за шторма, паромы стоят до утра", "koi8-u"),
        ("iso-8859-1", "UTF-8", "Порт закрыт из-за шторма", "UTF-8"),
        ("gb2312", "UTF-8", "市政府昨天宣布，新港口将于明年开放。", "UTF-8"),
        ("Shift_JIS", "EUC-JP-MS", "市は昨日、新しい港を来年開くと発表した。", "EUC-JP"),
        ("gb2312", "BIG5-HKSCS", "市政府昨天宣布，新港口將於明年開放，歡迎大家前來參觀。", "Big5"),
        ("utf-8", "CP949", "시는 어제 새 항구를 내년에 연다고 발표했다.", "EUC-KR"),
    ])
    func whatWasDeclaredYieldsToTheBytes(said: String, encoding: String, text: String, label: String) throws {
        let whole = document(text, declaration: "<?xml version='1.0' encoding='\(said)'?>")
        let (decoded, result) = decoder(after: try encoded(whole, encoding))
        #expect(result == whole)
        #expect(decoded.decision?.message.hasSuffix("as declared; they were read as \(label)") == true)
        let header = decoder(after: try encoded(document(text), encoding), charset: said)
        #expect(header.1 == document(text))
    }

    @Test(arguments: [
        ("windows-1252", "CP1252", "Élections : l’été à Genève"), ("koi8-r", "KOI8-R", "БВГ"),
        ("iso-8859-2", "ISO-8859-2", "Żółta łódka"), ("gb2312", "GB18030", "囍"), ("big5", "BIG5-HKSCS", "鱻"),
        ("cp437", "CP437", "é"), ("windows-1251", "CP1251", "ЙЦУКЕН"), ("Shift_JIS", "CP932", "ｶﾅ"),
        // A page that shows what UTF-8 looks like when it is read wrongly.
        ("windows-1252", "CP1252", "«é» becomes «Ã©», «ü» becomes «Ã¼»"), ("windows-1252", "CP1252", "Ã©"),
    ])
    func whatWasDeclaredStaysWhereTheBytesAllowIt(said: String, encoding: String, text: String) throws {
        let whole = document(text, declaration: "<?xml version='1.0' encoding='\(said)'?>")
        let (decoder, result) = decoder(after: try encoded(whole, encoding))
        #expect(result == whole)
        #expect(decoder.decision == nil)
    }

    @Test func strayBytesInUTF8DoNotMakeItAnotherEncoding() throws {
        let text = document("Новости: ") + "<a>Порт закрыт</a>"
        let bytes = Array(text.utf8) + [0xE9, 0x20, 0x93, 0x94] + Array("\u{FFFD} Море".utf8)
        let (decoder, _) = decoder(after: bytes)
        #expect(decoder.encoding == .utf8)
        #expect(decoder.decision?.message == "bytes that are not UTF-8 were read as windows-1252")
    }

    @Test func aMarkIsBelievedWhateverFollows() throws {
        let (decoder, _) = decoder(
            after: [0xEF, 0xBB, 0xBF] + (try encoded(document("Новости дня"), "CP1251")))
        #expect(decoder.encoding == .utf8)
        #expect(decoder.decision == nil)
    }

    @Test func utf8CutInACharacterIsUTF8() {
        for count in 1...3 {
            let bytes = Array("<a>Grüße 😀".utf8).dropLast(count)
            #expect(decoder(after: Array(bytes)).0.decision == nil, "\(count) bytes are missing")
        }
    }

    @Test(arguments: undeclared)
    private func chunksChangeNothing(sample: Sample) throws {
        let bytes = try encoded(document(String(repeating: "\(sample.text) ", count: 40)), sample.encoding)
        let (whole, text) = decoder(after: bytes)
        for size in [1, 2, 3, 50, 700] {
            var decoder = DocumentDecoder()
            var output: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                output += decoder.decode(Array(bytes[start..<min(bytes.count, start + size)]))
            }
            output += decoder.finish()
            #expect(String(decoding: output, as: UTF8.self) == text, "chunks of \(size)")
            #expect(decoder.decision == whole.decision, "chunks of \(size)")
        }
    }

    @Test func noMoreIsHeldThanASample() {
        var decoder = DocumentDecoder()
        let head = Array("<?xml version='1.0'?><rss><channel><title>".utf8)
        #expect(decoder.decode(head) == head)
        #expect(decoder.decode([0xE9]) == [])
        let rest = [UInt8](repeating: 0x61, count: DocumentDecoder.maxSampleBytes - 2)
        #expect(decoder.decode(rest) == [])
        #expect(decoder.decode([0x62]) == [0xE9] + rest + [0x62])
        #expect(decoder.decode([0xE9]) == [0xE9])
        #expect(decoder.finish() == [])
    }

    @Test func aSampleEndsWithEnoughCharactersButNotWithinOne() throws {
        var decoder = DocumentDecoder()
        let text = "<a>" + String(repeating: "市政府昨天宣布新港口", count: DocumentDecoder.sampleCharacters / 16)
        #expect(decoder.decode(try encoded(text, "GB18030")) == Array("<a>".utf8))
        #expect(decoder.decode(Array("<".utf8)) == Array((text.dropFirst(3) + "<").utf8))
    }
}
