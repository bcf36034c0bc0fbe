import Testing

/// Texts of no meaning in ten scripts: a stock of words made of the script's letters, common ones more often, and set
/// phrases of which every text of the topic uses some.
struct MadeUpText {
    /// Letters of a script, and whether it separates words.
    struct Writing: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let letters: [Character]
        let wordLengths: ClosedRange<Int>
        let space: String

        init(_ name: String, _ letters: String, words: ClosedRange<Int> = 2...9, space: String = " ") {
            testDescription = name
            self.letters = Array(letters)
            wordLengths = words
            self.space = space
        }
    }

    private static let han = String(
        String.UnicodeScalarView((0x4E00..<0x5400).compactMap(Unicode.Scalar.init)))

    static let writings = [
        Writing("Latin", "abcdefghijklmnopqrstuvwxyzéüäöñçåø"),
        Writing("Cyrillic", "абвгдежзийклмнопрстуфхцчшщыьэюя"),
        Writing("Greek", "αβγδεζηθικλμνξοπρστυφχψω"),
        Writing("Arabic", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"),
        Writing("Hebrew", "אבגדהוזחטיכלמנסעפצקרשת"),
        Writing("Devanagari", "कखगघचछजटठडतथदधनपफबभमयरलवशसह"),
        Writing("Hangul", "가나다라마바사아자차카타파하거너더러머버서어저고노도로모보소오조구누두루무부수우주그느드르스으기니디리미비시이지", words: 1...4),
        Writing("Han", han, words: 1...3, space: ""),
        Writing(
            "Kana",
            "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
            words: 2...5, space: ""),
        Writing("Thai", "กขคงจฉชซญดตถทธนบปผฝพฟภมยรลวศสหอฮะาเแโใไ", words: 3...6, space: ""),
    ]

    let writing: Writing
    private let words: [String]
    private let phrases: [[String]]

    /// A topic: its words and phrases.
    init(_ writing: Writing, using random: inout SplitMix) {
        self.writing = writing
        var words: [String] = []
        for _ in 0..<1500 {
            let letters = (0..<Int.random(in: writing.wordLengths, using: &random)).map { _ in
                writing.letters[Int(random.next() % UInt64(writing.letters.count))]
            }
            words.append(String(letters))
        }
        var phrases: [[String]] = []
        for _ in 0..<40 {
            phrases.append((0..<Int.random(in: 3...6, using: &random)).map { _ in Self.pick(words, &random) })
        }
        self.words = words
        self.phrases = phrases
    }

    /// Common words often, rare ones seldom.
    private static func pick(_ words: [String], _ random: inout SplitMix) -> String {
        let share = Double.random(in: 0..<1, using: &random)
        return words[Int(share * share * Double(words.count))]
    }

    /// Words of a text; every fifth stretch or so is one of the topic's phrases, and a sentence ends now and then.
    func text(words count: Int, using random: inout SplitMix) -> [String] {
        var text: [String] = []
        while text.count < count {
            if Int.random(in: 0..<5, using: &random) == 0 {
                text += phrases[Int(random.next() % UInt64(phrases.count))]
            } else {
                for _ in 0..<Int.random(in: 3...8, using: &random) { text.append(Self.pick(words, &random)) }
            }
            if Int.random(in: 0..<3, using: &random) == 0 { text[text.count - 1] += "." }
        }
        return Array(text.prefix(count))
    }

    func joined(_ words: some Sequence<String>) -> String { words.joined(separator: writing.space) }
}
