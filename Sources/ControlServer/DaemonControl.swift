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
    /// Stops polling, or goes on; survives restarts. Delivery goes on either way.
    func setPaused(_ isPaused: Bool) async throws -> PauseDocument
    /// Reads the configuration's files again and takes over what changed. Throws
    /// ``ControlProtocol/ControlFailure/faultyConfiguration(_:)``, or `CancellationError` when cancelled in time; then
    /// nothing has changed.
    func reload() async throws -> ReloadDocument
    /// All developments, oldest first.
    func developments() async throws -> [DevelopmentDocument]
    /// Merges, splits, mutes or retracts a development, and tells whoever was told of it. Throws
    /// ``ControlProtocol/ControlFailure/unknownDevelopment(_:)``, ``ControlProtocol/ControlFailure/unknownEntry(_:)``, or
    /// `conflict` for what makes no sense; then nothing has changed, except that earlier ones of several merges stay.
    func rule(_ ruling: RulingRequest) async throws -> RulingReceipt
    /// All deliveries, oldest first, or only those that were given up.
    func alerts(failedOnly: Bool) async throws -> [AlertDocument]
    /// Queues an alert again: for the sinks that gave it up or, when none did, for all that had it. Throws
    /// ``ControlProtocol/ControlFailure/unknownAlert(_:)``, or `conflict` when it is still on its way.
    func redeliver(alert: String) async throws -> DispatchReceipt
    /// Queues a test for every sink. Throws ``ControlProtocol/ControlFailure/conflict(_:)`` without any sink.
    func testAlert() async throws -> DispatchReceipt
    /// What was decided on an entry and why; `entry` is its id, its address or its guid. Throws
    /// ``ControlProtocol/ControlFailure/unknownEntry(_:)``.
    func explain(entry: String) async throws -> ExplanationDocument
    /// What the daemon does from now on, one ``ControlProtocol/ControlEvent`` per line, until stopped. Throws
    /// ``ControlProtocol/ControlFailure/conflict(_:)`` when too many are watching.
    func watch() async throws -> any ControlStream
    /// A whole, consistent copy of the database, which is made before this returns. Throws
    /// ``ControlProtocol/ControlFailure/conflict(_:)`` while another one is under way or without room for it.
    func backup() async throws -> any ControlStream
    /// Reads the whole database; takes seconds for each gigabyte. Throws
    /// ``ControlProtocol/ControlFailure/conflict(_:)`` while another one is under way.
    func check() async throws -> DatabaseCheckDocument
    /// Everything that users know of the database, one ``ControlProtocol/ExportLine`` per line. Throws
    /// ``ControlProtocol/ControlFailure/conflict(_:)`` while another one is under way.
    func export() async throws -> any ControlStream
    /// Forgets what is older than the configuration wants kept, as the daemon does every day; documents are taken in
    /// meanwhile. Throws ``ControlProtocol/ControlFailure/conflict(_:)`` while another one is under way.
    func prune() async throws -> PruneDocument
}
