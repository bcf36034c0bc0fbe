/// The daemon's answer to `ctl pause` and `ctl resume`: how it stands now.
package struct PauseDocument: Codable, Sendable, Equatable {
    /// Whether polling is paused.
    package var paused: Bool

    /// The state after the request.
    package init(paused: Bool) {
        self.paused = paused
    }
}
