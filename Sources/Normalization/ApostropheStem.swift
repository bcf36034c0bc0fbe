/// What remains of a word when an article, a genitive or a case ending that an apostrophe joins to it is cut off.
enum ApostropheStem {
    /// The range of the stem in the scalars of a word as written; all of it where the apostrophe belongs to the name.
    static func range(_ word: [Unicode.Scalar]) -> Range<Int> {
        guard let cut = word.firstIndex(of: "'"), cut > 0, cut + 1 < word.count else { return 0..<word.count }
        let before = 0..<cut
        let after = cut + 1..<word.count
        let isUpperBefore = ScalarClass(word[0]).isUpper
        let isUpperAfter = ScalarClass(word[cut + 1]).isUpper
        switch (isUpperBefore, isUpperAfter) {
        // Name and ending: OpenAI's, Altman'ın. A single capital and a longer word is an article: L'intelligence.
        case (true, false): return before.count == 1 && after.count > 3 ? after : before
        // Article and name: d'OpenAI, dell'Unione.
        case (false, true): return after
        // All capitals with a genitive, OPENAI'S; else one name: D'Angelo, O'Brien.
        case (true, true): return after.count <= 2 && before.count >= 3 ? before : 0..<word.count
        // l'intelligence, all'azienda against today's, can't.
        case (false, false): return before.count <= 2 || after.count > 4 ? after : before
        }
    }
}
