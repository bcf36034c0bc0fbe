import Normalization
import Testing

@testable import Shingling

@Suite struct CopyRuleTests {
    private func set(_ text: String) -> ShingleSet { ShingleSet(units: ShingleUnits.units(of: text)) }
    private func isCopy(_ a: String, _ b: String) -> Bool {
        CopyRule.standard.isCopy(a: set(a), b: set(b)) != nil
    }

    @Test func headlineWithItsOutletIsACopy() {
        #expect(
            isCopy(
                "Harbour of Wexley closed after storm damage",
                "Harbour of Wexley closed after storm damage - Wexley Echo"))
    }

    @Test func headlineIsNoCopyOfTheArticleThatQuotesIt() {
        let body = (0..<60).map { "word\($0)" }.joined(separator: " ")
        #expect(
            !isCopy("Harbour of Wexley closed after storm", "Harbour of Wexley closed after storm \(body)"))
    }

    @Test(arguments: ["Live updates", "Weather", "", "!!"])
    func tooShortTextsAreCopiesOfNothing(_ text: String) {
        #expect(!isCopy(text, text))
    }

    @Test func twoReportsWithTheSameFrameAreNoCopies() {
        #expect(
            !isCopy("Court sentences Maria Venn to six years", "Court sentences Tomas Kiel to nine years"))
    }

    @Test func excerptOfALongTextIsACopy() {
        let words = (0..<400).map { "item\($0 * 7919 % 1009)" }
        let whole = words.joined(separator: " ")
        let match = CopyRule.standard.isCopy(
            a: set(whole), b: set(words.prefix(60).joined(separator: " ") + " read more"))
        #expect((match?.containment ?? 0) > 0.9)
        #expect((match?.jaccard ?? 1) < 0.3)
    }

    /// Random edits of one word in twenty never hide a copy; texts without common sentences never become one.
    @Test func lightEditsKeepACopyAndStrangersStayApart() {
        var random = SplitMix(state: 5)
        var fingerprinter = CopyFingerprinter()
        var found = 0
        for document in 0..<200 {
            let words = (0..<120).map { _ in "w\(Int.random(in: 0..<5000, using: &random))x" }
            let edited = words.map { Int.random(in: 0..<20, using: &random) == 0 ? "other" : $0 }
            let first = fingerprinter.add(units: ShingleUnits.units(of: words.joined(separator: " ")))
            #expect(!first.isCopy)
            let second = fingerprinter.add(
                units: ShingleUnits.units(of: edited.joined(separator: " ").uppercased()))
            if second.isCopy, second.nearest == 2 * document { found += 1 }
        }
        #expect(found == 200)
    }

    @Test func sharesAreThoseOfTheSets() {
        let a = ShingleSet(units: [1, 2, 3, 4], width: 1)
        let b = ShingleSet(units: [3, 4, 5, 6, 7, 8, 3], width: 1)
        #expect(a.containment(with: b) == 0.5)
        #expect(a.jaccard(with: b) == 0.25)
        #expect(ShingleSet(units: []).containment(with: a) == 0)
        #expect(ShingleSet(units: [1, 2]).count == 1)
    }

    @Test func everyShingleIsThereOnce() {
        var random = SplitMix(state: 9)
        for size in [3, 47, 500, 70_000] {
            let units = (0..<size).map { _ in random.next() % 300 }
            let set = ShingleSet(units: units)
            let windows = Set((0..<size - 2).map { [units[$0], units[$0 + 1], units[$0 + 2]] })
            #expect(Set(set.values).count == set.count)
            // Of 70,000 values of 32 bits one or two pairs are equal by chance.
            #expect(windows.count - 4...windows.count ~= set.count)
            #expect(set.shared(with: set) == set.count)
        }
    }
}
