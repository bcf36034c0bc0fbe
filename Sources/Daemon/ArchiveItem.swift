import Feeds
import Foundation

/// One line of an archive (`backtest`, `replay`): an entry as a feed of its source would carry it. Other keys of
/// the line, labels among them, are ignored.
package struct ArchiveItem: Sendable, Decodable {
    /// Unique in the archive; a second line with a known id is the same entry again.
    package var id: String
    /// Address of the article.
    package var url: String?
    /// Name of the outlet; items of one source make one feed.
    package var source: String
    /// Language, BCP 47.
    package var lang: String?
    /// Headline, as the feed has it: may hold markup.
    package var title: String
    /// Time that the entry claims; nil when the line has none.
    package var published: Date?
    /// Description or body, as the feed has it: may hold markup; may be empty.
    package var text: String

    private enum CodingKeys: String, CodingKey {
        case id, url, source, lang, title, published, text
    }

    /// Reads a line. `title` and `text` may be missing; a `published` that is no date is an error.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        url = try container.decodeIfPresent(String.self, forKey: .url)
        source = try container.decodeIfPresent(String.self, forKey: .source) ?? "archive"
        lang = try container.decodeIfPresent(String.self, forKey: .lang)
        title = try container.decodeIfPresent(String.self, forKey: .title) ?? ""
        text = try container.decodeIfPresent(String.self, forKey: .text) ?? ""
        published = try container.decodeIfPresent(String.self, forKey: .published).map { written in
            guard let date = Date(feedDate: written) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .published, in: container, debugDescription: "“\(written)” is no date")
            }
            return date
        }
    }

    /// The entry that a feed of this source would carry.
    package var entry: Entry {
        Entry(
            id: id, title: FeedText(value: title, kind: .html), link: url, published: published,
            summary: FeedText(value: text, kind: .html), language: lang)
    }
}
