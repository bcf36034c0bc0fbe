import Testing

@testable import Stories

/// A figure that grows is more about a development, and no development of its own.
@Suite struct GrowthTests {
    private func desk() -> Desk {
        var desk = Desk()
        desk.take(
            Sample.item(
                "500 Northwind employees threaten to quit",
                "Staff of Northwind wrote to the board that they would follow Ada Marlow."))
        return desk
    }

    private func report(_ title: String, hours: Double = 2) -> StoryItem {
        Sample.item(
            title,
            "More names are on the petition to the directors than in the morning, people close to them say.",
            outlet: "two.example", hours: hours)
    }

    @Test func aGreaterFigureOfTheSameDevelopmentIsToldOnce() {
        var desk = desk()
        let decision = desk.take(report("700 Northwind employees threaten to quit"))
        #expect(decision.outcome == .sameDevelopment, "\(decision.reasons)")
        #expect(decision.growth == Growth(from: Figure(value: 500), to: Figure(value: 700)))
        #expect(decision.reasons.contains("Its figure has grown from 500 to 700."))
        let again = desk.take(report("700 Northwind workers threaten to quit, letter says", hours: 3))
        #expect(again.growth == nil)
    }

    @Test(arguments: ["300", "510", "70,000", "700 %", "$700"])
    func aFigureThatIsLessHardlyMoreFarMoreOrOfAnotherUnitIsNoGrowth(figure: String) {
        var desk = desk()
        let decision = desk.take(report("\(figure) Northwind employees threaten to quit"))
        #expect(decision.growth == nil, "\(decision.reasons)")
    }

    @Test func aFigureSurvivesTheJournal() throws {
        var desk = desk()
        desk.take(report("700 Northwind employees threaten to quit"))
        var replayed = Sample.engine()
        for change in desk.changes { replayed.apply(try Change(decoding: change.encoded())) }
        #expect(replayed.state(at: 0) == desk.engine.state(at: 0))
    }

    @Test func figuresAreWrittenWithTheirUnit() {
        #expect(Figure(value: 1_500_000, unit: "USD").description == "USD 1,500,000")
        #expect(Figure(value: 12.5, unit: "%").description == "12.5 %")
        #expect(Figure(value: 23).description == "23")
    }
}
