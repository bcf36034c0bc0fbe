import FoundationEssentials

/// The feed's own fields while they are read, and how good the source of each was.
struct FeedDraft: Sendable {
    private var feed = Feed()
    private var titleRank: Int8 = 0
    private var linkRank: Int8 = 0
    /// What the link is resolved against at the end.
    private var linkBase: String?
    private var updatedRank: Int8 = 0
    private var ttlMinutes: Int?
    private var updateBaseSeconds: Int?
    private var updateFrequency = 1

    var language: String? {
        get { feed.language }
        set { feed.language = newValue }
    }

    mutating func setTitle(_ title: String, rank: Int8) {
        guard rank > titleRank else { return }
        feed.title = title
        titleRank = rank
    }

    mutating func setLink(_ link: String, base: String?, rank: Int8) {
        guard rank >= linkRank, !link.isEmpty else { return }
        feed.link = link
        linkBase = base
        linkRank = rank
    }

    mutating func setUpdated(_ date: Date, rank: Int8) {
        guard rank > updatedRank else { return }
        feed.updated = date
        updatedRank = rank
    }

    /// A date that counts only as long as there is no other.
    mutating func setChanged(_ date: Date?) { feed.updated = date }

    mutating func setTimeToLive(_ text: String) { ttlMinutes = Self.number(text) }

    mutating func setUpdateFrequency(_ text: String) { updateFrequency = Self.number(text) ?? 1 }

    mutating func setUpdatePeriod(_ text: String) {
        updateBaseSeconds =
            switch text.lowercased() {
            case "hourly": 3_600
            case "daily": 86_400
            case "weekly": 604_800
            case "monthly": 2_592_000
            case "yearly": 31_536_000
            default: nil
            }
    }

    mutating func addSkipHour(_ text: String) {
        // RSS 0.91 counts 1…24, 2.0 counts 0…23.
        if let hour = Self.number(text), hour <= 24 { feed.skipHours.insert(hour % 24) }
    }

    /// The feed, its link absolute.
    var finished: Feed {
        var feed = feed
        feed.link = feed.link.map { URLReference.resolve($0, against: linkBase) }
        if let ttlMinutes {
            feed.timeToLive = .seconds(ttlMinutes * 60)
        } else if let updateBaseSeconds {
            feed.timeToLive = .seconds(updateBaseSeconds / max(1, updateFrequency))
        }
        return feed
    }

    /// A whole number from 0 to a million.
    private static func number(_ text: String) -> Int? {
        guard let value = Int(text), value >= 0, value <= 1_000_000 else { return nil }
        return value
    }
}
