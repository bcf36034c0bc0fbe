import FoundationEssentials
import Markup

/// The entry being read: which part of the arena holds each field, and how good a source it came from.
///
/// Several elements can give one field; the better source wins, and of equal ones the first.
struct EntryDraft: Sendable {
    /// A field's bytes in the arena.
    struct Piece: Sendable {
        var range: Range<Int> = 0..<0
        var kind = FeedText.Kind.text
        var rank = 0
    }

    var id = Piece()
    var title = Piece()
    var summary = Piece()
    var content = Piece()
    var author = Piece()
    var language: String?
    var link: String?
    var linkBase: String?
    var linkRank = 0
    var published: Date?
    var publishedRank = 0
    var updated: Date?
    var updatedRank = 0
    /// Whether the guid says that it is an address.
    var idIsLink = false

    /// Keeps a link with its base; it is resolved when the entry ends, however many links there were.
    mutating func setLink(_ value: String, base: String?, rank: Int) {
        guard rank >= linkRank, !value.isEmpty else { return }
        link = value
        linkBase = base
        linkRank = rank
    }

    mutating func setPublished(_ date: Date, rank: Int) {
        guard rank >= publishedRank else { return }
        published = date
        publishedRank = rank
    }

    mutating func setUpdated(_ date: Date, rank: Int) {
        guard rank >= updatedRank else { return }
        updated = date
        updatedRank = rank
    }
}
