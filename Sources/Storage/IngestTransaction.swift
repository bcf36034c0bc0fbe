import Feeds
import Foundation
import GRDB
import Stories

/// One transaction of the pipeline: look up, insert, queue, remember. Valid only inside `NewsStore.ingest`.
package struct IngestTransaction {
    let database: Database
    let path: String

    /// The number that the next inserted entry gets.
    package func nextEntryNumber() throws -> EntryNumber {
        let newest = try Int64.fetchOne(database, sql: "SELECT max(number) FROM entries") ?? 0
        return EntryNumber(rawValue: newest + 1)
    }

    /// The latest revision of the same entry: by the feed's guid, else the article's address in any feed, else
    /// the same content in the same feed (guid and address churn). Nil for a new one.
    package func known(_ identity: EntryIdentity, feed: String) throws -> KnownRecord? {
        if let guid = identity.guid,
            let record = try record(where: "feed = ? AND guid = ?", [feed, guid])
        {
            return record
        }
        if let url = identity.canonicalURL, let record = try record(where: "canonical_url = ?", [url]) {
            return record
        }
        return try record(
            where: "feed = ? AND content_hash = ?", [feed, Int64(bitPattern: identity.contentHash)])
    }

    private func record(where condition: String, _ arguments: StatementArguments) throws -> KnownRecord? {
        let sql = """
            SELECT number, feed, content_hash, title, text FROM entries WHERE \(condition)
            ORDER BY number DESC LIMIT 1
            """
        let statement = try database.cachedStatement(sql: sql)
        return try Row.fetchOne(statement, arguments: arguments).map { row in
            KnownRecord(
                entry: KnownEntry(
                    number: EntryNumber(rawValue: row[0]), contentHash: UInt64(bitPattern: row[2] as Int64),
                    title: row[3], text: row[4]),
                feed: row[1])
        }
    }

    /// Texts of stored entries; numbers that are not stored are left out.
    package func texts(_ numbers: [EntryNumber]) throws -> [EntryNumber: StoredText] {
        let statement = try database.cachedStatement(sql: "SELECT title, text FROM entries WHERE number = ?")
        var texts: [EntryNumber: StoredText] = [:]
        for number in numbers {
            guard let row = try Row.fetchOne(statement, arguments: [number.rawValue]) else { continue }
            texts[number] = StoredText(title: row[0], text: row[1])
        }
        return texts
    }

    /// Stores an entry with what was decided on it and the developments that it opens or joins.
    package func insert(_ entry: NewEntry, verdict: Verdict) throws {
        let item = entry.item
        let copy = verdict.decisions.lazy.compactMap(\.nearDuplicateOf).first
        let revised = verdict.decisions.lazy.compactMap(\.revisionOf).first
        try database.execute(
            sql: """
                INSERT INTO entries (number, feed, guid, canonical_url, content_hash, external_id, outlet, url,
                    lang, title, text, published, observed, engine_time, near_duplicate_of, revision_of,
                    is_duplicate, change)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                entry.number.rawValue, entry.feed, item.identity.guid, item.identity.canonicalURL,
                Int64(bitPattern: item.identity.contentHash), entry.externalID, item.outlet, item.url,
                item.language, item.title, item.text, item.published.map(Milliseconds.of),
                Milliseconds.of(item.observed), Milliseconds.of(item.engineTime), copy?.rawValue,
                revised?.rawValue, verdict.decisions.contains { $0.outcome == .duplicate },
                Data(verdict.change.encoded()),
            ])
        for decision in verdict.decisions { try insert(decision) }
    }

    private func insert(_ decision: Decision) throws {
        try database.execute(
            sql: "INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                decision.entry.rawValue, decision.topic, decision.outcome.rawValue, decision.score,
                try JSONText.encode(decision.developments), try JSONText.encode(decision.reasons),
            ])
        for opening in decision.opened {
            // The same id again is the same development: nothing is opened twice.
            try database.execute(
                sql: """
                    INSERT INTO developments (id, topic, kind, headline, confidence, why, entry, first_published)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
                    """,
                arguments: [
                    opening.id.rawValue, decision.topic, opening.kind, opening.headline,
                    opening.confidence.rawValue, opening.why, decision.entry.rawValue,
                    Milliseconds.of(opening.firstPublished),
                ])
        }
        for development in decision.developments {
            try database.execute(
                sql: "INSERT OR IGNORE INTO development_entries VALUES (?, ?)",
                arguments: [development.rawValue, decision.entry.rawValue])
        }
    }

    /// Puts an alert into the outbox, once for each sink. An id that is there already is left as it is.
    package func enqueue(_ alert: OutboxAlert, sinks: [String]) throws {
        let created = Milliseconds.of(alert.created)
        try database.execute(
            sql: "INSERT INTO alerts (id, type, created, payload) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            arguments: [alert.id, alert.type, created, alert.payload])
        guard database.changesCount > 0 else { return }
        let sequence = database.lastInsertedRowID
        for sink in sinks {
            try database.execute(
                sql: "INSERT INTO deliveries (sink, alert, next_attempt) VALUES (?, ?, ?)",
                arguments: [sink, sequence, created])
        }
        for development in alert.developments {
            try database.execute(
                sql: "UPDATE developments SET alerted_at = ?, late = ? WHERE id = ?",
                arguments: [created, alert.isLate, development.rawValue])
        }
    }

    /// Remembers the validators of a complete document.
    package func storeValidators(_ validators: StoredValidators, feed: String) throws {
        try setValidators(validators, feed: feed)
    }

    /// Makes the next poll of `feed` unconditional.
    package func clearValidators(feed: String) throws {
        try setValidators(StoredValidators(), feed: feed)
    }

    private func setValidators(_ validators: StoredValidators, feed: String) throws {
        try database.execute(
            sql: """
                INSERT INTO feeds (url, etag, last_modified, body_hash) VALUES (?, ?, ?, ?)
                ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified,
                    body_hash = excluded.body_hash
                """,
            arguments: [
                feed, validators.etag, validators.lastModified,
                validators.bodyHash.map { Int64(bitPattern: $0) },
            ])
    }

    /// Remembers that a first document of `feed` was taken in; later ones change nothing.
    package func markContacted(feed: String, at time: Date) throws {
        try database.execute(
            sql: """
                INSERT INTO feeds (url, contacted_at) VALUES (?, ?)
                ON CONFLICT (url) DO UPDATE SET contacted_at = coalesce(contacted_at, excluded.contacted_at)
                """,
            arguments: [feed, Milliseconds.of(time)])
    }

    /// How far the topic's digest has come; a topic never seen has said nothing yet.
    package func introduction(topic: String) throws -> Introduction {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT done_at, late_alerts, pending FROM introductions WHERE topic = ?",
                arguments: [topic])
        else { return Introduction() }
        var introduction = Introduction()
        introduction.isDone = row["done_at"] != nil
        introduction.lateAlerts = row["late_alerts"]
        introduction.pending = try JSONText.decode([DevelopmentID].self, row["pending"], path: path)
        return introduction
    }

    /// Stores how far the topic's digest has come; `now` is kept as the time at which it first was done.
    package func setIntroduction(_ introduction: Introduction, topic: String, now: Date) throws {
        try database.execute(
            sql: """
                INSERT INTO introductions (topic, done_at, late_alerts, pending) VALUES (?, ?, ?, ?)
                ON CONFLICT (topic) DO UPDATE SET done_at = coalesce(done_at, excluded.done_at),
                    late_alerts = excluded.late_alerts, pending = excluded.pending
                """,
            arguments: [
                topic, introduction.isDone ? Milliseconds.of(now) : nil, introduction.lateAlerts,
                try JSONText.encode(introduction.pending),
            ])
    }

    /// The developments of the given ids, as they are known now, oldest first.
    package func developments(_ ids: [DevelopmentID]) throws -> [StoredDevelopment] {
        try StoredDevelopment.fetch(database, ids: ids, path: path)
    }
}
