import Stories

/// A stored entry that is the same as an arriving one, in its latest revision, and where it came from.
package struct KnownRecord: Sendable {
    /// For the engine's evidence.
    package var entry: KnownEntry
    /// Address of the feed that carried it.
    package var feed: String
}
