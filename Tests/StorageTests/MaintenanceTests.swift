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

    @Test func aCopyThatIsBrokenOffSaysSo() throws {
        let folder = try TemporaryFolder()
        let store = try NewsStore(path: folder.path("news.db"))
        let text = String(repeating: "words ", count: 100_000)
        for index in 0..<10 {
            try store.add(Sample.item(Sample.identity(guid: "\(index)", content: UInt64(index)), text: text))
        }
        #expect(try store.sizeInBytes() > 5_000_000)
        #expect(throws: CancellationError.self) {
            try store.copy(to: folder.path("copy.db"), isCancelled: { true })
        }
        try store.add(Sample.item(Sample.identity(guid: "new", content: 99)))
    }

    @Test func bothChecksFindATornPage() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("news.db")
        do {
            let store = try NewsStore(path: path)
            for index in 0..<100 {
                try store.add(Sample.item(Sample.identity(guid: "\(index)", content: UInt64(index))))
            }
            #expect(try store.quickCheck().isEmpty)
            #expect(try await store.checkInBackground().isEmpty)
            try store.close()
        }
        let file = try FileHandle(forUpdating: URL(filePath: path))
        let end = try file.seekToEnd()
        try file.seek(toOffset: end - 4096)
        try file.write(contentsOf: [UInt8](repeating: 0xA5, count: 4096))
        try file.close()
        let store = try NewsStore(readingPath: path)
        #expect(try !store.quickCheck().isEmpty)
        #expect(try await !store.checkInBackground().isEmpty)
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
        #expect(try await store.prune(before: later).entries == 1)
        #expect(try store.explanation(of: "entry_\(offTopic.rawValue)") == nil)
        #expect(try store.developments().map(\.entry) == [opener])
        #expect(try store.ingest { Set(try $0.texts([offTopic, opener, young]).keys) } == [young])
        var changes: [EntryNumber] = []
        try store.memories { memory in
            if case .change(let number, _) = memory { changes.append(number) }
        }
        #expect(changes == [opener, young])
        #expect(try store.check().isEmpty)
    }

    @Test func pruningForgetsAlertsThatEverybodyHasAndNobodyIsToldAgain() async throws {
        let store = try NewsStore(path: nil)
        let development = DevelopmentID(rawValue: "dev_1")
        try store.add(Sample.item(Sample.identity(guid: "on", content: 2))) {
            [Sample.decision($0, developments: ["dev_1"], opened: [Sample.opening("dev_1")])]
        }
        try store.enqueue(Sample.alert("msg_told", developments: ["dev_1"]), sinks: ["desk", "file"])
        for id in ["msg_done", "msg_failed", "msg_waiting"] {
            try store.enqueue(Sample.alert(id), sinks: ["desk"])
        }
        for id in ["msg_told", "msg_done"] {
            try store.markDelivered(alert: id, sink: "desk", at: Sample.start)
        }
        try store.markFailed(alert: "msg_failed", sink: "desk", error: "x", nextAttempt: nil)
        let later = Sample.start.addingTimeInterval(86_400)

        // One sink does not have it yet.
        #expect(try await store.prune(before: later).alerts == 1)
        #expect(
            try store.deliveries().map(\.alertID) == ["msg_told", "msg_told", "msg_failed", "msg_waiting"])

        try store.markDelivered(alert: "msg_told", sink: "file", at: Sample.start)
        #expect(try await store.prune(before: later).alerts == 1)
        #expect(try await store.prune(before: later) == NewsStore.Pruned())
        #expect(try store.deliveries().map(\.alertID) == ["msg_failed", "msg_waiting"])
        #expect(try store.ingest { try $0.told(development) } == ["desk": "msg_told", "file": "msg_told"])
        #expect(try store.counts().failedDeliveries == 1)
        #expect(try store.check().isEmpty)
    }

    @Test func youngAlertsStay() async throws {
        let store = try NewsStore(path: nil)
        try store.enqueue(Sample.alert("msg_1"), sinks: ["desk"])
        try store.markDelivered(alert: "msg_1", sink: "desk", at: Sample.start)
        #expect(try await store.prune(before: Sample.start).alerts == 0)
        #expect(try store.deliveries().count == 1)
    }

    @Test func numbersAreNotUsedTwice() async throws {
        let store = try NewsStore(path: nil)
        let number = try store.add(Sample.item(Sample.identity(guid: "off", content: 1)))
        #expect(try await store.prune(before: Sample.start.addingTimeInterval(1)).entries == 1)
        let next = try store.add(Sample.item(Sample.identity(guid: "off", content: 1)))
        #expect(next > number)
    }
}
