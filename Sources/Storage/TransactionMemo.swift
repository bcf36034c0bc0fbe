import Feeds

/// What a transaction has looked up already. One for each transaction, used by its thread only.
final class TransactionMemo {
    /// The outcome of the last search for a stored entry of the same identity.
    struct Lookup {
        var identity: EntryIdentity
        var feed: String
        /// Number of the first of these entries.
        var root: Int64?
        /// One of them has the very same content.
        var isSameContent: Bool
    }

    /// The newest number in use.
    var newest: Int64?
    var feeds: [String: Int64] = [:]
    var topics: [String: Int64] = [:]
    var introductions: [String: Introduction] = [:]
    var lookup: Lookup?
}
