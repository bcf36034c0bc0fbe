import Foundation

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

    /// Which configuration is in force. Every key is always written.
    package struct Configuration: Codable, Sendable, Equatable {
        /// The main file.
        package var file: String
        /// When the configuration in force was read.
        package var loaded: Date
        /// When the files were last read and refused; nil when what they say is in force.
        package var refused: Date?
        /// What was wrong with them then, each as `FILE:LINE:COLUMN: what`.
        package var faults: [String]
        /// Keys that were changed and hold from the next start on only, as `[control] socket`.
        package var needsRestart: [String]

        /// All parts.
        package init(file: String, loaded: Date, refused: Date?, faults: [String], needsRestart: [String]) {
            self.file = file
            self.loaded = loaded
            self.refused = refused
            self.faults = faults
            self.needsRestart = needsRestart
        }

        private enum CodingKeys: String, CodingKey {
            case file, loaded, refused, faults
            case needsRestart = "needs_restart"
        }

        /// Written by hand so that unknown values appear as null instead of missing keys.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(file, forKey: .file)
            try container.encode(loaded, forKey: .loaded)
            try container.encode(refused, forKey: .refused)
            try container.encode(faults, forKey: .faults)
            try container.encode(needsRestart, forKey: .needsRestart)
        }
    }

    /// Whether the database takes what is written to it. Every key is always written.
    package struct Storage: Codable, Sendable, Equatable {
        /// Since when it does not, and no feed is asked; nil when all is well.
        package var failingSince: Date?
        /// Why, in a sentence; nil when all is well.
        package var error: String?

        /// Both parts; nil when all is well.
        package init(failingSince: Date? = nil, error: String? = nil) {
            self.failingSince = failingSince
            self.error = error
        }

        private enum CodingKeys: String, CodingKey {
            case failingSince = "failing_since"
            case error
        }

        /// Written by hand so that unknown values appear as null instead of missing keys.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(failingSince, forKey: .failingSince)
            try container.encode(error, forKey: .error)
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
    package var configuration: Configuration
    package var storage: Storage

    /// All counts are since the database was made, ≥ 0; the uptime is in seconds.
    package init(
        version: String, uptimeSeconds: Int, paused: Bool, feeds: Feeds, entries: Int, duplicates: Int,
        developments: Int, outbox: Outbox, configuration: Configuration, storage: Storage
    ) {
        self.version = version
        self.uptimeSeconds = uptimeSeconds
        self.paused = paused
        self.feeds = feeds
        self.entries = entries
        self.duplicates = duplicates
        self.developments = developments
        self.outbox = outbox
        self.configuration = configuration
        self.storage = storage
    }

    private enum CodingKeys: String, CodingKey {
        case version
        case uptimeSeconds = "uptime_seconds"
        case paused, feeds, entries, duplicates, developments, outbox, configuration, storage
    }
}
