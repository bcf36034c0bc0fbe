import Glibc

/// What text costs in one encoding, in bits: characters that its languages use often cost little, and so do letters
/// that stand where their language has them.
///
/// Bytes are in the encoding in which they cost least (J. Rissanen, Modeling by shortest data description,
/// Automatica 14, 1978): the cost is the negative logarithm of how likely they are, so two bytes that are one
/// character can be set against two that are one each.
struct TextModel: Sendable {
    /// How the letters of a text follow each other.
    enum Writing: Sendable {
        /// ASCII letters with some others among them.
        case latin
        /// Words wholly of other letters, with capitals where there are any.
        case alphabet
        /// Characters of two bytes.
        case eastAsian
    }

    /// Characters in the order of how often they are met, and the share of a text that they make up.
    struct Group {
        let characters: String
        let share: Double
    }

    /// Characters of two bytes with the same first bytes, and the bits that each costs if no group has it.
    struct Area {
        let encoding: String
        let leads: ClosedRange<UInt8>
        var trails = [UInt8(0xA1)...0xFE]
        let bits: Double
    }

    /// The encoding's name for people, one that `TextEncoding` knows.
    let label: String
    let encoding: TextEncoding
    /// At its start.
    private let decoder: TextDecoder
    private let writing: Writing
    /// What it costs that somebody uses this encoding and does not say so.
    private let prior: Double
    private var costs: [UInt32: Double] = [:]
    private var capitals: Set<UInt32> = []

    init?(_ label: String, _ writing: Writing, prior: Double = 0, groups: [Group], areas: [Area] = []) {
        guard let encoding = TextEncoding(label: label) else { return nil }
        self.label = label
        self.encoding = encoding
        decoder = TextDecoder(encoding: encoding)
        self.writing = writing
        self.prior = prior
        for group in groups { add(group) }
        for area in areas { add(area) }
        for mark in Self.marks where costs[mark] == nil { costs[mark] = Bits.mark }
    }

    /// Ranks cost as they do in most languages, where the second character is met less often than the first and so
    /// on (Zipf's law, with an offset of 3 as B. Mandelbrot has it).
    private mutating func add(_ group: Group) {
        let scalars = Array(group.characters.unicodeScalars)
        let total = log((Double(scalars.count) + 3) / 3)
        for (rank, scalar) in scalars.enumerated() {
            let bits = log2((Double(rank) + 3) * total / group.share)
            guard costs[scalar.value] == nil else { continue }
            costs[scalar.value] = bits
            let capital = scalar.properties.uppercaseMapping.unicodeScalars
            if let first = capital.first, capital.count == 1, first != scalar {
                costs[first.value] = bits
                capitals.insert(first.value)
            }
        }
    }

    private mutating func add(_ area: Area) {
        guard let encoding = TextEncoding(label: area.encoding) else { return }
        var bytes: [UInt8] = []
        for lead in area.leads {
            for trail in area.trails.joined() { bytes += [lead, trail] }
        }
        var decoder = TextDecoder(encoding: encoding)
        let text = String(decoding: decoder.decode(bytes) + decoder.finish(), as: UTF8.self)
        for scalar in text.unicodeScalars
        where scalar.value >= 0x80 && scalar.value != 0xFFFD && costs[scalar.value] == nil {
            costs[scalar.value] = area.bits
        }
    }

    /// Bits of what is not in the lists. Each is a rough figure: what decides is always the sum over a text.
    private enum Bits {
        /// Any ASCII character; the same in all encodings, unless it is the second byte of another.
        static let ascii = 5.0
        /// Quotation marks, dashes and the like.
        static let mark = 7.0
        /// Any other character of the encoding.
        static let other = 11.0
        static let otherEastAsian = 23.0
        /// Bytes that are no character, of one byte and of two.
        static let (none, noneEastAsian) = (15.0, 25.0)
        /// A capital where a word starts, within capitals, and after a small letter.
        static let (firstCapital, laterCapital, innerCapital) = (3.0, 0.5, 10.0)
        /// A letter beside an ASCII letter, where these make no words together.
        static let (mixedWord, mixedEastAsian) = (8.0, 3.0)
        /// A letter without another one beside it, and one before a letter that only ends words.
        static let (loneLetter, innerFinal) = (4.0, 10.0)
        /// A Latin letter beyond ASCII at all, after another one, and apart from ASCII letters.
        static let (accent, secondAccent, loneAccent) = (2.0, 4.0, 1.0)
        /// A mark between two letters.
        static let innerMark = 4.0
    }

    /// Punctuation that every code page of Windows has, and no-break space.
    private static let marks: [UInt32] = "«»“”„‘’–—…•·°©®§№€£\u{A0}".unicodeScalars.map(\.value)

    /// Letters with a form of their own at the end of words, and only there.
    private static let finals: [UInt32] = "ךםןףץς".unicodeScalars.map(\.value)

    /// Bits of a text; infinite when they pass `limit`.
    func bits(of bytes: [UInt8], limit: Double = .infinity) -> Double {
        var decoder = decoder
        let text = String(decoding: decoder.decode(bytes) + decoder.finish(), as: UTF8.self)
        let values = text.unicodeScalars.map(\.value)
        var total = prior
        for (index, value) in values.enumerated() {
            let before = index > 0 ? values[index - 1] : 0x20
            let after = index + 1 < values.count ? values[index + 1] : 0x20
            total += value < 0x80 ? Bits.ascii : bits(of: value, before, after)
            if total > limit { return .infinity }
        }
        return total
    }

    private func bits(of value: UInt32, _ before: UInt32, _ after: UInt32) -> Double {
        if value == 0xFFFD || value < 0xA0 { return writing == .eastAsian ? Bits.noneEastAsian : Bits.none }
        guard let cost = costs[value] else {
            return writing == .eastAsian ? Bits.otherEastAsian : Bits.other
        }
        let sides = (Self.isASCIILetter(before) ? 1.0 : 0) + (Self.isASCIILetter(after) ? 1.0 : 0)
        if writing == .eastAsian { return cost + sides * Bits.mixedEastAsian }
        if Self.marks.contains(value) {
            // Apostrophes and soft marks stand within words.
            let joins = value == 0x2019 || value == 0xB7 || value == 0xA0
            return cost + (!joins && isLetter(before) && isLetter(after) ? Bits.innerMark : 0)
        }
        var bits = cost
        if capitals.contains(value) {
            let isInCapitals = capitals.contains(before) || (before >= 0x41 && before <= 0x5A)
            bits +=
                isInCapitals ? Bits.laterCapital : isLetter(before) ? Bits.innerCapital : Bits.firstCapital
        }
        if writing == .alphabet {
            if sides > 0 { return bits + Bits.mixedWord }
            if Self.finals.contains(value), isLetter(after) { return bits + Bits.innerFinal }
            return bits + (isLetter(before) || isLetter(after) ? 0 : Bits.loneLetter)
        }
        if costs[before] != nil, isLetter(before) { bits += Bits.secondAccent }
        return bits + Bits.accent + (sides == 0 ? Bits.loneAccent : 0)
    }

    private func isLetter(_ value: UInt32) -> Bool {
        Self.isASCIILetter(value) || (costs[value] != nil && !Self.marks.contains(value))
    }

    private static func isASCIILetter(_ value: UInt32) -> Bool {
        value < 0x80 && UInt8(truncatingIfNeeded: value).isASCIILetter
    }
}
