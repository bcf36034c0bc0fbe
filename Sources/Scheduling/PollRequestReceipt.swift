import Foundation

/// What a request to poll at once will come to.
package struct PollRequestReceipt: Sendable, Equatable {
    /// A feed that must wait longer.
    package struct Deferral: Sendable, Equatable {
        /// The feed.
        package var url: String
        /// The earliest instant at which it is asked.
        package var until: Date
        /// Why, as a phrase.
        package var reason: String
    }

    /// Feeds that are due now, or being asked right now.
    package var requested: Int
    /// Feeds that their server's Retry-After keeps back.
    package var deferred: [Deferral]
}
