import Feeds
import HostileDocuments
import Testing

/// What each hostile document gives, whole and in pieces; what reading one may cost is held by `HostileFileTests`.
@Suite(.serialized) struct HostileDocumentTests {
    private func outcome(_ parsed: ParsedFeed) -> HostileDocument.Outcome {
        guard parsed.error == nil else { return .refused }
        let good = parsed.entries.count { $0.title?.value == "good" }
        return .feed(entries: parsed.entries.count, good: good, isComplete: parsed.isComplete)
    }

    @Test func thereAreEnoughAndEachHasItsOwnName() {
        #expect(HostileDocument.all.count >= 60)
        #expect(Set(HostileDocument.all.map(\.name)).count == HostileDocument.all.count)
    }

    @Test(arguments: HostileDocument.all)
    func givesWhatItMust(document: HostileDocument) {
        let bytes = document.bytes
        let parsed = parseFeed(bytes)
        #expect(outcome(parsed) == document.outcome)
        #expect(document.problems.isSubset(of: parsed.problems.map(\.code)))
        #expect(outcome(parseFeed(bytes, limits: .ownFile)) == document.ownFileOutcome)
        // The first line of the file that some of them ask for.
        let texts = parsed.entries.flatMap { [$0.title, $0.summary, $0.content] }
        #expect(!texts.contains { $0?.value.contains("root:") == true })
    }

    @Test(arguments: HostileDocument.all)
    func givesTheSameInPieces(document: HostileDocument) {
        let bytes = document.bytes
        let whole = parseFeed(bytes)
        for size in bytes.count < 2_000 ? [1, 7, 100] : [64 << 10] {
            let cut = parse(bytes, chunk: size)
            #expect(outcome(cut) == document.outcome, "pieces of \(size)")
            #expect(cut.entries == whole.entries, "pieces of \(size)")
        }
    }
}
