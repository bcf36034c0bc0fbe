import Scheduling

/// How polling stands, for whoever looks without waiting: the poller itself may be storing a schedule behind a long
/// transaction.
package struct PollingBoard: Sendable, Equatable {
    /// How many feeds are in each state.
    package var states: [FeedState: Int] = [:]
    /// Whether polling was paused by hand.
    package var isPaused = false

    /// Number of feeds.
    var feeds: Int { states.values.reduce(0, +) }
}
