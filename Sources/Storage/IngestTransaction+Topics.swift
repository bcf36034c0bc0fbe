import Foundation
import GRDB
import Stories

extension IngestTransaction {
    /// How far the topic's digest has come; a topic never seen has said nothing yet.
    package func introduction(topic: String) throws -> Introduction {
        if let introduction = memo.introductions[topic] { return introduction }
        var introduction = Introduction()
        if let row = try database.first(
            "SELECT id, introduced_at, late_alerts FROM topics WHERE name = ?", [topic.storable])
        {
            introduction.isDone = try row.decode(Int64?.self, atIndex: 1) != nil
            introduction.lateAlerts = try row.decode(atIndex: 2)
            introduction.pending = try database.all(
                "SELECT development FROM held WHERE topic = ? ORDER BY number",
                [try row.decode(Int64.self, atIndex: 0)]
            ).map { DevelopmentID(rawValue: try $0.decode(atIndex: 0)) }
        }
        memo.introductions[topic] = introduction
        return introduction
    }

    /// Stores how far the topic's digest has come; `now` is kept as the time at which it first was done.
    package func setIntroduction(_ introduction: Introduction, topic: String, now: Date) throws {
        let before = try self.introduction(topic: topic)
        let id = try topicID(topic)
        let doneAt = introduction.isDone ? Milliseconds.of(now) : nil
        try database.run(
            """
            UPDATE topics SET introduced_at = iif(? IS NULL, NULL, coalesce(introduced_at, ?)), late_alerts = ?
            WHERE id = ?
            """, [doneAt, doneAt, introduction.lateAlerts, id])
        // Mostly one is added to many: only that is written.
        var added = introduction.pending[...]
        if introduction.pending.starts(with: before.pending) {
            added = introduction.pending.dropFirst(before.pending.count)
        } else {
            try database.run("DELETE FROM held WHERE topic = ?", [id])
        }
        for development in added {
            try database.run(
                "INSERT INTO held (topic, development) VALUES (?, ?)", [id, development.rawValue])
        }
        memo.introductions[topic] = introduction
    }
}
