import Settings
import Foundation
import Testing

@testable import Daemon

/// Floors on corpora of our own, so that a regression shows in every clone.
@Suite struct SampleArchiveTests {
    struct Label: Decodable {
        var id: String
        var on_topic: Bool
        var developments: [String]
        var near_dup_of: String?
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let archive = root.appending(path: "samples/saga-week.jsonl")

    static func backtest() throws -> Backtest {
        try Backtest(
            profiles: [
                ConfigurationReader.profile(
                    path: root.appending(path: "etc/newswatch/topics/openai-leadership.toml").path)
            ],
            lexicon: ConfigurationReader.lexicon(
                directory: root.appending(path: "etc/newswatch/lexicon").path))
    }

    static func decide() throws -> [(label: Label, decision: BacktestDecision)] {
        let data = try Data(contentsOf: archive)
        let decoder = JSONDecoder()
        let labels = try Dictionary(
            uniqueKeysWithValues: data.split(separator: UInt8(ascii: "\n")).map { line in
                let label = try decoder.decode(Label.self, from: line)
                return (label.id, label)
            })
        var backtest = try backtest()
        return try Archive(jsonLines: data, name: "archive").items.map { item in
            (try #require(labels[item.id]), try backtest.ingest(item: item))
        }
    }

    @Test func everyDevelopmentIsToldOnceAndNoneTwice() throws {
        var told: Set<String> = []
        var all: Set<String> = []
        for (label, decision) in try Self.decide() {
            all.formUnion(label.developments)
            let fresh = Set(label.developments).subtracting(told)
            if !decision.newDevelopments.isEmpty { told.formUnion(label.developments) }
            #expect(
                decision.newDevelopments.count <= fresh.count,
                "\(label.id) tells again: \(decision.openings.map(\.why))")
        }
        #expect(all.subtracting(told).isEmpty, "swallowed")
        #expect(all.count >= 13)
    }

    @Test func copiesAreFoldedAndNothingElse() throws {
        for (label, decision) in try Self.decide() {
            #expect(
                (label.near_dup_of != nil) == (decision.nearDuplicateOf != nil),
                "\(label.id): labelled a copy of \(label.near_dup_of ?? "nothing"), taken for one of \(decision.nearDuplicateOf ?? "nothing")"
            )
        }
    }

    @Test func relevanceIsAsLabelled() throws {
        for (label, decision) in try Self.decide() {
            #expect(label.on_topic == decision.onTopic, "\(label.id)")
        }
    }

    @Test func theSameArchiveGivesTheSameIds() throws {
        let first = try Self.decide().map { $0.decision.developments }
        let second = try Self.decide().map { $0.decision.developments }
        #expect(first == second)
    }
}
