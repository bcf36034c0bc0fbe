/// What the server and the feed said about when to come again.
package struct PollHints: Sendable, Equatable {
    /// How long the answer stays fresh by Cache-Control or Expires (RFC 9111 section 4.2).
    package var maxAge: Duration?
    /// The feed's own wish: RSS `ttl`, or `sy:updatePeriod` and `sy:updateFrequency`.
    package var timeToLive: Duration?
    /// Hours (0…23, UTC) in which the feed does not want to be asked: RSS `skipHours`.
    package var skipHours: Set<Int>
    /// Where the feed has permanently moved to, if it has.
    package var movedTo: String?

    /// Nothing was said.
    package static let none = PollHints()

    /// What was said; leave out what was not.
    package init(
        maxAge: Duration? = nil, timeToLive: Duration? = nil, skipHours: Set<Int> = [], movedTo: String? = nil
    ) {
        self.maxAge = maxAge
        self.timeToLive = timeToLive
        self.skipHours = skipHours
        self.movedTo = movedTo
    }
}
