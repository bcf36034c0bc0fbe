import Feeds
import Foundation
import Storage
import Stories
import Synchronization
import Testing

@Suite struct IngestTests {
    struct Refused: Error {}

    @Test func thrownErrorLeavesNothing() throws {
        let store = try NewsStore(path: nil)
        #expect(throws: Refused.self) {
            try store.ingest { transaction in
                try transaction.add(Sample.item(Sample.identity(guid: "1", content: 1))) {
                    [Sample.decision($0, developments: ["dev_1"], opened: [Sample.opening("dev_1")])]
                }
                try transaction.enqueue(Sample.alert("msg_1", developments: ["dev_1"]), sinks: ["desk"])
                try transaction.storeValidators(StoredValidators(etag: "\"x\""), feed: Sample.feed)
                try transaction.markContacted(feed: Sample.feed, at: Sample.start)
                throw Refused()
            }
        }
        #expect(try store.counts() == NewsStore.Counts())
        #expect(try store.developments().isEmpty)
        #expect(try store.deliveries().isEmpty)
        #expect(try store.feedRecords().isEmpty)
        #expect(try store.ingest { try $0.nextEntryNumber() } == EntryNumber(rawValue: 1))
    }

    @Test func fullDiskLeavesNothingOfTheTransaction() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("news.db")
        let store = try NewsStore(path: path, maximumBytes: 1 << 20)
        let first = try store.add(Sample.item(Sample.identity(guid: "first", content: 1)))
        let error = try #require(
            #expect(throws: StorageError.self) {
                try store.ingest { transaction in
                    for index in 2..<200 {
                        try transaction.add(
                            Sample.item(
                                Sample.identity(guid: "\(index)", content: UInt64(index)),
                                text: String(repeating: "long words ", count: 2000)))
                    }
                    try transaction.enqueue(Sample.alert("msg_1"), sinks: ["desk"])
                }
            })
        #expect(error.code == .full)
        #expect(try store.counts() == NewsStore.Counts(entries: 1))
        #expect(try store.deliveries().isEmpty)
        // Not even in memory: the next entry follows the last that was stored.
        let next = try store.add(Sample.item(Sample.identity(guid: "next", content: 2)))
        #expect(next.rawValue == first.rawValue + 1)
        try store.close()
        #expect(try NewsStore(path: path).check().isEmpty)
    }

    @Test func changesComeInTheOrderOfEntriesAndRulingsInTheirPlace() throws {
        let store = try NewsStore(path: nil)
        let items = (1...5).map {
            Sample.item(Sample.identity(guid: "\($0)", content: UInt64($0)), title: "No. \($0)")
        }
        let numbers = try store.ingest { transaction in try items.map { try transaction.add($0) } }
        let first = Ruling.mute(DevelopmentID(rawValue: "dev_1"))
        let last = Ruling.retract(DevelopmentID(rawValue: "dev_2"))
        let stored = try store.ingest { transaction in
            [
                try transaction.insert(first, after: numbers[2], at: Sample.start),
                try transaction.insert(last, after: numbers[4], at: Sample.start),
            ]
        }
        #expect(stored == [1, 2])
        func read(after entry: EntryNumber, ruling: Int64) throws -> [String] {
            var read: [String] = []
            try store.memories(after: entry, ruling: ruling) { memory in
                switch memory {
                case .change(let number, let bytes):
                    let place = try #require(numbers.firstIndex(of: number))
                    #expect(try Change(decoding: bytes) == Sample.change(items[place], number))
                    read.append("\(place + 1)")
                case .ruling(let number, let stored):
                    #expect(stored == (number == 1 ? first : last))
                    read.append("ruling \(number)")
                }
            }
            return read
        }
        #expect(
            try read(after: EntryNumber(rawValue: 0), ruling: 0)
                == ["1", "2", "3", "ruling 1", "4", "5", "ruling 2"])
        #expect(try read(after: numbers[3], ruling: 1) == ["5", "ruling 2"])
    }

    @Test func textsOfUnknownNumbersAreLeftOut() throws {
        let store = try NewsStore(path: nil)
        let number = try store.add(Sample.item(Sample.identity(content: 1), title: "T", text: "x"))
        let texts = try store.ingest { try $0.texts([number, EntryNumber(rawValue: 99)]) }
        #expect(texts == [number: StoredText(title: "T", text: "x")])
    }

    @Test func readerDoesNotWaitForAnOpenTransaction() throws {
        let folder = try TemporaryFolder()
        let store = try NewsStore(path: folder.path("news.db"))
        try store.add(Sample.item(Sample.identity(guid: "1", content: 1)))
        let seen = Mutex<Int?>(nil)
        try store.ingest { transaction in
            try transaction.add(Sample.item(Sample.identity(guid: "2", content: 2)))
            let done = DispatchSemaphore(value: 0)
            Thread.detachNewThread {
                do {
                    let entries = try store.counts().entries
                    seen.withLock { $0 = entries }
                } catch {
                    Issue.record(error)
                }
                done.signal()
            }
            #expect(done.wait(timeout: .now() + 30) == .success)
        }
        #expect(seen.withLock { $0 } == 1)
        #expect(try store.counts().entries == 2)
    }

    /// What a machine that stops dead leaves behind: the file and its journal, nothing written back.
    @Test func acknowledgedEntriesSurviveACrash() throws {
        let folder = try TemporaryFolder()
        let store = try NewsStore(path: folder.path("news.db"))
        for index in 1...20 {
            try store.add(Sample.item(Sample.identity(guid: "\(index)", content: UInt64(index))))
        }
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: folder.path("news.db" + suffix), toPath: folder.path("copy.db" + suffix))
        }
        let copy = try NewsStore(path: folder.path("copy.db"))
        #expect(try copy.counts().entries == 20)
        #expect(try copy.check().isEmpty)
    }

    @Test func tornJournalLosesWholeTransactionsOnly() throws {
        let folder = try TemporaryFolder()
        let store = try NewsStore(path: folder.path("news.db"))
        try store.add(Sample.item(Sample.identity(guid: "1", content: 1)))
        let journal = URL(filePath: folder.path("news.db-wal"))
        let before = try Data(contentsOf: journal).count
        try store.ingest { transaction in
            for index in 2...50 {
                try transaction.add(Sample.item(Sample.identity(guid: "\(index)", content: UInt64(index))))
            }
            try transaction.enqueue(Sample.alert("msg_1"), sinks: ["desk"])
        }
        let bytes = try Data(contentsOf: journal)
        try FileManager.default.copyItem(atPath: folder.path("news.db"), toPath: folder.path("copy.db"))
        try bytes.prefix((before + bytes.count) / 2).write(to: URL(filePath: folder.path("copy.db-wal")))
        let copy = try NewsStore(path: folder.path("copy.db"))
        #expect(try copy.counts() == NewsStore.Counts(entries: 1))
        #expect(try copy.check().isEmpty)
    }

    @Test func nulIsNotTheEndOfAText() throws {
        let store = try NewsStore(path: nil)
        let first = Sample.identity(guid: "a\0b", content: 1)
        let second = Sample.identity(guid: "a\0c", content: 2)
        let number = try store.add(Sample.item(first, title: "x\0y", text: "x\0z"))
        #expect(try store.ingest { try $0.known(first, feed: Sample.feed) }?.entry.number == number)
        #expect(try store.ingest { try $0.known(second, feed: Sample.feed) } == nil)
        #expect(
            try store.ingest { try $0.texts([number]) }[number]
                == StoredText(title: "x\u{FFFD}y", text: "x\u{FFFD}z"))
    }

    @Test func timesFarAwayAreHeldAtTheEdge() throws {
        let store = try NewsStore(path: nil)
        let item = Sample.item(
            Sample.identity(guid: "1", content: 1), published: Date(timeIntervalSince1970: -1e300))
        try store.add(item, externalID: "far")
        let year1 = Date(timeIntervalSince1970: -62_135_596_800)
        #expect(try store.explanation(of: "far")?.published == year1)
    }
}
