import Feeds
import Foundation
import Testing

/// The module's page: its example is compiled here, and what it lists is all there is.
@Suite struct FeedsPageTests {
    private static let here = URL(filePath: #filePath).deletingLastPathComponent()
    private static let module = here.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Sources/Feeds")

    private func page() throws -> String {
        try String(contentsOf: Self.module.appending(path: "Feeds.docc/Feeds.md"), encoding: .utf8)
    }

    @Test func exampleIsTheOneCompiledHereAndHasTenLines() throws {
        let blocks = try page().components(separatedBy: "```")
        let example = try String(
            contentsOf: Self.here.appending(path: "FeedsPageExample.swift"), encoding: .utf8)
        #expect(blocks.dropFirst().first == "swift\n" + example)
        #expect(example.split(separator: "\n", omittingEmptySubsequences: false).count <= 11)
    }

    @Test func exampleReadsAFile() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "newswatch-\(UUID()).xml")
        defer { try? FileManager.default.removeItem(at: url) }
        try Data("<rss><channel><item><title>A</title><link>/1</link></x></item></channel></rss>".utf8)
            .write(to: url)
        #expect(
            try lines(ofFeedAt: url) == [
                "A: https://example.org/1",
                "line 1, column 52: an end tag without its element was passed over",
            ])
    }

    @Test func pageListsEveryPublicType() throws {
        let page = try page()
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.module.path)
        for file in files where file.hasSuffix(".swift") {
            let text = try String(contentsOf: Self.module.appending(path: file), encoding: .utf8)
            for type in text.matches(of: /(?m)^public (?:struct|enum|func) (\w+)/) {
                #expect(page.contains("``\(type.1)"), "\(type.1) is public and not on the page")
            }
        }
    }
}
