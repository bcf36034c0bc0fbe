import Foundation
import GRDB
import Stories

/// One transaction of the pipeline: look up, insert, queue, remember. Valid only inside `NewsStore.ingest`.
package struct IngestTransaction {
    let database: Database
    let path: String
    let memo = TransactionMemo()

    /// The number that the next inserted entry gets. Numbers are never used twice, not even after pruning.
    package func nextEntryNumber() throws -> EntryNumber {
        if let newest = memo.newest { return EntryNumber(rawValue: newest + 1) }
        let newest = try database.integer("SELECT seq FROM sqlite_sequence WHERE name = 'entries'") ?? 0
        memo.newest = newest
        return EntryNumber(rawValue: newest + 1)
    }

    /// Texts of stored entries; numbers that are not stored, or whose text was pruned, are left out.
    package func texts(_ numbers: [EntryNumber]) throws -> [EntryNumber: StoredText] {
        var texts: [EntryNumber: StoredText] = [:]
        for number in numbers {
            guard
                let row = try database.first(
                    "SELECT e.title, t.text FROM entries e JOIN texts t ON t.entry = e.number WHERE e.number = ?",
                    [number.rawValue])
            else { continue }
            texts[number] = StoredText(title: try row.decode(atIndex: 0), text: try row.decode(atIndex: 1))
        }
        return texts
    }

    /// The developments of the given ids, as they are known now, oldest first.
    package func developments(_ ids: [DevelopmentID]) throws -> [StoredDevelopment] {
        try StoredDevelopment.fetch(database, ids: ids)
    }

    /// The row of a feed, made when it is not there yet.
    func feedID(_ url: String) throws -> Int64 {
        if let id = try knownFeedID(url) { return id }
        try database.run("INSERT INTO feeds (url) VALUES (?)", [url.storable])
        memo.feeds[url] = database.lastInsertedRowID
        return database.lastInsertedRowID
    }

    /// The row of a feed, nil when there is none.
    func knownFeedID(_ url: String) throws -> Int64? {
        if let id = memo.feeds[url] { return id }
        let id = try database.integer("SELECT id FROM feeds WHERE url = ?", [url.storable])
        memo.feeds[url] = id
        return id
    }

    /// The row of a topic, made when it is not there yet.
    func topicID(_ name: String) throws -> Int64 {
        if let id = memo.topics[name] { return id }
        try database.run(
            "INSERT INTO topics (name) VALUES (?) ON CONFLICT (name) DO NOTHING", [name.storable])
        let id = try database.integer("SELECT id FROM topics WHERE name = ?", [name.storable])
        guard let id else {
            throw StorageError(code: .badValue, path: path, reason: "topic \(name)")
        }
        memo.topics[name] = id
        return id
    }
}
