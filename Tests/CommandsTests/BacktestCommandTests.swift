import Foundation
import Testing

@Suite struct BacktestCommandTests {
    private struct Decision: Decodable {
        let id: String
        let on_topic: Bool
        let decision: String
        let developments: [String]
        let new_developments: [String]
        let near_duplicate_of: String?
        let score: Double
    }

    private static let items = """
        {"id":"late","source":"A","title":"Acme fired its chief in a surprise","published":"2023-11-18T09:00:00Z","text":"x"}
        {"id":"undated","source":"B","title":"River levels fall after a dry autumn in the north","text":"y"}

        {"id":"early","source":"C","title":"Parliament votes on the harbour budget today","published":"2023-11-17T09:00:00+01:00","text":"z"}
        {"id":"late","source":"A","title":"Acme fired its chief in a surprise","published":"2023-11-18T09:00:00Z","text":"x"}
        """

    @Test func itemsAreDecidedInTheOrderOfTimeOneLineEach() async throws {
        let configuration = try ConfigurationFolder()
        defer { configuration.folder.remove() }
        let items = try configuration.write("items.jsonl", Self.items)
        let run = await CommandRun.newswatch([
            "backtest", items, "--profile", "everything", "--lexicon", configuration.path + "/lexicon",
            "--jsonl",
        ])
        #expect(run.errors == "")
        #expect(run.code == 0)
        let decisions = try Self.decisions(run)
        #expect(decisions.map(\.id) == ["early", "late", "undated", "late"])
        #expect(decisions.map(\.decision).last == "duplicate")
        #expect(decisions.filter(\.on_topic).count == 4)
        #expect(
            decisions.dropLast().allSatisfy {
                $0.decision == "new_development" && $0.new_developments.count > 0
            })
    }

    @Test func theSameArchiveGivesTheSameLines() async throws {
        let configuration = try ConfigurationFolder()
        defer { configuration.folder.remove() }
        let items = try configuration.write("items.jsonl", Self.items)
        let arguments = [
            "backtest", items, "--profile", "everything", "--config-dir", configuration.path, "--jsonl",
        ]
        let first = await CommandRun.newswatch(arguments)
        #expect(first.code == 0)
        #expect(await CommandRun.newswatch(arguments) == first)
    }

    @Test func badLinesAreToldWithTheirPlaceAndTheRestIsDone() async throws {
        let configuration = try ConfigurationFolder()
        defer { configuration.folder.remove() }
        let items = try configuration.write(
            "items.jsonl",
            "{\"id\":\"a\",\"source\":\"A\",\"title\":\"One thing happened here\"}\nnonsense\n{\"title\":7}\n"
        )
        let run = await CommandRun.newswatch([
            "backtest", items, "--profile", "everything", "--config-dir", configuration.path, "--jsonl",
        ])
        #expect(try Self.decisions(run).map(\.id) == ["a"])
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("\(items):2: ") == true)
        #expect(lines.last?.hasPrefix("\(items):3: ") == true)
        #expect(run.code == 65)
    }

    @Test func peopleGetWhatWouldHaveBeenToldAndTotals() async throws {
        let configuration = try ConfigurationFolder()
        defer { configuration.folder.remove() }
        let items = try configuration.write("items.jsonl", Self.items)
        let run = await CommandRun.newswatch([
            "backtest", items, "--profile", "everything", "--config-dir", configuration.path,
        ])
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(
            lines.first?.hasPrefix("2023-11-17 08:00Z  Parliament votes on the harbour budget today  C  dev_")
                == true)
        #expect(lines.last == "4 items: 4 on topic, 1 copies, 3 developments")
    }

    @Test func theConfigurationsFolderMayComeFromTheEnvironment() async throws {
        let configuration = try ConfigurationFolder()
        defer { configuration.folder.remove() }
        let items = try configuration.write("items.jsonl", Self.items)
        let run = await CommandRun.newswatch(
            ["backtest", items, "--jsonl"], environment: ["NEWSWATCH_ETC": configuration.path])
        #expect(run.errors == "")
        let decisions = try Self.decisions(run)
        #expect(decisions.filter(\.on_topic).allSatisfy { $0.id == "late" })
        #expect(decisions.filter(\.on_topic).count == 2)
    }

    @Test func missingFilesAreTold() async throws {
        let configuration = try ConfigurationFolder()
        defer { configuration.folder.remove() }
        let missing = configuration.path + "/missing.jsonl"
        let arguments = ["backtest", missing, "--profile", "everything", "--config-dir", configuration.path]
        #expect(
            await CommandRun.newswatch(arguments)
                == CommandRun(output: "", errors: "newswatch: \(missing): no such file\n", code: 74))
        let noTopics = await CommandRun.newswatch([
            "backtest", missing, "--config-dir", configuration.path + "/lexicon",
        ])
        #expect(noTopics.code == 78)
        #expect(noTopics.errors.hasPrefix("newswatch: no topics in \(configuration.path)/lexicon/topics"))
        let noProfile = await CommandRun.newswatch([
            "backtest", missing, "--profile", configuration.path + "/none.toml",
        ])
        #expect(noProfile.code == 78)
        #expect(noProfile.errors.hasPrefix("\(configuration.path)/none.toml:1:1: "))
    }

    private static func decisions(_ run: CommandRun) throws -> [Decision] {
        try run.output.split(separator: "\n").map {
            try JSONDecoder().decode(Decision.self, from: Data($0.utf8))
        }
    }
}
