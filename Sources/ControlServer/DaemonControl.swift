import ControlProtocol

/// What the control socket can ask of the daemon. The daemon implements it; the server only translates.
///
/// Every function may be called at any time from any task. A ``ControlProtocol/ControlFailure`` is an answer to
/// the caller; anything else that is thrown is reported as an internal error (500) and logged.
package protocol DaemonControl: Sendable {
    /// The daemon's counts now.
    func status() async throws -> StatusDocument
    /// All feeds, in the order of the configuration.
    func feeds() async throws -> [FeedDocument]
    /// Makes a feed (by URL or name), or all feeds, due now; ignores the interval, never Retry-After or the host's
    /// gap. Returns before anything is fetched. Throws ``ControlProtocol/ControlFailure/unknownFeed(_:nearest:)``.
    func poll(feed: String?) async throws -> PollReceipt
    /// All developments, oldest first.
    func developments() async throws -> [DevelopmentDocument]
    /// All deliveries, oldest first, or only those that were given up.
    func alerts(failedOnly: Bool) async throws -> [AlertDocument]
}
