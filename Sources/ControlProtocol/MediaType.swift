/// The media types of what the control socket streams.
package enum MediaType {
    /// One JSON object per line. Not registered; jsonlines.org proposes this name, and RFC 6648 retired the `x-`
    /// of the other one in use, `application/x-ndjson`.
    package static let jsonLines = "application/jsonl"
    /// Registered with IANA.
    package static let database = "application/vnd.sqlite3"
}
