import Testing

@testable import Stories

/// When a title or a lead says that it was, in words and in figures.
@Suite struct StatedTimeTests {
    private static let lexicon: Lexicon = {
        var english = Sample.english
        english.weekdays = [
            ["monday"], ["tuesday"], ["wednesday"], ["thursday"], ["friday"], ["saturday"], ["sunday"],
        ]
        english.months = (1...12).map { ["month\($0)"] }
        english.months[2] = ["march", "mar"]
        english.months[10] = ["november", "nov"]
        var spanish = LexiconLanguage(language: "es", functionWords: ["el", "de", "la", "en", "del", "una"])
        spanish.weekdays = [["lunes"], ["martes"], ["miércoles"], ["jueves"], ["viernes"], ["sábado*"], ["domingo*"]]
        spanish.months = (1...12).map { ["mes\($0)"] }
        spanish.months[10] = ["noviembre"]
        var korean = LexiconLanguage(language: "ko")
        korean.months = (1...12).map { ["\($0)월*"] }
        korean.weekdays = ["월", "화", "수", "목", "금", "토", "일"].map { [$0 + "요일*"] }
        return Lexicon(languages: [english, spanish, korean, Sample.japanese])
    }()

    private func times(_ title: String, _ text: String = "", language: String = "en") -> [StatedTime] {
        ReadText(title: title, text: text, language: language, lexicon: Self.lexicon, settings: .fitted)
            .times.map(\.time)
    }

    private static let day = StatedTime(month: 11, day: 17)

    @Test(arguments: [
        "Ferry sinks on November 17", "Ferry sinks on 17 November", "Ferry sinks Nov. 17th",
        "Ferry sinks, the 17th of November", "2031-11-17: ferry sinks",
        "Ferry sinks (17/11/2031)", "Ferry sinks 11 / 17 / 2031", "Ferry sinks 17.11.2031",
    ])
    func aDayIsReadHoweverItIsWritten(title: String) throws {
        #expect(times(title).contains(try #require(Self.day)), "\(times(title))")
    }

    @Test func aDayIsTheSameInOtherLanguages() throws {
        let day = try #require(Self.day)
        #expect(times("El ferry se hunde el 17 de noviembre", language: "es") == [day])
        #expect(times("여객선 11월 17일 침몰", language: "ko") == [day])
        #expect(times("フェリー、11月17日に沈没", language: "ja") == [day])
        #expect(times("El viernes", language: "es") == times("On Friday"))
        #expect(times("금요일 침몰", language: "ko") == times("On Friday"))
    }

    @Test func daysAndMonthsThatCouldBeSwappedAreNotGuessed() {
        #expect(!times("Ferry sinks 3/4/2031").contains { $0.sort == .day })
        #expect(times("Ferry sinks 4/4/2031").contains { $0 == StatedTime(month: 4, day: 4) })
    }

    @Test func aMonthWithoutADayAndADayWithoutAMonthSayNothing() {
        #expect(times("In November 17,000 voters march").isEmpty)
        #expect(times("17 ferries were bought").isEmpty)
        // In figures a day and a month alone could be a score or a version.
        #expect(times("Ferry sinks 17.11.").isEmpty)
        #expect(StatedTime(month: 13, day: 1) == nil)
        #expect(StatedTime(month: 2, day: 32) == nil)
    }

    @Test func yearsAreReadInTitleAndLeadOnly() {
        #expect(times("The ferry of 1994", "It was built in 1961.") == [.year(1994), .year(1961)])
        #expect(times("The ferry", "One. Two. Three. Four. It was built in 1961.").isEmpty)
    }

    @Test func nearDaysAreAlikeOverTheTurnOfTheYear() throws {
        let last = try #require(StatedTime(month: 12, day: 31))
        let first = try #require(StatedTime(month: 1, day: 1))
        let third = try #require(StatedTime(month: 1, day: 3))
        #expect(StatedTime.alikeDays(first.key).contains(last.key))
        #expect(StatedTime.alikeDays(first.key).contains(third.key))
        #expect(!StatedTime.alikeDays(last.key).contains(third.key))
    }
}
