import Feeds
import GRDB
import Stories

extension IngestTransaction {
    /// The same entry as stored: by the feed's guid, else the article's address in any feed, else the same
    /// content in the same feed (guid and address churn). Nil for a new one.
    ///
    /// Of its revisions the one with the very same content, in this feed if there is one; else the latest. An
    /// outlet whose servers take turns with two versions, or two feeds that carry one article, so never look
    /// like something new at every poll.
    package func known(_ identity: EntryIdentity, feed: String) throws -> KnownRecord? {
        let feedID = try knownFeedID(feed)
        guard let root = try root(of: identity, feed: feedID) else {
            memo.lookup = .init(identity: identity, feed: feed, root: nil, isSameContent: false)
            return nil
        }
        let same = try database.integer(
            """
            SELECT number FROM entries WHERE root = ? AND content_hash = ?
            ORDER BY feed IS ? DESC, number DESC LIMIT 1
            """, [root, Int64(bitPattern: identity.contentHash), feedID])
        memo.lookup = .init(identity: identity, feed: feed, root: root, isSameContent: same != nil)
        guard
            let row = try database.first(
                """
                SELECT e.number, f.url, e.content_hash, e.title, coalesce(t.text, '')
                FROM entries e JOIN feeds f ON f.id = e.feed LEFT JOIN texts t ON t.entry = e.number
                WHERE e.number = coalesce(?, (SELECT max(number) FROM entries WHERE root = ?))
                """, [same, root])
        else { return nil }
        return KnownRecord(
            entry: KnownEntry(
                number: EntryNumber(rawValue: try row.decode(atIndex: 0)),
                contentHash: UInt64(bitPattern: try row.decode(Int64.self, atIndex: 2)),
                title: try row.decode(atIndex: 3), text: try row.decode(atIndex: 4)),
            feed: try row.decode(atIndex: 1))
    }

    private func root(of identity: EntryIdentity, feed: Int64?) throws -> Int64? {
        if let feed, let guid = identity.guid,
            let root = try database.integer(
                "SELECT root FROM entries WHERE guid = ? AND feed = ? ORDER BY number DESC LIMIT 1",
                [guid.storable, feed])
        {
            return root
        }
        if let url = identity.canonicalURL,
            let root = try database.integer(
                "SELECT root FROM entries WHERE canonical_url = ? ORDER BY number DESC LIMIT 1",
                [url.storable])
        {
            return root
        }
        guard let feed else { return nil }
        // Entries without a word in them are not the same for that.
        return try database.integer(
            """
            SELECT root FROM entries e WHERE feed = ? AND content_hash = ?
                AND (title <> '' OR (SELECT text FROM texts WHERE entry = e.number) <> '')
            ORDER BY number DESC LIMIT 1
            """, [feed, Int64(bitPattern: identity.contentHash)])
    }

    /// What `known` found for this entry, looked up now if that was not the last thing asked.
    func lookup(_ identity: EntryIdentity, feed: String) throws -> TransactionMemo.Lookup {
        if let lookup = memo.lookup, lookup.identity == identity, lookup.feed == feed { return lookup }
        _ = try known(identity, feed: feed)
        return memo.lookup ?? .init(identity: identity, feed: feed, root: nil, isSameContent: false)
    }
}
