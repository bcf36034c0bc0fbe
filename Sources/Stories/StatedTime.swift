/// A day, a year or a day of the week that a text names: when, beside who and what. Reports of one event name
/// the same ones, in whatever language; those of its twin name others.
enum StatedTime: Sendable, Hashable {
    /// Of the year, 0…371: the month, from 0, times 31, and the day of the month, from 0.
    case day(Int)
    case year(Int)
    /// From Monday, 0…6.
    case weekday(Int)

    /// Of the month, 1…12, and its day, 1…31; nil for others.
    init?(month: Int, day: Int) {
        guard 1...12 ~= month, 1...31 ~= day else { return nil }
        self = .day((month - 1) * 31 + day - 1)
    }

    /// Days by which the date of a report may differ from that of the event.
    private static let reportingDelay = 2
    private static let daysOfYear = 12 * 31
    /// Letters of a month's name in short: "Nov", "Sept", "janv".
    private static let longestShortName = 4

    /// Keys of the days so near the one of this key that reports of one event name both.
    static func alikeDays(_ key: UInt64) -> [UInt64] {
        let day = Int(key & 0xFFFF)
        return (-reportingDelay...reportingDelay).map { Self.day((day + $0 + daysOfYear) % daysOfYear).key }
    }

    var sort: Term.Sort {
        switch self {
        case .day: .day
        case .year: .year
        case .weekday: .weekday
        }
    }

    /// Key of its term: no hash, so that near days can be asked for.
    var key: UInt64 {
        switch self {
        case .day(let value), .year(let value), .weekday(let value):
            UInt64(sort.rawValue) << 56 | UInt64(value)
        }
    }
}

extension StatedTime {
    /// Times among the tokens: days of the week, months beside a day of theirs, dates in figures unless day and
    /// month could be swapped.
    static func times(in tokens: ArraySlice<Token>, hits: [LexiconHit]) -> [StatedTime] {
        var found: [StatedTime] = []
        for hit in hits where tokens.indices.contains(hit.start) && hit.end <= tokens.endIndex {
            switch hit.label {
            case .weekday(let day): found.append(.weekday(day))
            case .month(let month):
                let days = [hit.end, hit.end + 1, hit.start - 1, hit.start - 2].lazy.compactMap { place in
                    isBeside(place, hit, tokens) ? Self.day(tokens[place]) : nil
                }
                if let day = days.first, let time = StatedTime(month: month, day: day) { found.append(time) }
            default: break
            }
        }
        return found + dates(inFigures: tokens)
    }

    /// Whether the token is next to a month, or behind one word of its sentence ("3 de mayo").
    private static func isBeside(_ place: Int, _ month: LexiconHit, _ tokens: ArraySlice<Token>) -> Bool {
        guard tokens.indices.contains(place) else { return false }
        // The full stop of "Nov. 17" ends no sentence, though it looks so.
        let isShort = month.end - month.start == 1 && tokens[month.start].text.count <= longestShortName
        guard tokens[place].sentence == tokens[month.start].sentence || (isShort && place == month.end) else {
            return false
        }
        let between = place < month.start ? tokens[(place + 1)..<month.start] : tokens[month.end..<place]
        return between.allSatisfy { !$0.isNumeric && $0.text.utf8.count <= 3 }
    }

    /// A day of the month: "17", "17th", "17일".
    private static func day(_ token: Token) -> Int? {
        let digits = token.text.prefix { $0.isASCII && $0.isNumber }
        guard 1...2 ~= digits.count, token.text.count - digits.count <= 2, let day = Int(digits) else {
            return nil
        }
        return 1...31 ~= day ? day : nil
    }

    /// "2024-03-18", "18.3.2024", "3 / 18 / 2024", "3月18日".
    private static func dates(inFigures tokens: ArraySlice<Token>) -> [StatedTime] {
        var found: [StatedTime] = []
        var figures: [(value: Int, length: Int)] = []
        for index in tokens.indices {
            let token = tokens[index]
            if token.isCharacter, token.text == "月", let month = figures.last?.value,
                index + 1 < tokens.endIndex, let day = Self.day(tokens[index + 1]),
                let time = StatedTime(month: month, day: day)
            {
                found.append(time)
            }
            let parts = token.isNumeric ? token.text.split { !$0.isASCII || !$0.isNumber } : []
            guard !parts.isEmpty else {
                figures = []
                continue
            }
            for part in parts.prefix(3) {
                figures = figures.suffix(2) + [(Int(part) ?? 0, part.count)]
                if let time = date(figures) { found.append(time) }
            }
        }
        return found
    }

    private static func date(_ figures: [(value: Int, length: Int)]) -> StatedTime? {
        guard figures.count == 3 else { return nil }
        let (first, second, third) = (figures[0], figures[1], figures[2])
        if first.length == 4, second.length <= 2, third.length <= 2 {
            return StatedTime(month: second.value, day: third.value)
        }
        guard third.length == 4, first.length <= 2, second.length <= 2 else { return nil }
        if first.value > 12 { return StatedTime(month: second.value, day: first.value) }
        if second.value > 12 || first.value == second.value {
            return StatedTime(month: first.value, day: second.value)
        }
        return nil
    }
}
