import Feeds
import Foundation
import Stories

extension StoryItem {
    /// The feed around an entry, as far as it says something about the entry.
    package struct FeedContext: Sendable {
        /// Address of the feed; names the outlet when the entry has no link.
        package var url: String
        /// Name from the configuration.
        package var name: String?
        /// Language that the feed declares.
        package var language: String?

        /// A feed as configured; its language becomes known while it is read.
        package init(url: String, name: String?, language: String? = nil) {
            self.url = url
            self.name = name
            self.language = language
        }
    }

    /// The item that an entry of a feed becomes: plain text, the longer of content and summary, the outlet by
    /// the domain that the entry links to.
    package init(entry: Entry, feed: FeedContext, observed: Date) {
        let content = entry.content?.plainText ?? ""
        let summary = entry.summary?.plainText ?? ""
        self.init(
            outlet: entry.link.flatMap(CanonicalURL.outlet) ?? CanonicalURL.outlet(feed.url) ?? feed.name
                ?? feed.url,
            url: entry.link,
            language: entry.language ?? feed.language,
            title: entry.title?.plainText ?? "",
            text: content.utf8.count >= summary.utf8.count ? content : summary,
            published: entry.published ?? entry.updated,
            observed: observed,
            identity: EntryIdentity(entry: entry))
    }
}
