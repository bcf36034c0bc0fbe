import Foundation
import Settings
import Testing

@testable import Daemon

/// The article that the project started from: a long machine translation that recaps the week and carries two
/// pieces of news, Microsoft's memo and Nadella's Thanksgiving post.
@Suite struct SeedArticleTests {
    static let article = SampleArchiveTests.root.deletingLastPathComponent()
        .appending(path: "shared/seed/000_1323ce58b07c777d.txt")

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: article.path),
            "SKIPPED: ../shared/seed is absent, so the seed article is not read here"),
        arguments: ["2023-11-22T18:00:00Z", "2023-11-23T00:00:00Z", "2023-11-23T09:30:00Z"])
    func afterTheReturnItRaisesTheMemoTheThanksOrNothing(published: String) throws {
        let text = try String(contentsOf: Self.article, encoding: .utf8)
        let (title, body) = try #require(text.firstIndex(of: "\n").map { (text[..<$0], text[$0...]) })
        let items = try Archive(jsonLines: Data(contentsOf: SampleArchiveTests.archive), name: "archive")
            .items
        let memo = try #require(items.firstIndex { $0.id == Self.firstAfterTheReturn })
        var backtest = try SampleArchiveTests.backtest()
        for item in items[..<memo] { _ = try backtest.ingest(item: item) }

        let line = try JSONEncoder().encode([
            "id": "seed", "url": "https://kabar-seed.example/microsoft-openai", "source": "Kabar Seed",
            "lang": "id", "title": String(title), "published": published, "text": String(body),
        ])
        let seed = try #require(Archive(jsonLines: line, name: "seed").items.first)
        let decision = try backtest.ingest(item: seed)
        #expect(decision.onTopic)
        #expect(decision.newDevelopments.count <= 2)
        let allowed: Set<String> = ["memo", "letter", "statement", "support", "thanks", "report", "leak"]
        for opening in decision.openings {
            #expect(allowed.contains(opening.kind), "\(opening.kind): \(opening.why)")
        }
    }

    /// The archive's first item about Microsoft's memo; everything before it leads up to the return.
    static let firstAfterTheReturn = "s56"
}
