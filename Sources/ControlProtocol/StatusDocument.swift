/// What `ctl status` shows: the daemon's counts at one moment.
package struct StatusDocument: Codable, Sendable, Equatable {
    /// How many feeds are in each state; the five states add up to `total`.
    package struct Feeds: Codable, Sendable, Equatable {
        package var total: Int
        package var new: Int
        package var healthy: Int
        package var failing: Int
        package var silent: Int
        package var gone: Int

        /// Counts of feeds, each ≥ 0; `total` is their sum.
        package init(new: Int, healthy: Int, failing: Int, silent: Int, gone: Int) {
            self.total = new + healthy + failing + silent + gone
            self.new = new
            self.healthy = healthy
            self.failing = failing
            self.silent = silent
            self.gone = gone
        }
    }

    /// Deliveries that are not done: one alert to two sinks counts twice.
    package struct Outbox: Codable, Sendable, Equatable {
        package var pending: Int
        package var failed: Int

        /// Counts of deliveries, each ≥ 0.
        package init(pending: Int, failed: Int) {
            self.pending = pending
            self.failed = failed
        }
    }

    package var version: String
    package var uptimeSeconds: Int
    package var paused: Bool
    package var feeds: Feeds
    package var entries: Int
    /// Copies of both kinds: the same entry again, and another entry with the same text.
    package var duplicates: Int
    package var developments: Int
    package var outbox: Outbox

    /// All counts are since the database was made, ≥ 0; the uptime is in seconds.
    package init(
        version: String, uptimeSeconds: Int, paused: Bool, feeds: Feeds, entries: Int, duplicates: Int,
        developments: Int, outbox: Outbox
    ) {
        self.version = version
        self.uptimeSeconds = uptimeSeconds
        self.paused = paused
        self.feeds = feeds
        self.entries = entries
        self.duplicates = duplicates
        self.developments = developments
        self.outbox = outbox
    }

    private enum CodingKeys: String, CodingKey {
        case version
        case uptimeSeconds = "uptime_seconds"
        case paused, feeds, entries, duplicates, developments, outbox
    }
}
