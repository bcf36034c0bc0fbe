import Foundation
import GRDB
import Stories

extension IngestTransaction {
    /// Stores an entry with what was decided on it and the developments that it opens or joins.
    package func insert(_ entry: NewEntry, verdict: Verdict) throws {
        let item = entry.item
        let number = entry.number.rawValue
        let lookup = try lookup(item.identity, feed: entry.feed)
        let isDuplicate = lookup.isSameContent || verdict.decisions.contains { $0.outcome == .duplicate }
        let copied = verdict.decisions.lazy.compactMap(\.nearDuplicateOf).first
        let revised = verdict.decisions.lazy.compactMap(\.revisionOf).first
        try database.run(
            """
            INSERT INTO entries (number, root, feed, guid, canonical_url, content_hash, external_id, outlet, url,
                lang, title, published, observed, engine_time, near_duplicate_of, revision_of, is_duplicate)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                number, lookup.root ?? number, try feedID(entry.feed), item.identity.guid?.storable,
                item.identity.canonicalURL?.storable, Int64(bitPattern: item.identity.contentHash),
                entry.externalID?.storable, item.outlet.storable, item.url?.storable, item.language?.storable,
                item.title.storable, item.published.map(Milliseconds.of), Milliseconds.of(item.observed),
                Milliseconds.of(item.engineTime), copied?.rawValue, revised?.rawValue, isDuplicate,
            ])
        memo.newest = number
        memo.lookup = nil
        try database.run("INSERT INTO texts (entry, text) VALUES (?, ?)", [number, item.text.storable])
        try database.run(
            "INSERT INTO changes (entry, change) VALUES (?, ?)", [number, Data(verdict.change.encoded())])
        for decision in verdict.decisions {
            try insert(
                decision, number: number, observed: item.observed, isCopy: isDuplicate || copied != nil)
        }
    }

    private func insert(_ decision: Decision, number: Int64, observed: Date, isCopy: Bool) throws {
        let topic = try topicID(decision.topic)
        try database.run(
            """
            INSERT INTO decisions (entry, topic, on_topic, outcome, score, near_duplicate_of, revision_of,
                developments, reasons) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                number, topic, decision.onTopic, decision.outcome.rawValue,
                decision.score.isFinite ? decision.score : 0, decision.nearDuplicateOf?.rawValue,
                decision.revisionOf?.rawValue, try JSONText.encode(decision.developments),
                try JSONText.encode(decision.reasons),
            ])
        for opening in decision.opened {
            // The same id again is the same development: nothing is opened twice.
            try database.run(
                """
                INSERT INTO developments (id, topic, kind, headline, gloss, confidence, why, entry,
                    first_published, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
                """,
                [
                    opening.id.rawValue, topic, opening.kind.storable, opening.headline.storable,
                    opening.gloss?.storable, opening.confidence.rawValue, opening.why.storable, number,
                    Milliseconds.of(opening.firstPublished), Milliseconds.of(observed),
                ])
        }
        for development in decision.developments {
            // A copy that opens something itself tells that in words of its own.
            let opens = decision.opened.contains { $0.id == development }
            try database.run(
                """
                INSERT INTO development_entries (development, entry, is_copy)
                SELECT number, ?, ? FROM developments WHERE id = ? ON CONFLICT DO NOTHING
                """, [number, isCopy && !opens, development.rawValue])
        }
    }
}
