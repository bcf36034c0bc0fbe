import Normalization

/// The event words of all languages, compiled for matching.
package struct Lexicon: Sendable {
    /// The languages as given.
    package let languages: [LexiconLanguage]
    let compiled: [CompiledLanguage]
    private let places: [String: Int]

    /// Compiles the patterns; the order of languages does not matter for what is found.
    package init(languages: [LexiconLanguage]) {
        self.languages = languages
        compiled = languages.map(CompiledLanguage.init)
        places = Dictionary(
            languages.enumerated().map { ($0.element.language.lowercased(), $0.offset) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The language of a text: the declared one if the text's function words do not speak against it.
    func language(declared: String?, tokens: [Token]) -> CompiledLanguage? {
        let named = declared.flatMap(named)
        let guessed = guess(tokens)
        guard let named else { return guessed?.language }
        guard let guessed, guessed.language.name != named.name else { return named }
        let own = named.functionWordCount(in: tokens)
        return guessed.count >= 2 * own + 2 ? guessed.language : named
    }

    private func named(_ tag: String) -> CompiledLanguage? {
        let lower = tag.lowercased().replacing("_", with: "-")
        if let place = places[lower] { return compiled[place] }
        let parts = lower.split(separator: "-")
        guard let primary = parts.first else { return nil }
        if primary == "zh" {
            let isTraditional = parts.contains { ["hant", "tw", "hk", "mo"].contains($0) }
            return places[isTraditional ? "zh-hant" : "zh-hans"].map { compiled[$0] }
        }
        return places[String(primary)].map { compiled[$0] }
    }

    private func guess(_ tokens: [Token]) -> (language: CompiledLanguage, count: Int)? {
        var best: (language: CompiledLanguage, count: Int)?
        for language in compiled {
            let count = language.functionWordCount(in: tokens)
            if count > 0, count > best?.count ?? 0 { best = (language, count) }
        }
        // A few words that two languages share are no evidence.
        guard let best, best.count * 7 >= min(tokens.count, CompiledLanguage.sampledTokens) else {
            return nil
        }
        return best
    }
}
