import Testing

@testable import Stories

@Suite struct ReadTextTests {
    private func names(_ title: String, _ text: String = "", language: String = "en") -> [String] {
        let read = ReadText(
            title: title, text: text, language: language, lexicon: Self.lexicon, settings: .fitted)
        return read.nameTokens.map { read.tokens[$0].written }
    }

    private static let lexicon: Lexicon = {
        var english = Sample.english
        english.weekdays = [["friday"]]
        english.months = [["november"]]
        var german = Sample.german
        german.capitalizesNouns = true
        return Lexicon(languages: [english, german])
    }()

    @Test func capitalsWithinASentenceMakeANameThatOpensItWhenMoreFollow() {
        #expect(names("Ada Marlow heard of it at Northwind") == ["Ada", "Marlow", "Northwind"])
    }

    @Test func aWordThatOnlyOpensASentenceIsNoName() {
        #expect(names("Backers of Northwind have doubts") == ["Northwind"])
    }

    @Test func aWordThatOpensATitleIsANameIfTheTextSaysSo() {
        #expect(names("Northwind has doubts", "The doubts of Northwind are old.").first == "Northwind")
    }

    @Test func rolesDaysAndMonthsAreNoNames() {
        #expect(names("It was on Friday in November that the CEO of Northwind left") == ["Northwind"])
    }

    @Test func nounsOfALanguageThatCapitalizesThemAreNoNames() {
        #expect(names("Der Rat und die Stadt in Sorge", language: "de").isEmpty)
    }
}
