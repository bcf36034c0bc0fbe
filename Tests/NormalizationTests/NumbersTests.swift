import Testing

@testable import Normalization

@Suite struct NumbersTests {
    private let magnitudes: [String: Double] = [
        "million": 1e6, "bn": 1e9, "mn": 1e6, "lakh": 1e5, "crore": 1e7, "млрд": 1e9, "mil": 1e3, "लाख": 1e5,
    ]
    private let words: [String: Double] = ["two": 2, "five": 5, "twenty": 20, "hundred": 100]

    private func read(_ text: String) -> [NumberMention] {
        Numbers.mentions(
            in: Tokenizer.tokenize(text), words: words, magnitudes: magnitudes,
            approximate: [["more", "than"], ["over"]])
    }

    @Test(arguments: [
        ("1.234,5 Tonnen", 1234.5), ("1,234.5 tons", 1234.5), ("1 234 tonnes", 1234),
        ("1\u{00A0}234\u{00A0}567 t", 1_234_567),
        ("1’234 Franken", 1234), ("1,00,000 people", 100_000), ("3.500 Menschen", 3500),
        ("0.125 litres", 0.125),
        ("2,5 Meter", 2.5), ("86.4 kg", 86.4), ("770万人", 7_700_000), ("1億2000万人", 120_000_000), ("3亿人", 3e8),
        ("5만 명", 50_000), ("12 lakh voters", 1.2e6), ("3 crore votes", 3e7), ("7 million homes", 7e6),
        ("4mn homes", 4e6),
        ("١٢٣ شخصا", 123), ("१२ लाख लोग", 1.2e6), ("two hundred ships", 200), ("twenty-five ships", 25),
        ("五百人", 500),
    ])
    func valuesAreRead(_ text: String, _ value: Double) {
        #expect(read(text).map(\.value) == [value])
    }

    @Test(arguments: [
        ("$86bn", 86e9, NumberUnit.currency("USD")), ("86 млрд долларов", 86e9, .currency("USD")),
        ("€2,5 million", 2.5e6, .currency("EUR")), ("Rp 500", 500, .currency("IDR")), ("12 %", 12, .percent),
        ("12 percent", 12, .percent), ("%12", 12, .percent), ("300円", 300, .currency("JPY")),
        ("USD 40", 40, .currency("USD")),
        ("40 ships", 40, .plain),
    ])
    func unitsAreRead(_ text: String, _ value: Double, _ unit: NumberUnit) {
        let mention = read(text)
        #expect(mention.map(\.value) == [value])
        #expect(mention.map(\.unit) == [unit])
    }

    @Test(arguments: ["at 20:28", "on 17/11/2023", "am 17.11.2023", "2023-11-17", "GPT-4", "B2B", "the 21st"])
    func timesDatesAndNamesAreNoNumbers(_ text: String) {
        #expect(read(text).isEmpty)
    }

    @Test func onlyWordsOfTheDictionaryMakeANumberApproximate() {
        #expect(read("more than 500 ships").map(\.isApproximate) == [true])
        #expect(read("about 500 ships").map(\.isApproximate) == [false])
    }

    @Test func longFiguresStayFinite() {
        for mention in read(String(repeating: "9", count: 5000) + " million ships") {
            #expect(mention.value.isFinite)
        }
    }

    @Test func everySignCodeAndWordOfACurrencyIsAUnit() {
        for (sign, code) in Currency.signs {
            #expect(read("they pay \(sign.uppercased()) 40 now").map(\.unit) == [.currency(code)], "\(sign)")
        }
        for word in Currency.beginnings {
            guard let code = Currency.code(word: word) else { continue }
            #expect(read("for 40 \(word) now").map(\.unit) == [.currency(code)], "\(word)")
        }
        for word in NumberReader.percentWords {
            #expect(read("some 40 \(word) of all").map(\.unit) == [.percent], "\(word)")
        }
        for word in ["%", "yüzde", "YÜZDE", "百分之"] {
            #expect(read("some \(word) 40 of all").map(\.unit) == [.percent], "\(word)")
        }
        for text in ["some 40 of all", "in all 40", "in the year 40 it was", "room 40, left"] {
            #expect(read(text).map(\.unit) == [.plain], "\(text)")
        }
    }
}
