import Testing

@testable import Stories

@Suite struct StoryTrialTests {
    private let items = [
        Sample.item("Northwind board fires Ada Marlow as chief executive"),
        Sample.item("Ada Marlow sacked by Northwind board", outlet: "two.example", hours: 1),
        Sample.item("Northwind investors threaten to sue the board", outlet: "two.example", hours: 2),
        Sample.item("Staff of Northwind threaten to sue the board", outlet: "three.example", hours: 3),
    ]

    private var trial: StoryTrial {
        StoryTrial(profile: Sample.profile, lexicon: Sample.lexicon, items: items)
    }

    @Test func theShippedNumbersDecideAsTheEngineDoes() {
        var desk = Desk()
        let expected = items.map { desk.take($0) }
        #expect(trial.decisions(.fitted) == expected)
    }

    @Test func aThresholdThatNothingReachesJoinsNothing() {
        var settings = StorySettings.fitted
        settings.join = 2
        #expect(trial.decisions(settings).allSatisfy { $0.outcome == .newDevelopment })
    }

    @Test func comparisonsAreWithWhatTheLabelsTold() {
        let comparisons = trial.comparisons(
            .fitted, labels: [["fired"], ["fired"], ["investors"], ["staff"]])
        let second = comparisons.filter { $0.item == 1 }
        #expect(second.map(\.label) == ["fired"])
        #expect(second.map(\.isSame) == [true])
        #expect(Set(comparisons.filter { $0.item == 3 }.map(\.label)) == ["fired", "investors"])
        #expect(comparisons.allSatisfy { $0.values.count == StorySettings.fitted.weights.count })
    }

    @Test func whatOneGroupDoesDiffersFromWhatAnotherDoes() throws {
        let comparisons = trial.comparisons(
            .fitted, labels: [["fired"], ["fired"], ["investors"], ["staff"]])
        let groups = try #require(comparisons.first { $0.item == 3 && $0.label == "investors" })
        // Shared and differing groups in `Features.values`.
        #expect(Array(groups.values[24...25]) == [0, 1])
    }
}
