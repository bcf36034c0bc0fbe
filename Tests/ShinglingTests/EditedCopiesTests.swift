import Normalization
import Testing

@testable import Shingling

/// Copies made by random edits are found, and texts of one topic that are none are not: in ten scripts.
@Suite struct EditedCopiesTests {
    private static let originals = 60

    @Test(arguments: MadeUpText.writings)
    func combinedEditsHideNoCopy(_ writing: MadeUpText.Writing) {
        var random = SplitMix(state: 17)
        let topic = MadeUpText(writing, using: &random)
        var fingerprinter = CopyFingerprinter()
        let texts = (0..<Self.originals).map { _ in
            topic.text(words: Int.random(in: 120...500, using: &random), using: &random)
        }
        for text in texts {
            #expect(!fingerprinter.add(units: ShingleUnits.units(of: topic.joined(text))).isCopy)
        }
        var missed: [[TextEdit]] = []
        let rounds = 5 * Self.originals
        for round in 0..<rounds {
            let original = round % Self.originals
            let edits = Array(
                TextEdit.allCases.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random)))
            var words = texts[original]
            // One in five is a teaser of forty words.
            if round % 5 == 4 { words = Array(words.prefix(40)) }
            for edit in edits { words = edit.apply(to: words, of: topic, using: &random) }
            var text = topic.joined(words)
            for edit in edits { text = edit.apply(to: text) }
            let result = fingerprinter.add(units: ShingleUnits.units(of: text))
            // The nearest may be an earlier copy of the same text.
            let nearest = result.nearest.map {
                $0 < Self.originals ? $0 : ($0 - Self.originals) % Self.originals
            }
            if !result.isCopy || nearest != original { missed.append(edits) }
        }
        #expect(missed.count * 50 <= rounds, "\(missed.count) of \(rounds) missed: \(missed)")
    }

    @Test(arguments: MadeUpText.writings)
    func textsOfOneTopicAreNoCopies(_ writing: MadeUpText.Writing) {
        var random = SplitMix(state: 23)
        let topic = MadeUpText(writing, using: &random)
        // 450 texts are 101,025 pairs; ten scripts a million.
        let sets = (0..<450).map { _ in
            let words = topic.text(words: Int.random(in: 40...160, using: &random), using: &random)
            return ShingleSet(units: ShingleUnits.units(of: topic.joined(words)))
        }
        var folded = 0
        for first in sets.indices {
            for second in sets.indices.dropFirst(first + 1)
            where CopyRule.standard.isCopy(a: sets[first], b: sets[second]) != nil {
                folded += 1
            }
        }
        #expect(folded == 0)
    }
}
