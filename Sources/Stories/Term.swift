/// What an entry has in common with others: a word, a name, a number, an actor, a kind, or a kind with its
/// actor.
struct Term: Sendable, Equatable {
    enum Sort: UInt8, Sendable, CaseIterable {
        case word = 0
        case name = 1
        case number = 2
        case actor = 3
        case kind = 4
        case claim = 5
        /// Someone whom the title names as part of the news.
        case subject = 6
        /// A `StatedTime` of title or lead.
        case day = 7
        case year = 8
        case weekday = 9

        var isTime: Bool { rawValue >= Sort.day.rawValue }
    }

    /// `FixedHash` of sort and content.
    var key: UInt64
    var sort: Sort
    /// 1…255: how prominently it stands in the entry (`StorySettings.prominence`).
    var weight: UInt8
    /// The foremost place where it stands.
    var place: Claim.Place

    /// Part of what the text says in words.
    var isTextual: Bool { sort.rawValue <= Sort.actor.rawValue }

    /// Part of what is claimed: who, what, and both together.
    var isClaimLike: Bool { sort != .word && sort != .number && !sort.isTime }

    /// Part of what title and lead claim.
    var isProminent: Bool { isClaimLike && place != .body }

    /// Who, where or when: what the reports of one event name, each in its words.
    var isMark: Bool { sort == .name || sort == .actor || (sort.isTime && place != .body) }
}
