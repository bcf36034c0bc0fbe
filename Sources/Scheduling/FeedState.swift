/// How a feed is doing. Every feed is in exactly one state.
package enum FeedState: String, Sendable, Codable, CaseIterable {
    /// Has never answered yet.
    case new
    /// Answered the last time it was asked.
    case healthy
    /// Did not give a whole document the last time it was asked.
    case failing
    /// Answers, but has brought nothing new for much longer than it used to.
    case silent
    /// Said 410: it is not asked again by itself.
    case gone
}
