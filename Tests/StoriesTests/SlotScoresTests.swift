import Testing

@testable import Stories

@Suite struct SlotScoresTests {
    @Test func theGreatestSumsComeFirstAndOfEqualOnesTheLater() {
        var scores = SlotScores(capacity: 6)
        for (slot, value) in [(4, 1.0), (9, 2.0), (4, 1.5), (7, 2.0), (1, 0.5), (2, 2.5)] {
            scores.add(value, to: Int32(slot))
        }
        #expect(scores.greatest(4) == [4, 2, 9, 7])
        #expect(scores.greatest(0).isEmpty)
    }

    @Test func allAreFoundHoweverManyAreAsked() {
        var scores = SlotScores(capacity: 500)
        for slot in 0..<Int32(500) { scores.add(Double(slot % 7), to: slot &* 4096) }
        let expected = (0..<Int32(500)).sorted { (Double($0 % 7), $0) > (Double($1 % 7), $1) }.map {
            $0 &* 4096
        }
        #expect(scores.greatest(600) == expected)
        #expect(scores.greatest(48) == Array(expected.prefix(48)))
    }
}
