import Testing

@testable import Shingling

@Suite struct CopyIndexTests {
    private func signature(_ seed: UInt64) -> MinHashSignature {
        var random = SplitMix(state: seed &* 7919)
        return MinHashSignature(ShingleSet(units: (0..<40).map { _ in random.next() }, width: 1))
    }

    private func index(of documents: Range<Int64>) -> CopyIndex {
        var index = CopyIndex()
        for document in documents {
            let signature = signature(UInt64(document))
            index.insert(document: document, whole: signature, lead: signature)
        }
        return index
    }

    private func found(_ document: Int64, in index: CopyIndex) -> [Int64] {
        let signature = signature(UInt64(document))
        return index.candidates(whole: signature, lead: signature)
    }

    @Test func everyDocumentIsFoundWhileTheTablesGrow() {
        let index = index(of: 0..<2000)
        #expect(index.count == 2000)
        for document in 0..<2000 as Range<Int64> { #expect(found(document, in: index).contains(document)) }
        #expect(found(5000, in: index).isEmpty)
        #expect(index.memoryBytes <= 2000 * 1280)
    }

    @Test func truncationForgetsExactlyWhatCameAfterTheMark() {
        var index = index(of: 0..<300)
        let mark = index.mark
        for document in 300..<500 as Range<Int64> {
            let signature = signature(UInt64(document))
            index.insert(document: document, whole: signature, lead: signature)
        }
        index.truncate(to: mark)
        #expect(index.count == 300)
        #expect(found(299, in: index) == [299])
        #expect(found(300, in: index).isEmpty)
    }

    @Test func expiredAndRemovedDocumentsAreNotFound() {
        var index = index(of: 0..<3000)
        let mark = index.mark
        index.expire(before: 1500)
        index.remove(document: 2000)
        #expect(index.count == 1499)
        #expect(found(1499, in: index).isEmpty)
        #expect(found(2000, in: index).isEmpty)
        #expect(found(1500, in: index) == [1500])
        index.truncate(to: mark)
        #expect(index.count == 1499)
        #expect(found(2999, in: index) == [2999])
    }

    @Test func aHotKeyKeepsTheEarliestAndBoundsTheAnswer() {
        var index = CopyIndex()
        let signature = signature(1)
        for document in 0..<500 as Range<Int64> {
            index.insert(document: document, whole: signature, lead: signature)
        }
        #expect(index.candidates(whole: signature, lead: signature) == Array(0..<Int64(CopyBand.maximumRun)))
        #expect(index.candidates(whole: signature, lead: signature, limit: 3) == [0, 1, 2])
        index.expire(before: 400)
        index.insert(document: 500, whole: signature, lead: signature)
        #expect(index.candidates(whole: signature, lead: signature) == [500])
    }

    /// The curve of `docs/copies.md`: 64 bands of two values for each of two signatures.
    @Test func recallFollowsTheCurve() {
        var random = SplitMix(state: 3)
        var hits = 0
        for document in 0..<400 as Range<Int64> {
            // Jaccard 1 : 3, containment 0.5.
            let common = (0..<100).map { _ in random.next() }
            let first = ShingleSet(units: common + (0..<100).map { _ in random.next() }, width: 1)
            let second = ShingleSet(units: common + (0..<100).map { _ in random.next() }, width: 1)
            let unrelated = MinHashSignature(ShingleSet(units: (0..<9).map { _ in random.next() }, width: 1))
            var index = CopyIndex()
            index.insert(document: document, whole: MinHashSignature(first), lead: unrelated)
            hits += index.candidates(whole: MinHashSignature(second), lead: MinHashSignature(first)).count
        }
        #expect(hits >= 396)
    }
}
