/// The event words of one language, as written in `lexicon/<language>.toml`.
package struct LexiconLanguage: Sendable, Equatable {
    /// How patterns meet the text.
    package enum Matching: String, Sendable, Codable, CaseIterable {
        /// Whole words; `*` marks a stem.
        case words
        /// Anywhere in a run without spaces (Chinese, Japanese, Thai).
        case substring
    }

    /// BCP 47 primary tag; `zh-Hans` and `zh-Hant` apart.
    package var language: String
    /// How patterns meet the text.
    package var matching: Matching
    /// Endings that an inflected name may carry.
    package var nameEndings: [String]
    /// Clitics written before a name without a space.
    package var namePrefixes: [String]
    /// Whether common nouns have capital letters too, so that these name nobody.
    package var capitalizesNouns: Bool
    /// The commonest words: never content.
    package var functionWords: [String]
    /// Words before a number that make it approximate.
    package var approximate: [String]
    /// Patterns of the months in order, the full name of each first; or empty.
    package var months: [[String]]
    /// The same of the days from Monday.
    package var weekdays: [[String]]
    /// Number words and their values.
    package var numbers: [String: Double]
    /// Words after a number that multiply it.
    package var magnitudes: [String: Double]
    /// Patterns of every kind of event.
    package var kinds: [EventKind: [String]]
    /// Patterns of every marker.
    package var markers: [LexiconMarker: [String]]
    /// Patterns of every role.
    package var roles: [LexiconRole: [String]]

    /// All parts; what is left out is empty.
    package init(
        language: String, matching: Matching = .words, nameEndings: [String] = [],
        namePrefixes: [String] = [], capitalizesNouns: Bool = false,
        functionWords: [String] = [], approximate: [String] = [], months: [[String]] = [],
        weekdays: [[String]] = [],
        numbers: [String: Double] = [:], magnitudes: [String: Double] = [:],
        kinds: [EventKind: [String]] = [:], markers: [LexiconMarker: [String]] = [:],
        roles: [LexiconRole: [String]] = [:]
    ) {
        self.language = language
        self.matching = matching
        self.nameEndings = nameEndings
        self.namePrefixes = namePrefixes
        self.capitalizesNouns = capitalizesNouns
        self.functionWords = functionWords
        self.approximate = approximate
        self.months = months
        self.weekdays = weekdays
        self.numbers = numbers
        self.magnitudes = magnitudes
        self.kinds = kinds
        self.markers = markers
        self.roles = roles
    }
}
