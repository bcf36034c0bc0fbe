import Feeds
import Foundation
import Testing

/// The shared corpus of feed files, when it is there.
private let corpus: String? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let shared =
        ProcessInfo.processInfo.environment["NEWSWATCH_SHARED"]
        ?? root.deletingLastPathComponent().appendingPathComponent("shared").path
    let files = shared + "/feeds/files"
    return FileManager.default.fileExists(atPath: files) ? files : nil
}()

@Suite(.enabled(if: corpus != nil, "NEWSWATCH_SHARED has no feeds/files"))
struct FeedCorpusTests {
    @Test func everyFileReadsTheSameWholeAndInChunks() throws {
        let root = try #require(corpus)
        let walker = try #require(FileManager.default.enumerator(atPath: root))
        var files = 0
        for case let name as String in walker {
            let path = root + "/" + name
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
                !isDirectory.boolValue
            else {
                continue
            }
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            let whole = parseFeed(bytes)
            let cut = parse(bytes, chunk: 97)
            #expect(cut.entries == whole.entries, "\(name)")
            #expect(cut.feed == whole.feed, "\(name)")
            #expect(cut.isComplete == whole.isComplete, "\(name)")
            files += 1
        }
        #expect(files > 4_000)
    }
}
