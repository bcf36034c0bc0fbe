import Stories

/// An entry on its way into the database.
package struct NewEntry: Sendable {
    /// From `IngestTransaction.nextEntryNumber`.
    package var number: EntryNumber
    /// Address of the feed that carried it.
    package var feed: String
    /// The entry as the engine saw it.
    package var item: StoryItem
    /// Id in an archive; nil for entries of feeds.
    package var externalID: String?

    /// All parts.
    package init(number: EntryNumber, feed: String, item: StoryItem, externalID: String? = nil) {
        self.number = number
        self.feed = feed
        self.item = item
        self.externalID = externalID
    }
}
