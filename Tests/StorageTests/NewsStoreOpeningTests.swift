import Foundation
import Storage
import Testing

@Suite struct NewsStoreOpeningTests {
    let folder = try? TemporaryFolder()

    private func path(_ name: String = "news.db") throws -> String { try #require(folder).path(name) }

    /// A closed database with one entry, as bytes.
    private func closedDatabase() throws -> (path: String, bytes: Data) {
        let path = try path()
        let store = try NewsStore(path: path)
        try store.add(Sample.item(Sample.identity(guid: "1", content: 1)))
        try store.close()
        return (path, try Data(contentsOf: URL(filePath: path)))
    }

    private func code(_ open: () throws -> Void) throws -> StorageError.Code {
        try #require(#expect(throws: StorageError.self) { try open() }).code
    }

    @Test func writesWaitForTheDisk() throws {
        let settings = try NewsStore(path: path()).settings()
        #expect(settings.journalMode == "wal")
        #expect(settings.synchronous == 2)
        #expect(settings.foreignKeys)
    }

    @Test func memoryStoreLeavesNoFile() throws {
        let store = try NewsStore(path: nil)
        try store.add(Sample.item(Sample.identity(guid: "1", content: 1)))
        #expect(try store.counts().entries == 1)
        #expect(store.path == ":memory:")
    }

    @Test func newFileIsNotForEverybody() throws {
        let path = try path()
        _ = try NewsStore(path: path)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let mode = try #require(attributes[.posixPermissions] as? NSNumber).intValue
        #expect(mode & 0o007 == 0)
    }

    @Test func reopenedDatabaseKnowsEverything() throws {
        let (path, _) = try closedDatabase()
        let store = try NewsStore(path: path)
        #expect(try store.counts().entries == 1)
        #expect(
            try store.ingest { try $0.known(Sample.identity(guid: "1", content: 1), feed: Sample.feed) }
                != nil)
    }

    @Test func readerChangesNothing() throws {
        let (path, bytes) = try closedDatabase()
        let store = try NewsStore(readingPath: path)
        #expect(try store.counts().entries == 1)
        #expect(throws: StorageError.self) { try store.setPaused(true) }
        try store.close()
        #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    }

    @Test func readerOfAMissingFileMakesNone() throws {
        let path = try path()
        #expect(throws: StorageError.self) { try NewsStore(readingPath: path) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func garbageIsRefusedAndLeftAsItIs() throws {
        let path = try path()
        let garbage = Data("This is a letter to my aunt, and no database.".utf8)
        try garbage.write(to: URL(filePath: path))
        #expect(try code { _ = try NewsStore(path: path) } == .notADatabase)
        #expect(try Data(contentsOf: URL(filePath: path)) == garbage)
    }

    @Test func directoryIsRefused() throws {
        let path = try path("folder")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        #expect(throws: StorageError.self) { try NewsStore(path: path) }
    }

    @Test func missingFolderIsNamed() throws {
        let path = try path("no/such/news.db")
        let error = try #require(#expect(throws: StorageError.self) { try NewsStore(path: path) })
        #expect("\(error)".contains(path))
    }

    @Test func emptyFileBecomesADatabase() throws {
        let path = try path()
        try Data().write(to: URL(filePath: path))
        #expect(try NewsStore(path: path).counts() == NewsStore.Counts())
    }

    @Test func databaseOfAnotherProgramIsRefusedAndLeftAsItIs() throws {
        var (path, bytes) = try closedDatabase()
        // The application id stands at offset 68 of the header (SQLite file format, 1.3).
        bytes.replaceSubrange(68..<72, with: [0, 0, 0, 7])
        try bytes.write(to: URL(filePath: path))
        #expect(try code { _ = try NewsStore(path: path) } == .notADatabase)
        #expect(try code { _ = try NewsStore(readingPath: path) } == .notADatabase)
        #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    }

    @Test func databaseOfALaterReleaseIsRefusedAndLeftAsItIs() throws {
        let (path, bytes) = try closedDatabase()
        // The migration's name in the list of those applied: as if v9 had been.
        var later = Array(bytes)
        for index in later.indices.dropLast() where later[index...].starts(with: Array("v1".utf8)) {
            later[index + 1] = UInt8(ascii: "9")
        }
        try Data(later).write(to: URL(filePath: path))
        let error = try #require(#expect(throws: StorageError.self) { try NewsStore(path: path) })
        #expect(error.code == .newerSchema)
        #expect("\(error)".contains("install that version"))
        #expect(try Data(contentsOf: URL(filePath: path)) == Data(later))
    }

    @Test func truncatedDatabaseIsToldDamaged() throws {
        let (path, bytes) = try closedDatabase()
        try bytes.prefix(bytes.count / 2).write(to: URL(filePath: path))
        let error = try #require(#expect(throws: StorageError.self) { try NewsStore(path: path) })
        #expect(error.code == .corrupt)
        #expect("\(error)".contains("restore a backup"))
        #expect(try Data(contentsOf: URL(filePath: path)) == bytes.prefix(bytes.count / 2))
    }

    @Test func overwrittenPagesAreFoundByTheCheck() throws {
        let path = try path()
        let store = try NewsStore(path: path)
        try store.ingest { transaction in
            for index in 0..<500 {
                try transaction.add(Sample.item(Sample.identity(guid: "\(index)", content: UInt64(index))))
            }
        }
        #expect(try store.check().isEmpty)
        try store.close()
        var bytes = Array(try Data(contentsOf: URL(filePath: path)))
        try #require(bytes.count > 1 << 16)
        let middle = bytes.count / 2 / 4096 * 4096
        bytes.replaceSubrange(middle..<(middle + 8192), with: repeatElement(0xA5, count: 8192))
        try Data(bytes).write(to: URL(filePath: path))
        let damaged = try NewsStore(readingPath: path)
        var isFound = false
        do {
            isFound = try !damaged.check().isEmpty
        } catch let error as StorageError {
            isFound = error.code == .corrupt
        }
        #expect(isFound)
    }

    @Test func errorsAreOneLine() {
        let codes: [StorageError.Code] = [
            .held(holder: "process 1"), .permission, .notADatabase, .corrupt, .full, .newerSchema, .badValue,
            .inputOutput,
        ]
        for code in codes {
            let text = "\(StorageError(code: code, path: "/x/news.db", reason: "why"))"
            #expect(text.hasPrefix("/x/news.db") && !text.contains("\n"))
        }
    }
}
