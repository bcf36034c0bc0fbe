import Testing

@testable import Shingling

@Suite struct CopyIndexTests {
    private func signatures(_ seed: UInt64) -> CopySignatures {
        var random = SplitMix(state: seed &* 7919)
        let signature = MinHashSignature(ShingleSet(units: (0..<40).map { _ in random.next() }, width: 1))
        return CopySignatures(whole: signature, lead: signature)
    }

    /// Documents whose numbers are their times.
    private func index(of documents: Range<Int64>) -> CopyIndex {
        var index = CopyIndex()
        add(documents, to: &index)
        return index
    }

    private func add(_ documents: Range<Int64>, to index: inout CopyIndex) {
        for document in documents {
            index.insert(document: document, time: Int32(document), signatures(UInt64(document)))
        }
    }

    private func found(_ document: Int64, in index: CopyIndex) -> [Int64] {
        index.candidates(for: signatures(UInt64(document)))
    }

    @Test func everyDocumentIsFoundWhileTheTablesGrow() {
        let index = index(of: 0..<2000)
        #expect(index.count == 2000)
        for document in 0..<2000 as Range<Int64> { #expect(found(document, in: index).contains(document)) }
        #expect(found(5000, in: index).isEmpty)
        #expect(index.memoryBytes <= 2000 * 1280)
    }

    @Test func restoringForgetsExactlyWhatCameAfterTheMark() {
        var index = index(of: 0..<300)
        index.expire(before: 10)
        let before = index
        let mark = index.mark
        add(300..<500, to: &index)
        index.expire(before: 200)
        #expect(index != before)
        index.restore(mark)
        #expect(index == before)
        #expect(index.count == 290)
        #expect(found(299, in: index) == [299])
        #expect(found(100, in: index) == [100])
        #expect(found(300, in: index).isEmpty)
    }

    @Test func aCopyOfAnIndexIsItsOwn() {
        var index = index(of: 0..<100)
        let before = index
        add(100..<200, to: &index)
        #expect(before.count == 100)
        #expect(found(150, in: before).isEmpty)
        #expect(found(150, in: index) == [150])
    }

    @Test func expiredDocumentsAreNotFound() {
        var index = index(of: 0..<3000)
        index.expire(before: 1500)
        #expect(index.count == 1500)
        #expect(found(1499, in: index).isEmpty)
        #expect(found(1500, in: index) == [1500])
    }

    @Test func reclaimingChangesNothingButMemory() {
        var index = index(of: 0..<3000)
        index.expire(before: 1500)
        let before = index
        index.reclaim()
        #expect(index == before)
        add(3000..<3100, to: &index)
        var other = before
        add(3000..<3100, to: &other)
        #expect(index == other)
        #expect(found(1499, in: index).isEmpty)
        #expect(found(3050, in: index) == [3050])
    }

    /// A restart inserts and expires the same again, and gives memory back at other times.
    @Test func anIndexRebuiltEqualsTheOneBefore() {
        var live = CopyIndex()
        var rebuilt = CopyIndex()
        for document in 0..<6000 as Range<Int64> {
            // One in three repeats one of seven texts, so that many keys are full and become free again.
            let text = document % 3 == 0 ? UInt64(document % 7) : UInt64(document)
            if document % 500 == 250 {
                // A document of a transaction that failed.
                let mark = live.mark
                live.insert(document: document, time: Int32(document), signatures(1))
                live.expire(before: Int32(document))
                live.restore(mark)
            }
            live.insert(document: document, time: Int32(document), signatures(text))
            live.expire(before: Int32(document) - 1000)
            live.reclaim()
            rebuilt.insert(document: document, time: Int32(document), signatures(text))
            rebuilt.expire(before: Int32(document) - 1000)
        }
        #expect(rebuilt == live)
        #expect(live.count == 1001)
        for text in 0..<7 as Range<UInt64> {
            let found = live.candidates(for: signatures(text))
            #expect(!found.isEmpty && found == rebuilt.candidates(for: signatures(text)))
        }
    }

    @Test func aHotKeyKeepsTheEarliestAndBoundsTheAnswer() {
        var index = CopyIndex()
        let signatures = signatures(1)
        for document in 0..<500 as Range<Int64> {
            index.insert(document: document, time: Int32(document), signatures)
        }
        #expect(index.candidates(for: signatures) == Array(0..<Int64(CopyBand.maximumRun)))
        #expect(index.candidates(for: signatures, limit: 3) == [0, 1, 2])
        index.expire(before: 400)
        index.insert(document: 500, time: 500, signatures)
        #expect(index.candidates(for: signatures) == [500])
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
            index.insert(document: document, CopySignatures(whole: MinHashSignature(first), lead: unrelated))
            hits +=
                index.candidates(
                    for: CopySignatures(whole: MinHashSignature(second), lead: MinHashSignature(first))
                ).count
        }
        #expect(hits >= 396)
    }
}
