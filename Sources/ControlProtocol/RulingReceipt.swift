/// The daemon's answer to a ruling on a development: it is in force, and what it made known is queued.
package struct RulingReceipt: Codable, Sendable, Equatable {
    /// `dev_…` that was ruled on; the one that goes on after a merge.
    package var development: String
    /// The development that was parted from it; nil for other rulings.
    package var opened: String?
    /// `msg_…` of the alerts that tell of it.
    package var alerts: [String]

    /// A ruling that nobody is told of, unless `alerts` says otherwise.
    package init(development: String, opened: String? = nil, alerts: [String] = []) {
        self.development = development
        self.opened = opened
        self.alerts = alerts
    }

    /// Written by hand so that unknown values appear as null instead of missing keys.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(development, forKey: .development)
        try container.encode(opened, forKey: .opened)
        try container.encode(alerts, forKey: .alerts)
    }
}
