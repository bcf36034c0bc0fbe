import Foundation
import Testing

/// What can only be shown on the corpora that stand beside some checkouts.
@Suite(.seated) struct SharedCorpusTests {
    static let isThere = Repository.shared != nil
    static let skip: Comment =
        "SKIPPED: ../shared is absent, so neither its feeds nor its articles are read here"

    @Test(.enabled(if: isThere, skip)) func everyFeedFileIsParsedWithoutACrash() async throws {
        let folder = try #require(Repository.shared).appending(path: "feeds/files")
        let files =
            (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])?
            .allObjects as? [URL] ?? []).filter { !$0.hasDirectoryPath }.map(\.path)
        #expect(files.count > 4000)
        for start in stride(from: 0, to: files.count, by: 1000) {
            let part = files[start..<min(start + 1000, files.count)]
            let result = try await RunningProgram.run("newswatch", ["parse", "--jsonl"] + part)
            #expect([0, 65].contains(result.exitCode), "\(result.standardError.suffix(500))")
            #expect(result.standardOutput.split(separator: "\n").count == part.count)
        }
    }

    @Test(.enabled(if: isThere, skip)) func backtestReadsTheLabelledSagaToItsEnd() async throws {
        let items = try #require(Repository.shared).appending(path: "saga/items-dev.jsonl")
        let result = try await RunningProgram.run(
            "newswatch", ["backtest", items.path, "--config-dir", Repository.etc.path, "--jsonl"])
        #expect(result.exitCode == 0, "\(result.standardError)")
        let lines = try String(contentsOf: items, encoding: .utf8).split(separator: "\n").count
        #expect(result.standardOutput.split(separator: "\n").count == lines)
    }
}
