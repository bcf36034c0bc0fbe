import Testing

@testable import Stories

@Suite struct LexiconTests {
    private func kinds(_ pattern: String, in text: String) -> Int {
        var table = PatternTable()
        table.add(pattern, as: .kind(.removal))
        return table.hits(in: Token.tokens(of: text)).count
    }

    @Test func aWordMatchesWholeWordsWhateverTheirCase() {
        #expect(kinds("fired", in: "Marlow FIRED") == 1)
        #expect(kinds("fired", in: "misfired, firedamp") == 0)
    }

    @Test func aStarMatchesAnyEnding() {
        #expect(kinds("oust*", in: "ousted, ousting, oust, roust") == 3)
        #expect(kinds("увол*", in: "Альтмана уволили") == 1)
    }

    @Test func aLeadingStarMatchesClitics() {
        #expect(kinds("*إقال*", in: "وإقالته") == 1)
    }

    @Test func aGapSkipsUpToFourWordsOfTheSentence() {
        #expect(kinds("setzt ~ vor die tür", in: "Northwind setzt Ada Marlow vor die Tür") == 1)
        #expect(kinds("setzt ~ vor die tür", in: "setzt eins zwei drei vier fünf sechs vor die Tür") == 0)
        #expect(kinds("setzt ~ vor", in: "Sie setzt. Er geht vor") == 0)
    }

    @Test func anElidedArticleIsAWordOfItsOwn() {
        #expect(kinds("éviction", in: "l’éviction d'Altman") == 1)
        #expect(kinds("don't", in: "I don’t know") == 1)
    }

    @Test func charactersOfRunsMatchAnywhere() {
        #expect(kinds("解任", in: "最高経営責任者を解任した") == 1)
    }

    @Test func emptyAndOddPatternsAreIgnored() {
        for pattern in ["", " ", "*", "~", "~ ~", "* *"] { #expect(kinds(pattern, in: "a b c ~ *") == 0) }
    }

    @Test func theLanguageOfTheTextBeatsAWrongDeclaration() {
        let tokens = Token.tokens(
            of: "Der Aufsichtsrat hat sich nach der Sitzung für den Rücktritt und nicht für die Entlassung")
        #expect(Sample.lexicon.language(declared: "en", tokens: tokens)?.name == "de")
        #expect(Sample.lexicon.language(declared: nil, tokens: tokens)?.name == "de")
        #expect(Sample.lexicon.language(declared: "de-AT", tokens: [])?.name == "de")
    }
}
