import Foundation
import Testing

/// Every test that `docs/guarantees.md` rests a promise on exists.
@Suite struct GuaranteesTests {
    @Test func theNamedTestsExist() throws {
        let document = try String(
            contentsOf: ImportTableTests.root.appending(path: "docs/guarantees.md"), encoding: .utf8)
        let folder = ImportTableTests.root.appending(path: "Tests")
        let files =
            FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects as? [URL]
        let named = document.matches(of: /`(\w+Tests)\/(\w+)`/).map { (String($0.1), String($0.2)) }
        #expect(named.count > 30)
        for (suite, test) in named {
            let file = try #require(
                files?.first { $0.lastPathComponent == "\(suite).swift" }, "there is no \(suite).swift")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains("func \(test)("), "\(suite) has no \(test)")
        }
    }

    /// A promise without a test is none.
    @Test func everyPromiseNamesATest() throws {
        let document = try String(
            contentsOf: ImportTableTests.root.appending(path: "docs/guarantees.md"), encoding: .utf8)
        for section in document.split(separator: "\n## ").dropFirst()
        where section.contains("| held by |") {
            for row in section.split(separator: "\n").filter({ $0.hasPrefix("| ") }).dropFirst() {
                #expect(row.contains("Tests/"), "\(row)")
            }
        }
    }
}
