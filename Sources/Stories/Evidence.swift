import Feeds

/// Text of a stored entry.
package struct StoredText: Sendable, Hashable {
    /// Plain title.
    package var title: String
    /// Plain text.
    package var text: String

    /// Both parts.
    package init(title: String, text: String) {
        self.title = title
        self.text = text
    }
}

/// A stored entry with the same identity as the one to decide on, in its latest revision.
package struct KnownEntry: Sendable, Hashable {
    /// Its number.
    package var number: EntryNumber
    /// `EntryIdentity.contentHash` of the latest revision.
    package var contentHash: UInt64
    /// Plain title of the latest revision.
    package var title: String
    /// Plain text of the latest revision.
    package var text: String

    /// All parts.
    package init(number: EntryNumber, contentHash: UInt64, title: String, text: String) {
        self.number = number
        self.contentHash = contentHash
        self.title = title
        self.text = text
    }
}

/// What the shell looked up for one decision.
package struct Evidence: Sendable {
    /// The entry of the same identity, if one is stored.
    package var known: KnownEntry?
    /// Texts of `StoryEngine.candidates`; missing ones are no candidates.
    package var texts: [EntryNumber: StoredText]

    /// Both parts; empty evidence is fine.
    package init(known: KnownEntry? = nil, texts: [EntryNumber: StoredText] = [:]) {
        self.known = known
        self.texts = texts
    }
}
