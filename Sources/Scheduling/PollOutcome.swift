/// What came of a poll, as far as the schedule is concerned.
package enum PollOutcome: Sendable, Equatable {
    /// 304, or a document that is the same byte for byte.
    case notModified(PollHints = .none)
    /// A whole document, of whose entries `newEntries` were not known before.
    case fetched(newEntries: Int, hints: PollHints = .none)
    /// Part of a document: what arrived was used, the rest is missing.
    case incomplete(newEntries: Int, reason: String)
    /// 410.
    case gone
    /// 429 or 503; `retryAfter` from now, if the server said so.
    case throttled(retryAfter: Duration?)
    /// No document at all, for this reason.
    case failed(String)
}
