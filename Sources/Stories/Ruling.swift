/// What an operator said of developments. The engine remembers it like an entry, and it is replayed in its place among
/// the entries whenever memory is rebuilt.
package enum Ruling: Sendable, Hashable, Codable {
    /// `absorbed` is the same happening as `kept`, under whose name both go on.
    case merge(kept: DevelopmentID, absorbed: DevelopmentID)
    /// The entries do not report `source` but `opened`, a happening of its own.
    case split(source: DevelopmentID, opened: DevelopmentID, entries: [EntryNumber])
    /// Nothing more is told of it. What reports it still joins it.
    case mute(DevelopmentID)
    /// It was told in error. What reports it still joins it, and is not told.
    case retract(DevelopmentID)
}
