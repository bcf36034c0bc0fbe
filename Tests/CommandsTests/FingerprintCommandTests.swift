import Foundation
import Testing

@Suite struct FingerprintCommandTests {
    private static let text =
        "The harbour authority said on Tuesday that the new pier will open in March, two years later than planned, "
        + "after the contractor found that the sea bed was softer than surveys had shown."

    private static var items: String {
        [
            ("a", text),
            ("b", "Nothing in this sentence has anything to do with the pier or the sea at all."),
            ("c", text + " The mayor called it a shame."),
        ]
        .map { #"{"id":"\#($0.0)","text":"\#($0.1)"}"# }
        .joined(separator: "\n")
    }

    @Test func aCopyNamesItsNearestText() async throws {
        struct Line: Decodable {
            let id: String
            let signature_version: Int
            let nearest: String?
            let containment: Double
        }
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let run = await CommandRun.newswatch(["fingerprint", try folder.write("items.jsonl", Self.items)])
        #expect(run.errors == "")
        #expect(run.code == 0)
        let lines = try run.output.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        try #require(lines.map(\.id) == ["a", "b", "c"])
        #expect(run.output.hasPrefix(#"{"containment":0,"id":"a","nearest":null,"signature_version":"#))
        #expect(lines[1].containment < 0.5)
        #expect(lines[2].nearest == "a")
        #expect(lines[2].containment == 1)
    }

    @Test func statsCountCopies() async throws {
        struct Totals: Decodable {
            let documents: Int
            let seconds: Double
            let documents_per_second: Double
            let near_dups: Int
        }
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let run = await CommandRun.newswatch([
            "fingerprint", "--stats", try folder.write("items.jsonl", Self.items),
        ])
        let totals = try JSONDecoder().decode(Totals.self, from: Data(run.output.utf8))
        #expect(totals.documents == 3)
        #expect(totals.near_dups == 1)
        #expect(totals.seconds > 0)
        #expect(totals.documents_per_second > 0)
        #expect(run.output.split(separator: "\n").count == 1)
    }

    @Test func badLinesAreToldAndTheRestIsDone() async throws {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let items = try folder.write("items.jsonl", "\n{\"id\":\"a\"}\n" + Self.items + "\n[]\n{\"id\":")
        let run = await CommandRun.newswatch(["fingerprint", items])
        #expect(run.output.split(separator: "\n").count == 3)
        #expect(
            run.errors == """
                \(items):2: the key “text” is missing
                \(items):6: expected an object
                \(items):7: not valid JSON

                """)
        #expect(run.code == 65)
    }
}
