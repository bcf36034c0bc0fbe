import Foundation
import Storage
import Testing

@Suite struct NewFileTests {
    private func names(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    }

    @Test func theFileHasItsNameOnlyWhenItIsPublished() throws {
        let folder = try TemporaryFolder()
        let file = try NewFile(path: folder.path("f"))
        try file.write(Array("one ".utf8))
        try file.write(Array("two".utf8))
        #expect(try names(folder) == ["f.partial"])
        try file.publish()
        #expect(try names(folder) == ["f"])
        #expect(try String(contentsOfFile: folder.path("f"), encoding: .utf8) == "one two")
        #expect(throws: StorageError.self) { try file.write([1]) }
        #expect(throws: StorageError.self) { try file.publish() }
    }

    @Test func whatIsNotPublishedLeavesNothing() throws {
        let folder = try TemporaryFolder()
        do {
            let file = try NewFile(path: folder.path("f"))
            try file.write([1])
        }
        #expect(try names(folder).isEmpty)
    }

    @Test func aFileThatIsThereOrAppearsMeanwhileIsNotReplaced() throws {
        let folder = try TemporaryFolder()
        let file = try NewFile(path: folder.path("f"))
        try file.write([1])
        try Data("precious".utf8).write(to: URL(filePath: folder.path("f")))
        let refusal = StorageError(
            code: .inputOutput, path: folder.path("f"),
            reason: "exists and is never replaced; name another file")
        #expect(throws: refusal) { try file.publish() }
        #expect(throws: refusal) { _ = try NewFile(path: folder.path("f")) }
        #expect(try names(folder) == ["f"])
        #expect(try String(contentsOfFile: folder.path("f"), encoding: .utf8) == "precious")
    }

    @Test func aLeftoverIsWrittenOverAndAFileBeingWrittenIsNot() throws {
        let folder = try TemporaryFolder()
        try Data("left over from a killed program".utf8).write(to: URL(filePath: folder.path("f.partial")))
        let file = try NewFile(path: folder.path("f"))
        try file.write(Array("new".utf8))
        #expect(
            throws: StorageError(
                code: .inputOutput, path: folder.path("f.partial"), reason: "being written by another process"
            )
        ) { _ = try NewFile(path: folder.path("f")) }
        try file.publish()
        #expect(try String(contentsOfFile: folder.path("f"), encoding: .utf8) == "new")
    }

    @Test func aLinkIsNotFollowed() throws {
        let folder = try TemporaryFolder()
        try Data("precious".utf8).write(to: URL(filePath: folder.path("precious")))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("f.partial"), withDestinationPath: folder.path("precious"))
        #expect(throws: StorageError.self) { _ = try NewFile(path: folder.path("f")) }
        #expect(try String(contentsOfFile: folder.path("precious"), encoding: .utf8) == "precious")
    }

    @Test func aDetachedFileHasNoNameAndGoesWithItsDescriptor() throws {
        let folder = try TemporaryFolder()
        let file = try NewFile(path: folder.path("f"))
        try file.write(Array("copy".utf8))
        let handle = FileHandle(fileDescriptor: try file.detach(), closeOnDealloc: true)
        #expect(try names(folder).isEmpty)
        try handle.seek(toOffset: 0)
        #expect(try handle.readToEnd() == Data("copy".utf8))
    }
}
