import Foundation
import Normalization

/// Gathers the terms of one entry with their prominence.
struct TermCollector {
    private var found: [UInt64: (sort: Term.Sort, weight: Double, count: Int, place: Claim.Place)] = [:]
    private let settings: StorySettings

    init(settings: StorySettings) { self.settings = settings }

    /// Diacritics gone and cut to a stem of so many characters, so that names meet across languages and cases. What
    /// follows an apostrophe is no part of it.
    static func wordKey(_ token: Token, letters: Int) -> UInt64 {
        FixedHash.of(0, plainStem(of: token, letters: letters) ?? stem(of: token, letters: letters))
    }

    /// Hash of the stem of a word whose characters are single letters; nil for others.
    private static func plainStem(of token: Token, letters: Int) -> UInt64? {
        var hash = FixedHash()
        var count = 0
        for scalar in token.text.unicodeScalars {
            if scalar == "'", count > 0 { break }
            guard let base = scalar.isASCII ? scalar : BaseLetters.base(of: scalar) else { return nil }
            count += 1
            if count <= letters { for byte in base.utf8 { hash.add(byte: byte) } }
        }
        return hash.value
    }

    private static func stem(of token: Token, letters: Int) -> UInt64 {
        var text = token.text
        if let apostrophe = text.firstIndex(of: "'"), apostrophe > text.startIndex {
            text = String(text[..<apostrophe])
        }
        let plain = text.decomposedStringWithCanonicalMapping.unicodeScalars
            .filter { $0.properties.canonicalCombiningClass == .notReordered }
        return FixedHash.of(String(String(String.UnicodeScalarView(plain)).prefix(letters)).utf8)
    }

    mutating func add(_ key: UInt64, _ sort: Term.Sort, at place: Claim.Place, scale: Double = 1) {
        let weight = settings.placeFactor(place) * scale
        var entry = found[key] ?? (sort, 0, 0, place)
        if place.rawValue < entry.place.rawValue { entry.place = place }
        if sort.rawValue > entry.sort.rawValue { entry.sort = sort }
        entry.weight = max(entry.weight, weight)
        entry.count += 1
        found[key] = entry
    }

    mutating func addWords(_ text: ReadText, covered mentions: [EntityMention]) {
        var isCovered = [Bool](repeating: false, count: text.tokens.count)
        for mention in mentions { for index in mention.start..<mention.end { isCovered[index] = true } }
        let names = Set(text.nameTokens)
        var previous: Token?
        for (index, token) in text.tokens.enumerated() {
            defer { previous = token }
            if isCovered[index] || token.isNumeric { continue }
            let place = text.place(of: index)
            if token.isCharacter {
                if let previous, previous.isCharacter, previous.clause == token.clause {
                    add(FixedHash.of(0, previous.hash, token.hash), .word, at: place)
                }
                continue
            }
            let isName = names.contains(index)
            if !isName, token.text.utf8.count < 3 || text.language?.functionWords.contains(token.hash) == true
            {
                continue
            }
            add(Self.wordKey(token, letters: settings.stemLetters), isName ? .name : .word, at: place)
        }
    }

    mutating func addNumber(_ number: ReadNumber) {
        let scale = number.isYear || abs(number.value) <= 4 ? 0.25 : 1
        add(FixedHash.of(3, number.value.bitPattern), .number, at: number.place, scale: scale)
    }

    mutating func addSubject(_ actor: UInt64, at place: Claim.Place) {
        add(Self.subjectKey(actor), .subject, at: place)
    }

    static func subjectKey(_ actor: UInt64) -> UInt64 { FixedHash.of(6, actor) }
    static func kindKey(_ shape: UInt16) -> UInt64 { FixedHash.of(4, UInt64(shape)) }
    static func claimKey(_ shape: UInt16, _ actor: UInt64) -> UInt64 { FixedHash.of(5, UInt64(shape), actor) }

    mutating func add(_ claim: Claim) {
        guard !claim.kind.isWeak else { return }
        let scale =
            (claim.place == .body ? settings.bodyClaim : 1)
            * (claim.flags.contains(.background) ? settings.recalled : 1)
            * (claim.flags.contains(.embedded) ? settings.embedded : 1)
        add(Self.kindKey(claim.shape), .kind, at: claim.place, scale: scale)
        for (rank, actor) in claim.actors.enumerated() {
            add(Self.claimKey(claim.shape, actor), .claim, at: claim.place, scale: scale / Double(1 + rank))
        }
    }

    /// Sorted by key; at most `StorySettings.maxTerms`, the most prominent first.
    var terms: [Term] {
        var result = found.map { key, value in
            let prominence = value.weight * (1 + 0.3 * log(Double(value.count)))
            return Term(
                key: key, sort: value.sort, weight: UInt8(max(1, min(255, prominence * 100))),
                place: value.place)
        }
        if result.count > settings.maxTerms {
            result.sort { ($0.weight, $0.key) > ($1.weight, $1.key) }
            result.removeLast(result.count - settings.maxTerms)
        }
        return result.sorted { $0.key < $1.key }
    }
}
