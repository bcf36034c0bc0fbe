import Normalization

/// What a pattern stands for.
enum LexiconLabel: Sendable, Hashable {
    case kind(EventKind)
    case marker(LexiconMarker)
    case role(LexiconRole)
    /// From 1.
    case month(Int)
    /// From Monday, 0…6.
    case weekday(Int)
    case term(Int)
}

/// A pattern found in a text: tokens `start..<end`.
struct LexiconHit: Sendable, Equatable {
    var label: LexiconLabel
    var start: Int
    var end: Int
    /// Tokens of these that the pattern spells out; the others lie in its gaps.
    var spelled: Int

    var isContiguous: Bool { spelled == end - start }
}

/// Patterns of one language, hashed by their first word.
struct CompiledLanguage: Sendable {
    let name: String
    let patterns: PatternTable
    let capitalizesNouns: Bool
    let functionWords: Set<UInt64>
    /// Names of days and months, which name nobody.
    let calendarWords: Set<UInt64>
    let nameEndings: [[UInt8]]
    let namePrefixes: [[UInt8]]
    let numbers: [String: Double]
    let magnitudes: [String: Double]
    let approximate: [[String]]

    init(_ language: LexiconLanguage) {
        name = language.language
        capitalizesNouns = language.capitalizesNouns
        var table = PatternTable()
        for kind in EventKind.allCases {
            for pattern in language.kinds[kind] ?? [] { table.add(pattern, as: .kind(kind)) }
        }
        for marker in LexiconMarker.allCases {
            for pattern in language.markers[marker] ?? [] { table.add(pattern, as: .marker(marker)) }
        }
        for role in LexiconRole.allCases {
            for pattern in language.roles[role] ?? [] { table.add(pattern, as: .role(role)) }
        }
        for (index, month) in language.months.enumerated() {
            for name in month { table.add(name, as: .month(index + 1)) }
        }
        for (index, day) in language.weekdays.enumerated() {
            for name in day { table.add(name, as: .weekday(index)) }
        }
        patterns = table
        functionWords = Self.words(language.functionWords)
        calendarWords = Self.words((language.months + language.weekdays).compactMap(\.first))
        nameEndings = language.nameEndings.map { Array(Token.unified($0).utf8) }
            .sorted { $0.count > $1.count }
        namePrefixes = language.namePrefixes.map { Array($0.utf8) }.sorted { $0.count > $1.count }
        numbers = language.numbers
        magnitudes = language.magnitudes
        approximate = language.approximate.map { $0.split(separator: " ").map(String.init) }
    }

    private static func words(_ words: [String]) -> Set<UInt64> {
        Set(words.map { Token.tokens(of: $0) }.filter { $0.count == 1 }.map { $0[0].hash })
    }
}
