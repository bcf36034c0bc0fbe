/// One pass over the scalars of a folded text.
struct TokenScanner {
    private let scalars: [Unicode.Scalar]
    /// The text as UTF-8.
    private let bytes: [UInt8]
    private var index = 0
    /// UTF-8 offset of `index`.
    private var offset = 0
    private var sentence = 0
    private var clause = 0
    private var breaksSentence = false
    private var breaksClause = false
    private var isAfterHyphen = false
    private var result: [Word] = []

    init(_ folded: String) {
        scalars = Array(folded.unicodeScalars)
        bytes = Array(folded.utf8)
        result.reserveCapacity(scalars.count / 6)
    }

    mutating func words() -> [Word] {
        while index < scalars.count {
            let class_ = ScalarClass(scalars[index])
            switch class_.kind {
            case .letter, .digit: word(class_)
            default:
                separator(scalars[index])
                advance()
            }
        }
        return result
    }

    private mutating func advance() {
        offset += UTF8.width(scalars[index])
        index += 1
    }

    private mutating func word(_ first: ScalarClass) {
        if breaksSentence, !result.isEmpty {
            sentence += 1
            clause += 1
        } else if breaksClause, !result.isEmpty {
            clause += 1
        }
        breaksSentence = false
        breaksClause = false
        let start = index
        let startOffset = offset
        var script = first.script
        let isNumeric = first.kind == .digit
        if script.isUnseparated, first.kind == .letter {
            while index < scalars.count, continuesRun(&script) { advance() }
        } else {
            while index < scalars.count, continuesWord(from: start, &script) { advance() }
        }
        append(start..<index, startOffset..<offset, script, isNumeric: isNumeric)
        isAfterHyphen = false
    }

    /// Within characters that are not separated: Han and Kana stay together.
    private func continuesRun(_ script: inout Script) -> Bool {
        let class_ = ScalarClass(scalars[index])
        switch class_.kind {
        case .mark: return true
        case .letter:
            if class_.script == script { return true }
            guard class_.script.isUnseparated, class_.script != .thai, script != .thai else { return false }
            script = .han
            return true
        default: return false
        }
    }

    private func continuesWord(from start: Int, _ script: inout Script) -> Bool {
        let class_ = ScalarClass(scalars[index])
        switch class_.kind {
        case .mark, .digit: return true
        case .letter:
            if class_.script.isUnseparated { return false }
            if script == .common { script = class_.script }
            return true
        default:
            guard index > start, index + 1 < scalars.count else { return false }
            let next = ScalarClass(scalars[index + 1])
            switch scalars[index] {
            case "'", "\u{05F3}", "\u{05F4}":
                return next.kind == .letter && !next.script.isUnseparated
                    || next.kind == .digit && isDigit(index - 1)
            // Groups and decimals of a number.
            case ".", ",", "\u{066B}", "\u{066C}": return next.kind == .digit && isDigit(index - 1)
            // AT&T, R&D.
            case "&": return next.isUpper && ScalarClass(scalars[index - 1]).isUpper
            default: return false
            }
        }
    }

    private func isDigit(_ index: Int) -> Bool { ScalarClass(scalars[index]).kind == .digit }

    private mutating func append(_ part: Range<Int>, _ range: Range<Int>, _ script: Script, isNumeric: Bool) {
        var hasUpper = false
        var hasApostrophe = false
        var isCapitalized: Bool?
        for scalar in scalars[part] {
            let class_ = ScalarClass(scalar)
            hasUpper = hasUpper || class_.isUpper
            hasApostrophe = hasApostrophe || scalar == "'"
            if isCapitalized == nil, class_.kind == .letter { isCapitalized = class_.isUpper }
        }
        let text = String(decoding: bytes[range], as: UTF8.self)
        let lower = hasUpper ? Self.lowered(text) : text
        result.append(
            Word(
                text: text, lower: lower, stem: hasApostrophe ? stem(part, lower) : lower, script: script,
                range: range, isCapitalized: isCapitalized ?? false, isNumeric: isNumeric,
                isJoined: isAfterHyphen, sentence: sentence, clause: clause))
    }

    private func stem(_ part: Range<Int>, _ lower: String) -> String {
        let written = Array(scalars[part])
        let stem = ApostropheStem.range(written)
        guard stem.count < written.count else { return lower }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: written[stem])
        return Self.lowered(String(view))
    }

    private static func lowered(_ text: String) -> String {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.lowercased() : UnicodeMapping.lower(text)
    }

    // MARK: Sentences and clauses

    private mutating func separator(_ scalar: Unicode.Scalar) {
        let isTight = index > 0 && index + 1 < scalars.count && isWordPart(index - 1) && isWordPart(index + 1)
        isAfterHyphen = scalar == "-" && isTight
        switch scalar {
        case "\n", "!", "?", ";", "…", "。", "｡", "！", "？", "؟", "؛", "।", "॥", "።", "۔": breaksSentence = true
        case ".": if endsSentence { breaksSentence = true }
        case ",", ":", "(", ")", "[", "]", "\"", "|", "/", "、", "，", "：", "،", "·", "・", "【", "】", "《", "》",
            "（", "）":
            if !isNameDot(scalar) { breaksClause = true }
        case "-": if !isTight { breaksClause = true }
        default: break
        }
    }

    private func isWordPart(_ index: Int) -> Bool {
        switch ScalarClass(scalars[index]).kind {
        case .letter, .digit, .mark: true
        default: false
        }
    }

    /// The dot inside a foreign name (サム・アルトマン) divides no clause.
    private func isNameDot(_ scalar: Unicode.Scalar) -> Bool { scalar == "・" || scalar == "·" }

    /// A full stop ends a sentence unless what follows goes on in lower case, or what precedes is an initial or a
    /// contraction of consonants (Mr, Dr, St, Nr).
    private var endsSentence: Bool {
        var next = index + 1
        while next < scalars.count, scalars[next] == "\"" || scalars[next] == "'" || scalars[next] == ")" {
            next += 1
        }
        guard next < scalars.count else { return true }
        guard ScalarClass(scalars[next]).kind == .space || scalars[next] == " " else { return false }
        while next < scalars.count, !isWordPart(next), scalars[next] != "." { next += 1 }
        guard next < scalars.count else { return true }
        let following = ScalarClass(scalars[next])
        if following.kind == .letter, following.script == .latin || following.script == .cyrillic,
            !following.isUpper
        {
            return false
        }
        guard let last = result.last, last.range.upperBound == offset, !last.isNumeric else { return true }
        let length = last.text.unicodeScalars.count
        if length == 1, last.isCapitalized { return false }
        return
            !(length <= 3 && last.isCapitalized && last.script == .latin
            && last.lower.unicodeScalars.allSatisfy { !"aeiouyäöüáéíóú".unicodeScalars.contains($0) }
            && last.text != last.text.uppercased())
    }
}
