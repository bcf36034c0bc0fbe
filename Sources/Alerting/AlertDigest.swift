/// Several developments in one message.
package struct AlertDigest: Sendable, Hashable, Codable {
    /// Why they come together.
    package enum Reason: String, Sendable, Codable {
        /// Already known when the feeds answered for the first time.
        case firstContact = "first_contact"
        /// Happened while the daemon did not run.
        case late
        /// Opened while the sink wanted quiet.
        case quietHours = "quiet_hours"
        /// More than the sink wants in so short a time.
        case rate
    }

    /// Id of the topic profile.
    package var topic: String
    /// Why they come together.
    package var reason: Reason
    /// Oldest first.
    package var developments: [AlertedDevelopment]

    /// All parts.
    package init(topic: String, reason: Reason, developments: [AlertedDevelopment]) {
        self.topic = topic
        self.reason = reason
        self.developments = developments
    }

    /// What it holds, for people: `14 developments already known`.
    var summary: String {
        let noun = developments.count == 1 ? "development" : "developments"
        let reason =
            switch reason {
            case .firstContact: "already known"
            case .late: "while newswatch was not running"
            case .quietHours: "in quiet hours"
            case .rate: "beyond the rate of this sink"
            }
        return "\(developments.count) \(noun) \(reason)"
    }
}
