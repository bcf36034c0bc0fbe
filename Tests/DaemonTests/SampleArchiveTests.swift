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

    @Test func noDevelopmentIsSwallowed() throws {
        let items = try Self.decide()
        let all = Set(items.flatMap(\.label.developments))
        let told = Set(items.filter { !$0.decision.newDevelopments.isEmpty }.flatMap(\.label.developments))
        #expect(all.count >= 13)
        #expect(all.subtracting(told).isEmpty)
    }

    /// An item may carry several developments and open one of them; a later item may then open another. So each
    /// alert must find a development of its own among those of its item.
    @Test func noDevelopmentIsAlertedTwice() throws {
        let alerts = try Self.decide().flatMap { item in
            item.decision.openings.map { (item.label, $0) }
        }
        var alertOf: [String: Int] = [:]
        func place(_ alert: Int, avoiding tried: inout Set<String>) -> Bool {
            for development in alerts[alert].0.developments where tried.insert(development).inserted {
                if let other = alertOf[development], !place(other, avoiding: &tried) { continue }
                alertOf[development] = alert
                return true
            }
            return false
        }
        for (number, (label, opening)) in alerts.enumerated() {
            var tried: Set<String> = []
            #expect(place(number, avoiding: &tried), "\(label.id) tells again: \(opening.why)")
        }
        #expect(alerts.count >= 13)
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
