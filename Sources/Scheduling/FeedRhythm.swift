/// How often a feed brings something new, by when we saw it; what entries claim about their age plays no part.
///
/// Counted are the polls that found something, not entries: twenty entries at once are one piece of news
/// about the rhythm. Both numbers fade with a half-life of a week, the shortest time in which most feeds show
/// their workdays and their weekends.
package struct FeedRhythm: Sendable, Codable, Equatable {
    /// Polls that found something new, faded.
    package var updates: Double
    /// Seconds watched, faded.
    package var watched: Double

    private static let halfLife = Duration.days(7).seconds

    /// Nothing is known yet.
    package init() {
        updates = 0
        watched = 0
    }

    /// Takes note of a poll `elapsed` seconds after the one before it.
    package mutating func observe(elapsed: Double, foundNews: Bool) {
        let elapsed = max(elapsed, 0)
        let fade = Self.exp2(-elapsed / Self.halfLife)
        updates = updates * fade + (foundNews ? 1 : 0)
        watched = watched * fade + elapsed
    }

    /// Seconds between two pieces of news, as far as is known. `guess` counts as one piece of news seen in
    /// that many seconds, so that the first polls do not jump to conclusions.
    package func gap(guess: Double) -> Double {
        (guess + watched) / (1 + updates)
    }

    /// 2 to the power of `x` ≤ 0 without a mathematics library: halved as often as needed, the rest by the
    /// first terms of its series, which are good to 1e-5 here.
    private static func exp2(_ x: Double) -> Double {
        guard x > -60 else { return 0 }
        let whole = x.rounded(.up)
        let t = (x - whole) * 0.693_147_180_559_945_3
        let series = 1 + t * (1 + t / 2 * (1 + t / 3 * (1 + t / 4 * (1 + t / 5 * (1 + t / 6)))))
        return Double(sign: .plus, exponent: Int(whole), significand: series)
    }
}
