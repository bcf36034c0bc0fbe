/// Where the fields of an entry stand in the arena of its batch, and how good the source of each was.
///
/// Several elements can give one field; the better source wins, and of equal ones the first.
struct EntryLayout: Sendable {
    /// A field's bytes in the arena.
    struct Piece: Sendable {
        var range: Range<Int> = 0..<0
        var kind = FeedText.Kind.text
        /// 0: there is none.
        var rank: Int8 = 0
    }

    /// An instant and the rank of its source.
    struct Instant: Sendable {
        /// Seconds since 1970.
        var seconds = 0.0
        /// 0: there is none.
        var rank: Int8 = 0

        /// Keeps an instant unless a better source gave one.
        mutating func set(_ seconds: Double, rank: Int8) {
            guard rank >= self.rank else { return }
            self.seconds = seconds
            self.rank = rank
        }
    }

    var id = Piece()
    var title = Piece()
    var link = Piece()
    var summary = Piece()
    var content = Piece()
    var author = Piece()
    var language = Piece()
    var published = Instant()
    var updated = Instant()
    /// Whether the guid says that it is an address.
    var idIsLink = false

    /// Keeps a piece if its source is better than those so far; returns whether it did.
    static func keep(_ piece: Piece, in field: inout Piece) -> Bool {
        guard piece.rank > field.rank else { return false }
        field = piece
        return true
    }

    /// Moves all fields to where they stand after the arena's first `count` bytes went.
    mutating func shift(by count: Int) {
        func shift(_ piece: inout Piece) {
            guard piece.rank > 0 else { return }
            piece.range = (piece.range.lowerBound - count)..<(piece.range.upperBound - count)
        }
        shift(&id)
        shift(&title)
        shift(&link)
        shift(&summary)
        shift(&content)
        shift(&author)
        shift(&language)
    }
}
