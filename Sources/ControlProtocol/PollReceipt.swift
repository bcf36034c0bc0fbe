import Foundation

/// The daemon's answer to `ctl poll`: what it will do, which it has not done yet.
package struct PollReceipt: Codable, Sendable, Equatable {
    /// A feed that is asked later, because its server or its host's gap demands it.
    package struct Deferral: Codable, Sendable, Equatable {
        package var url: String
        package var until: Date
        /// For example `Retry-After of the last answer`.
        package var reason: String

        /// A feed and the earliest instant at which it may be asked.
        package init(url: String, until: Date, reason: String) {
            self.url = url
            self.until = until
            self.reason = reason
        }
    }

    /// Feeds that are due now because of this request.
    package var requested: Int
    package var deferred: [Deferral]

    /// Counts of feeds, `requested` ≥ 0; deferred feeds are not among the requested.
    package init(requested: Int, deferred: [Deferral] = []) {
        self.requested = requested
        self.deferred = deferred
    }
}
