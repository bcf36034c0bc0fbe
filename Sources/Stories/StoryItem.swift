import Feeds
import Foundation

/// An entry as the story engine sees it: plain text, no markup.
package struct StoryItem: Sendable {
    /// Registrable domain of the outlet, or the source's name.
    package var outlet: String
    /// Address of the article.
    package var url: String?
    /// Language that the feed declares, BCP 47.
    package var language: String?
    /// Plain title.
    package var title: String
    /// Plain body or description; may be empty.
    package var text: String
    /// Time that the entry claims.
    package var published: Date?
    /// Time at which it was first seen here.
    package var observed: Date
    /// What makes it the same entry again.
    package var identity: EntryIdentity

    /// All parts.
    package init(
        outlet: String, url: String?, language: String?, title: String, text: String, published: Date?,
        observed: Date, identity: EntryIdentity
    ) {
        self.outlet = outlet
        self.url = url
        self.language = language
        self.title = title
        self.text = text
        self.published = published
        self.observed = observed
        self.identity = identity
    }

    /// The earlier of published and observed; observed without a date.
    package var engineTime: Date { published.map { min($0, observed) } ?? observed }
}
