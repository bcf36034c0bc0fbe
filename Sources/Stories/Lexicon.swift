import Normalization

/// The event words of all languages, compiled for matching.
package struct Lexicon: Sendable {
    /// The languages as given.
    package let languages: [LexiconLanguage]
    let compiled: [CompiledLanguage]
    private let places: [String: Int]
    /// Languages by the hashes of their function words.
    private var functionWords = HashedLists<Int>()

    /// Tokens of a text's head that are looked at to recognise its language.
    private static let sampledTokens = 60

    /// Compiles the patterns; the order of languages does not matter for what is found.
    package init(languages: [LexiconLanguage]) {
        self.languages = languages
        compiled = languages.map(CompiledLanguage.init)
        places = Dictionary(
            languages.enumerated().map { ($0.element.language.lowercased(), $0.offset) },
            uniquingKeysWith: { first, _ in first })
        for (place, language) in compiled.enumerated() {
            for hash in language.functionWords { functionWords.append(place, for: hash) }
        }
    }

    /// The language of a text: the declared one if the text's function words do not speak against it.
    func language(declared: String?, tokens: [Token]) -> CompiledLanguage? {
        let counts = functionWordCounts(in: tokens)
        let guessed = guess(counts, tokens: tokens.count)
        guard let named = declared.flatMap(place) else { return guessed.map { compiled[$0] } }
        guard let guessed, guessed != named else { return compiled[named] }
        return compiled[counts[guessed] >= 2 * counts[named] + 2 ? guessed : named]
    }

    /// For each language, how many of the first tokens are its function words.
    private func functionWordCounts(in tokens: [Token]) -> [Int] {
        var counts = [Int](repeating: 0, count: compiled.count)
        for token in tokens.prefix(Self.sampledTokens) {
            for place in functionWords[token.hash] { counts[place] += 1 }
        }
        return counts
    }

    private func place(of tag: String) -> Int? {
        if let place = places[tag] { return place }
        let lower = tag.lowercased().replacing("_", with: "-")
        if let place = places[lower] { return place }
        let parts = lower.split(separator: "-")
        guard let primary = parts.first else { return nil }
        if primary == "zh" {
            let isTraditional = parts.contains { ["hant", "tw", "hk", "mo"].contains($0) }
            return places[isTraditional ? "zh-hant" : "zh-hans"]
        }
        return places[String(primary)]
    }

    /// The language with the most function words; of several the first.
    private func guess(_ counts: [Int], tokens: Int) -> Int? {
        guard let most = counts.max(), most > 0 else { return nil }
        // A few words that two languages share are no evidence.
        guard most * 7 >= min(tokens, Self.sampledTokens) else { return nil }
        return counts.firstIndex(of: most)
    }
}
