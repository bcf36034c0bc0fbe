/// The daemon's answer to `ctl redeliver` and `ctl test-alert`: what was queued, which has not been sent yet.
package struct DispatchReceipt: Codable, Sendable, Equatable {
    /// `msg_…`, the `webhook-id`.
    package var id: String
    /// Names of the sinks that it was queued for.
    package var sinks: [String]

    /// An alert and the sinks that it goes to.
    package init(id: String, sinks: [String]) {
        self.id = id
        self.sinks = sinks
    }
}
