import FoundationEssentials
import Markup

/// Entries that ended within the same bytes.
///
/// Their fields are complete, and stand side by side in one arena of bytes: references are decoded, dates read, links
/// chosen and made absolute. Strings are made when an `Entry` is taken out, so that what nobody reads costs nothing.
public struct EntryBatch: Sendable, RandomAccessCollection {
    private let arena: [UInt8]
    private let layouts: [EntryLayout]

    /// No entries.
    init() { self.init(arena: [], layouts: []) }

    init(arena: [UInt8], layouts: [EntryLayout]) {
        self.arena = arena
        self.layouts = layouts
    }

    /// 0.
    public var startIndex: Int { 0 }
    /// The number of entries.
    public var endIndex: Int { layouts.count }

    /// The entry at a position, made anew each time.
    public subscript(position: Int) -> Entry {
        let layout = layouts[position]
        return Entry(
            id: string(layout.id), title: text(layout.title), link: string(layout.link),
            published: date(layout.published), updated: date(layout.updated), summary: text(layout.summary),
            content: text(layout.content), author: string(layout.author), language: string(layout.language))
    }

    private func string(_ piece: EntryLayout.Piece) -> String? {
        piece.rank > 0 ? UTF8Writer.string(arena[piece.range]).text : nil
    }

    private func text(_ piece: EntryLayout.Piece) -> FeedText? {
        string(piece).map { FeedText(value: $0, kind: piece.kind) }
    }

    private func date(_ instant: EntryLayout.Instant) -> Date? {
        instant.rank > 0 ? Date(timeIntervalSince1970: instant.seconds) : nil
    }
}
