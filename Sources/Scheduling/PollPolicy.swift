/// How often feeds are asked, and how hosts are spared. `docs/polling.md` says why each default is what it is.
package struct PollPolicy: Sendable, Equatable {
    /// The first guess for a feed whose rhythm is not known yet.
    package var interval: Duration
    /// The shortest interval that a feed's rhythm may lead to. A feed's own interval may go below it.
    package var minInterval: Duration
    /// The longest interval; a server's wishes other than Retry-After delay no further than this.
    package var maxInterval: Duration
    /// From the end of a request to the start of the next one to the same host.
    package var hostGap: Duration
    /// Requests in flight at once, over all hosts.
    package var concurrency: Int

    /// A server may ask to be left alone for at most this long by Retry-After.
    package static let maxRetryAfter = Duration.days(7)

    /// 15 minutes at first, 5 minutes to 24 hours by rhythm, 1 second between requests to a host, 64 at once.
    package static let standard = PollPolicy()

    /// Bounds that are out of order or below zero are put in order rather than refused: the configuration has
    /// told its author by then.
    package init(
        interval: Duration = .seconds(900), minInterval: Duration = .seconds(300),
        maxInterval: Duration = .seconds(86_400), hostGap: Duration = .seconds(1), concurrency: Int = 64
    ) {
        self.minInterval = max(minInterval, .milliseconds(1))
        self.maxInterval = max(maxInterval, self.minInterval)
        self.interval = min(max(interval, self.minInterval), self.maxInterval)
        self.hostGap = max(hostGap, .zero)
        self.concurrency = max(concurrency, 1)
    }
}
