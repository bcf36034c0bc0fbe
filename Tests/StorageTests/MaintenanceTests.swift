import Foundation
import Storage
import Stories
import Testing

@Suite struct MaintenanceTests {
    @Test func backupIsOneWholeFile() throws {
        let folder = try TemporaryFolder()
        let store = try NewsStore(path: folder.path("news.db"))
        try store.add(Sample.item(Sample.identity(guid: "1", content: 1)))
        try store.backup(to: folder.path("backup.db"))
        try store.add(Sample.item(Sample.identity(guid: "2", content: 2)))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(files.filter { $0.hasPrefix("backup") } == ["backup.db"])
        let copy = try NewsStore(path: folder.path("backup.db"))
        #expect(try copy.counts().entries == 1)
        #expect(try copy.check().isEmpty)
    }

    @Test func backupReplacesNothing() throws {
        let folder = try TemporaryFolder()
        let store = try NewsStore(path: folder.path("news.db"))
        try Data("precious".utf8).write(to: URL(filePath: folder.path("backup.db")))
        #expect(throws: StorageError.self) { try store.backup(to: folder.path("backup.db")) }
        #expect(try String(contentsOfFile: folder.path("backup.db"), encoding: .utf8) == "precious")
    }

    @Test func pruningKeepsDevelopmentsAndAllThatTheEngineNeeds() async throws {
        let store = try NewsStore(path: nil)
        let later = Sample.start.addingTimeInterval(86400)
        let offTopic = try store.add(Sample.item(Sample.identity(guid: "off", content: 1))) {
            [Sample.decision($0, outcome: .offTopic)]
        }
        let opener = try store.add(Sample.item(Sample.identity(guid: "on", content: 2))) {
            [Sample.decision($0, developments: ["dev_1"], opened: [Sample.opening("dev_1")])]
        }
        let young = try store.add(Sample.item(Sample.identity(guid: "young", content: 3), observed: later)) {
            [Sample.decision($0, outcome: .offTopic)]
        }
        #expect(try await store.prune(before: later) == 1)
        #expect(try store.explanation(of: "entry_\(offTopic.rawValue)") == nil)
        #expect(try store.developments().map(\.entry) == [opener])
        #expect(try store.ingest { Set(try $0.texts([offTopic, opener, young]).keys) } == [young])
        var changes: [EntryNumber] = []
        try store.changes { number, _ in changes.append(number) }
        #expect(changes == [opener, young])
        #expect(try store.check().isEmpty)
    }

    @Test func numbersAreNotUsedTwice() async throws {
        let store = try NewsStore(path: nil)
        let number = try store.add(Sample.item(Sample.identity(guid: "off", content: 1)))
        #expect(try await store.prune(before: Sample.start.addingTimeInterval(1)) == 1)
        let next = try store.add(Sample.item(Sample.identity(guid: "off", content: 1)))
        #expect(next > number)
    }
}
