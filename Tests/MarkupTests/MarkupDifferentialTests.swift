import Foundation
import Markup
import Testing

/// Our tokenizer beside libxml2: on well-formed documents both must see the same.
@Suite struct MarkupDifferentialTests {
    @Test(arguments: 0..<8)
    func generatedDocumentsHaveTheTokensOfLibxml2(group: Int) throws {
        for number in 0..<100 {
            let seed = UInt64(group * 100 + number)
            let bytes = Array(WellFormedDocument.text(seed: seed).utf8)
            let expected = try #require(MarkupEvents.libxml2(bytes), "document \(seed) is not well-formed")
            #expect(MarkupEvents.ours(bytes) == expected, "document \(seed)")
            #expect(
                MarkupEvents.ours(bytes, chunk: 1 + number % 13) == expected, "document \(seed) in pieces")
        }
    }

    /// The shared feed files, when they are there.
    private static let corpus: URL? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let shared =
            ProcessInfo.processInfo.environment["NEWSWATCH_SHARED"].map { URL(filePath: $0) }
            ?? root.deletingLastPathComponent().appending(path: "shared")
        let files = shared.appending(path: "feeds/files")
        return FileManager.default.fileExists(atPath: files.path) ? files : nil
    }()

    @Test(.enabled(if: corpus != nil, "SKIPPED: ../shared is absent, so none of its feeds is compared here"))
    func wellFormedFilesOfTheCorpusHaveTheTokensOfLibxml2() throws {
        let folder = try #require(Self.corpus)
        let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var compared = 0
        for case let file as URL in walker ?? .init() where !file.hasDirectoryPath {
            let bytes = [UInt8](try Data(contentsOf: file))
            guard Self.isComparable(bytes), let expected = MarkupEvents.libxml2(bytes) else { continue }
            compared += 1
            #expect(MarkupEvents.ours(bytes) == expected, "\(file.lastPathComponent)")
        }
        #expect(compared > 3_000)
    }

    /// Whether both should see the same: well-formed UTF-8 without carriage returns, which XML has made line feeds
    /// (XML 1.0, 2.11) and the tokenizer hands on; without a DOCTYPE, whose DTD libxml2 would miss, and without
    /// references to 128…159, which ours reads as browsers do. Foundation's parser ends the process at an
    /// instruction without data.
    private static func isComparable(_ bytes: [UInt8]) -> Bool {
        guard let text = String(validating: bytes, as: UTF8.self),
            !bytes.contains(where: { $0 == 0x0D || $0 == 0 }),
            !text.contains("<!DOCTYPE"), !text.contains(/&#(?:1[2-5]\d|x[89][0-9a-fA-F]);/),
            !text.contains(/<\?\w+\?>/)
        else { return false }
        let declared = text.prefix(200).firstMatch(of: /encoding\s*=\s*["']([^"']*)/).map {
            $0.1.lowercased()
        }
        do {
            try WellFormedness.check(bytes, isUTF8: true)
        } catch {
            return false
        }
        return declared == nil || declared == "utf-8"
    }
}
