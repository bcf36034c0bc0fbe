/// Something that a text says happened: the kind, who is named beside it, and how firmly it is said.
struct Claim: Sendable, Equatable {
    /// Where in the text a claim stands; what the title says was told, what the body says was perhaps read.
    enum Place: UInt8, Sendable {
        case title = 0
        case lead = 1
        case body = 2
    }

    /// How a claim is to be read.
    struct Flags: OptionSet, Sendable, Hashable {
        let rawValue: UInt8
        /// Said not to have happened.
        static let negated = Flags(rawValue: 1)
        /// Could, reportedly, might.
        static let hedged = Flags(rawValue: 2)
        /// Recalled as known.
        static let background = Flags(rawValue: 4)
        /// The content of talks, of a threat, of a lawsuit: not itself said to happen.
        static let embedded = Flags(rawValue: 8)
        /// Once more.
        static let again = Flags(rawValue: 16)
    }

    var kind: EventKind
    var flags: Flags
    var place: Place
    /// Keys of the people, organisations and roles beside it, nearest first.
    var actors: [UInt64]
    /// Bit n: `actors[n]` is a person of the profile.
    var persons: UInt8 = 0

    /// Kind with what makes it another happening: its denial, its being only talked of, its happening once
    /// more.
    var shape: UInt16 {
        Self.shape(of: kind) | (flags.contains(.negated) ? 1 : 0) | (flags.contains(.embedded) ? 2 : 0)
            | (flags.contains(.again) && kind != .return && kind != .appointment ? Self.onceMore : 0)
    }

    /// Bit of a shape: it happens once more.
    static let onceMore: UInt16 = 4

    /// The shape of a kind that is plainly told.
    static func shape(of kind: EventKind) -> UInt16 { UInt16(kind.ordinal) << 3 }

    /// Whether two shapes are of kin kinds, and told in the same way.
    static func isKin(_ one: UInt16, _ other: UInt16) -> Bool {
        one & (onceMore - 1) == other & (onceMore - 1) && EventKind.areKin(Int(one >> 3), Int(other >> 3))
    }

    /// Whether it is told as news, not recalled and not only framed.
    var isNews: Bool { flags.isDisjoint(with: [.background, .embedded]) }
}
