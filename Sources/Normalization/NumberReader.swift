/// One pass over the words of a text.
struct NumberReader {
    private let text: TokenizedText
    private let bytes: [UInt8]
    private let words: [String: Double]
    private let magnitudes: [String: Double]
    private let approximate: [[String]]
    private var result: [NumberMention] = []

    init(
        _ text: TokenizedText, words: [String: Double], magnitudes: [String: Double], approximate: [[String]]
    ) {
        self.text = text
        bytes = Array(text.folded.utf8)
        self.words = words
        self.magnitudes = magnitudes
        self.approximate = approximate
    }

    mutating func mentions() -> [NumberMention] {
        var index = 0
        while index < text.words.count {
            index = read(at: index) ?? index + 1
        }
        return result
    }

    /// The index behind a number that begins at a word; nil if none does.
    private mutating func read(at index: Int) -> Int? {
        let word = text.words[index]
        if word.isNumeric { return figures(at: index) }
        if word.script.isUnseparated { return characters(at: index) }
        return spelled(at: index)
    }

    // MARK: Figures

    private mutating func figures(at index: Int) -> Int? {
        let first = text.words[index]
        var digits = first.lower.unicodeScalars[...]
        let number = digits.prefix { NumberText.isPart($0) }
        digits = digits.dropFirst(number.count)
        var suffix = String(Substring.UnicodeScalarView(digits))
        var groups = String(String.UnicodeScalarView(number))
        var next = index + 1
        var end = first.range.upperBound
        // 1 234 567: groups of three after spaces.
        if suffix.isEmpty, (1...3).contains(groups.unicodeScalars.count), groups.first != "0" {
            while next < text.words.count, gap(end, text.words[next]) == .space, isGroup(text.words[next]) {
                groups += text.words[next].lower
                end = text.words[next].range.upperBound
                next += 1
            }
        }
        guard !isTimeOrDate(first.range.lowerBound, end), !isPartOfName(index),
            let value = NumberText.value(groups)
        else { return next }
        var factor = 1.0
        if !suffix.isEmpty {
            if let magnitude = magnitude(suffix) {
                factor = magnitude
                suffix = ""
            } else if first.lower.unicodeScalars.contains(where: { ScalarClass($0).script == .hangul }) {
                // 5만, 770명, 5억달러: numeral, counter and currency are written on.
                let numerals = suffix.unicodeScalars.prefix { NumberText.numeral($0) != nil }
                factor = NumberText.value(numerals: Array(numerals), after: 1) ?? 1
                suffix = String(Substring.UnicodeScalarView(suffix.unicodeScalars.dropFirst(numerals.count)))
            } else if Currency.code(word: suffix) == nil {
                return next
            }
        }
        add(
            value * factor, from: first.range.lowerBound, end: end, before: index, next: &next, suffix: suffix
        )
        return next
    }

    private func isGroup(_ word: Word) -> Bool {
        word.isNumeric && word.lower.unicodeScalars.count == 3
            && word.lower.unicodeScalars.allSatisfy { NumberText.digit($0) != nil }
    }

    /// 20:28, 17/11/2023, 2023-11-17, 17.11.2023.
    private func isTimeOrDate(_ start: Int, _ end: Int) -> Bool {
        func figure(_ position: Int) -> Bool {
            bytes.indices.contains(position) && (0x30...0x39).contains(bytes[position])
        }
        for mark in [UInt8(ascii: ":"), UInt8(ascii: "/")] {
            if end < bytes.count, bytes[end] == mark, figure(end + 1) { return true }
            if start > 0, bytes[start - 1] == mark, figure(start - 2) { return true }
        }
        let parts = bytes[start..<end].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if parts.count == 3, parts[0].count <= 2, parts[1].count <= 2 { return true }
        let hyphen = UInt8(ascii: "-")
        let isYearFirst =
            end - start == 4 && end + 3 < bytes.count && bytes[end] == hyphen && figure(end + 1)
            && figure(end + 2) && bytes[end + 3] == hyphen
        let isLater =
            start > 2 && bytes[start - 1] == hyphen && figure(start - 2) && end - start <= 2
            && figure(start - 3)
        return isYearFirst || isLater
    }

    /// The 4 of GPT-4: tied by a hyphen to letters before it.
    private func isPartOfName(_ index: Int) -> Bool {
        text.words[index].isJoined && index > 0 && !text.words[index - 1].isNumeric
    }

    /// What stands between a number and the word behind it.
    private enum Gap { case none, space, hyphen, other }

    private func gap(_ start: Int, _ word: Word) -> Gap {
        switch word.range.lowerBound - start {
        case 0: return .none
        case 1:
            guard bytes.indices.contains(start) else { return .other }
            return bytes[start] == 0x20 ? .space : bytes[start] == 0x2D ? .hyphen : .other
        default: return .other
        }
    }

    // MARK: Characters that are numerals

    private mutating func characters(at index: Int) -> Int? {
        let word = text.words[index]
        var offset = word.range.lowerBound
        var value: Double?
        var start = offset
        var numeral: [Unicode.Scalar] = []
        func flushed(_ end: Int) -> NumberMention? {
            guard let number = value, numeral.count > 1 else { return nil }
            return NumberMention(
                value: number, unit: unit(after: end), isApproximate: false, range: start..<end)
        }
        for scalar in word.lower.unicodeScalars {
            if NumberText.numeral(scalar) != nil {
                if numeral.isEmpty { start = offset }
                numeral.append(scalar)
                value = NumberText.value(numerals: numeral, after: nil)
            } else if !numeral.isEmpty {
                if let mention = flushed(offset) { result.append(mention) }
                numeral = []
            }
            offset += UTF8.width(scalar)
        }
        if !numeral.isEmpty, let mention = flushed(offset) { result.append(mention) }
        return index + 1
    }

    // MARK: Words

    private mutating func spelled(at index: Int) -> Int? {
        guard let first = words[text.words[index].lower] else { return nil }
        var total = first
        var end = text.words[index].range.upperBound
        var next = index + 1
        // "five hundred", "twenty-five": up to the factor of a magnitude, which `add` applies.
        while next < text.words.count, let value = words[text.words[next].lower], value < 1000,
            [.space, .hyphen].contains(gap(end, text.words[next]))
        {
            if value == 100, total < 100 {
                total *= value
            } else if value < 10, total >= 20, total.truncatingRemainder(dividingBy: 10) == 0 {
                total += value
            } else if value < 100, total >= 100, total.truncatingRemainder(dividingBy: 100) == 0 {
                total += value
            } else {
                break
            }
            end = text.words[next].range.upperBound
            next += 1
        }
        add(total, from: text.words[index].range.lowerBound, end: end, before: index, next: &next, suffix: "")
        return next
    }

    private func magnitude(_ word: String) -> Double? {
        if let value = magnitudes[word] { return value }
        if let value = words[word], value >= 1000 { return value }
        return nil
    }

    // MARK: What follows and precedes

    private mutating func add(
        _ number: Double, from start: Int, end: Int, before index: Int, next: inout Int, suffix: String
    ) {
        var value = number
        var end = end
        var unit =
            suffix.isEmpty ? NumberUnit.plain : Currency.code(word: suffix).map { .currency($0) } ?? .plain
        while next < text.words.count, gap(end, text.words[next]) != .other {
            let word = text.words[next]
            if let factor = magnitude(word.lower) {
                value *= factor
                end = word.range.upperBound
                next += 1
                continue
            }
            let scalars = Array(word.lower.unicodeScalars)
            let numerals = scalars.prefix { NumberText.numeral($0) != nil }
            // 770万人, 5억 달러: the numerals at the head of a run multiply.
            if !numerals.isEmpty, let multiplied = NumberText.value(numerals: Array(numerals), after: value) {
                value = multiplied
                end = word.range.lowerBound + numerals.reduce(0) { $0 + UTF8.width($1) }
                unit = self.unit(after: end)
                next += 1
                if numerals.count == scalars.count { addSmallerPart(to: &value, end: &end, next: &next) }
                if unit == .plain { unit = self.unit(after: end) }
            }
            break
        }
        if unit == .plain { unit = self.unit(after: end) }
        if unit == .plain { unit = self.unit(before: start) }
        guard value.isFinite else { return }
        result.append(
            NumberMention(
                value: value, unit: unit, isApproximate: isApproximate(before: index),
                range: start..<max(start, end)))
    }

    /// The 2000万 of 1億2000万.
    private func addSmallerPart(to value: inout Double, end: inout Int, next: inout Int) {
        guard next + 1 < text.words.count, text.words[next].isNumeric, gap(end, text.words[next]) == .none,
            let part = NumberText.value(text.words[next].lower)
        else { return }
        let run = text.words[next + 1]
        let numerals = Array(run.lower.unicodeScalars.prefix { NumberText.numeral($0) != nil })
        guard gap(text.words[next].range.upperBound, run) == .none,
            let multiplied = NumberText.value(numerals: numerals, after: part), multiplied < value
        else { return }
        value += multiplied
        end = run.range.lowerBound + numerals.reduce(0) { $0 + UTF8.width($1) }
        next += 2
    }

    static let percentWords = [
        "percent", "per cent", "procent", "prozent", "процент", "відсот", "por ciento", "por cento",
        "per cento",
        "pour cent", "persen", "퍼센트", "%", "٪", "パーセント", "प्रतिशत", "في المئة", "بالمئة", "بالمائة",
    ]

    /// The first three bytes, or fewer, of all that can stand behind a number and be its unit.
    private static let unitStarts = Set(
        (percentWords + Currency.beginnings).map { packed($0.utf8.prefix(3)) })

    /// Up to three bytes as a number.
    private static func packed(_ bytes: some Sequence<UInt8>) -> UInt32 {
        bytes.reduce(1) { $0 << 8 | UInt32($1) }
    }

    /// Whether no unit can begin here: three ASCII bytes tell.
    private func isNoUnit(at start: Int) -> Bool {
        guard start + 3 <= bytes.count else { return false }
        let head = bytes[start..<start + 3]
        guard head.allSatisfy({ $0 < 0x80 }) else { return false }
        let lower = head.lazy.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return !(1...3).contains { Self.unitStarts.contains(Self.packed(lower.prefix($0))) }
    }

    private func unit(after end: Int) -> NumberUnit {
        guard !isNoUnit(at: end < bytes.count && bytes[end] == 0x20 ? end + 1 : end) else { return .plain }
        let rest = String(decoding: bytes[min(end, bytes.count)..<min(end + 40, bytes.count)], as: UTF8.self)
            .lowercased()
        let next = rest.first == " " ? rest.dropFirst() : rest[...]
        if Self.percentWords.contains(where: { next.hasPrefix($0) }) { return .percent }
        if let sign = Currency.signs.first(where: { next.hasPrefix($0.sign) && $0.sign != "rp" }) {
            return .currency(sign.code)
        }
        let word = next.prefix { $0.isLetter }
        return Currency.code(word: String(word)).map { .currency($0) } ?? .plain
    }

    private static let percentBefore = ["%", "yüzde", "百分之"]
    /// The last byte of all but codes that can stand before a number and be its unit.
    private static let unitEnds = Set((percentBefore + Currency.signs.map(\.sign)).compactMap(\.utf8.last))

    /// Whether no unit can end before a space or nothing and the number: the last four bytes tell, if they are ASCII.
    private func isNoUnit(before start: Int) -> Bool {
        let end = start > 0 && bytes[start - 1] == 0x20 ? start - 1 : start
        guard end >= 4 else { return false }
        let tail = bytes[end - 4..<end]
        guard tail.allSatisfy({ $0 < 0x80 }) else { return false }
        // Setting this bit makes letters small, and no other sign one of these.
        let lower = tail.map { $0 | 0x20 }
        // A code has three letters.
        return !Self.unitEnds.contains(lower[3])
            && lower.reversed().prefix { (0x61...0x7A).contains($0) }.count != 3
    }

    private func unit(before start: Int) -> NumberUnit {
        guard !isNoUnit(before: start) else { return .plain }
        let head = String(decoding: bytes[max(0, start - 24)..<start], as: UTF8.self).lowercased()
        let last = head.last == " " ? head.dropLast() : head[...]
        if Self.percentBefore.contains(where: { last.hasSuffix($0) }) { return .percent }
        if let sign = Currency.signs.first(where: { last.hasSuffix($0.sign) }) {
            let isLetters = sign.sign.allSatisfy(\.isLetter)
            if !isLetters || last.dropLast(sign.sign.count).last?.isLetter != true {
                return .currency(sign.code)
            }
        }
        let word = String(last.reversed().prefix { $0.isLetter }.reversed())
        return word.utf8.count == 3 ? Currency.code(word: word).map { .currency($0) } ?? .plain : .plain
    }

    private func isApproximate(before index: Int) -> Bool {
        approximate.contains { phrase in
            guard !phrase.isEmpty, index >= phrase.count else { return false }
            return phrase.indices.allSatisfy { text.words[index - phrase.count + $0].lower == phrase[$0] }
        }
    }
}
