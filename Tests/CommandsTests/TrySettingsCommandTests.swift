import Commands
import Foundation
import Synchronization
import Testing

@Suite struct TrySettingsCommandTests {
    private static let items = """
        {"id":"a","title":"Acme fired its chief in a surprise","published":"2023-11-17T09:00:00Z","cluster":"chief"}
        {"id":"b","title":"Surprise as the chief of Acme is fired","published":"2023-11-17T10:00:00Z","cluster":"chief"}
        """

    /// Lines of input, one after the other.
    private static func input(_ lines: String...) -> InputChannel {
        let left = Mutex(lines)
        return InputChannel(
            isTerminal: false, readLine: { left.withLock { $0.isEmpty ? nil : $0.removeFirst() } },
            readAll: { _ in Data() })
    }

    private func run(
        _ arguments: [String], on items: String = items, input: InputChannel
    ) async throws -> CommandRun {
        let configuration = try ConfigurationFolder()
        defer { configuration.folder.remove() }
        let items = try configuration.write("items.jsonl", items)
        return await CommandRun.newswatch(
            ["try-settings", items, "--lexicon", configuration.path + "/lexicon"] + arguments, input: input)
    }

    @Test func everyTrialIsAnsweredByALine() async throws {
        struct Decision: Decodable {
            let id: String
            let new_developments: [String]
        }
        let run = try await run([], input: Self.input("{}", #"{"join":2}"#))
        #expect(run.errors == "")
        #expect(run.code == 0)
        let answers = try run.output.split(separator: "\n").map {
            try JSONDecoder().decode([Decision].self, from: Data($0.utf8))
        }
        try #require(answers.count == 2)
        #expect(answers.allSatisfy { $0.map(\.id) == ["a", "b"] })
        #expect(answers[1].allSatisfy { $0.new_developments.count == 1 })
    }

    @Test func comparisonsAreOfLabels() async throws {
        let run = try await run(["--comparisons"], input: Self.input("{}"))
        #expect(run.output.hasPrefix(#"[{"isSame":true,"item":1,"label":"chief","values":["#), "\(run)")
    }

    @Test func aCopyTellsWhatItsOriginalDoesNot() async throws {
        struct Comparison: Decodable {
            let item: Int
            let label: String
        }
        let items = """
            {"id":"a","title":"Acme fired its chief","published":"2023-11-17T09:00:00Z","developments":["chief"]}
            {"id":"b","title":"Acme fired its chief","published":"2023-11-17T10:00:00Z","near_dup_of":"a",\
            "developments":["chief","suit"]}
            {"id":"c","title":"Acme fired its chief","published":"2023-11-17T11:00:00Z","near_dup_of":"a",\
            "developments":["chief"]}
            {"id":"d","title":"Chief sues Acme","published":"2023-11-17T12:00:00Z","developments":["suit"]}
            """
        let run = try await run(["--comparisons"], on: items, input: Self.input("{}"))
        let found = try JSONDecoder().decode([Comparison].self, from: Data(run.output.utf8))
        #expect(Set(found.filter { $0.item == 3 }.map(\.label)) == ["chief", "suit"])
        // The second one tells of the suit alone and is compared for it; the third one tells nothing.
        #expect(Set(found.map(\.item)) == [1, 3])
    }

    @Test func theShippedNumbersArePrinted() async {
        let run = await CommandRun.newswatch(["try-settings", "--shipped"])
        #expect(run.code == 0)
        #expect(run.output.contains(#""join":"#))
    }

    @Test func whatIsNoTrialIsBadData() async throws {
        let run = try await run([], input: Self.input("join 2"))
        #expect(run.code == 65)
        #expect(run.errors.contains("join 2"))
    }

    @Test func anArchiveIsAskedFor() async {
        #expect(await CommandRun.newswatch(["try-settings"]).code == 64)
    }
}
