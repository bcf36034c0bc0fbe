import Foundation
import Storage
import Stories
import Testing

@Suite struct ExplanationTests {
    @Test func entryIsFoundByEveryNameItHas() throws {
        let store = try NewsStore(path: nil)
        let identity = Sample.identity(
            guid: "tag:one.example,2023:1", url: "https://one.example/a", content: 1)
        let number = try store.add(Sample.item(identity), externalID: "item-1") {
            [Sample.decision($0, developments: ["dev_1"], opened: [Sample.opening("dev_1")])]
        }
        let names = [
            "\(number.rawValue)", "entry_\(number.rawValue)", "item-1", "tag:one.example,2023:1",
            "https://one.example/a",
        ]
        for name in names {
            #expect(try store.explanation(of: name)?.number == number, "\(name)")
        }
        #expect(try store.explanation(of: "https://one.example/b") == nil)
        #expect(try store.explanation(of: "2") == nil)
        #expect(try store.explanation(of: "") == nil)
    }

    @Test func decisionsComeBackWhole() throws {
        let store = try NewsStore(path: nil)
        let original = try store.add(Sample.item(Sample.identity(guid: "0", content: 7)))
        var made: [Decision] = []
        let number = try store.add(Sample.item(Sample.identity(guid: "1", content: 1))) { number in
            made = [
                Sample.decision(
                    number, topic: "a", developments: ["dev_1"], opened: [Sample.opening("dev_1")],
                    nearDuplicateOf: original),
                Sample.decision(number, topic: "b", outcome: .offTopic, revisionOf: original),
            ]
            return made
        }
        let explanation = try #require(try store.explanation(of: "entry_\(number.rawValue)"))
        #expect(explanation.decisions == made)
        #expect(explanation.feed == Sample.feed)
        #expect(explanation.observed == Sample.start)
    }
}
