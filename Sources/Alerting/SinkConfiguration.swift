/// How a sink writes an alert.
package enum AlertFormat: String, Sendable, CaseIterable {
    /// One line for people.
    case text
    /// The alert's JSON document, on one line.
    case json
}

/// Where alerts go, and how.
package struct SinkConfiguration: Sendable, Hashable {
    /// What stands at the other end.
    package enum Destination: Sendable, Hashable {
        /// Standard output, one line for each alert.
        case stdout
        /// A file that lines are appended to.
        case file(path: String)
        /// An endpoint that takes alerts by POST, as Standard Webhooks 1.0.0 says. Without `secretFile`
        /// requests are not signed. `allowPrivate`: it may stand on a private or loopback address.
        case webhook(url: String, secretFile: String?, allowPrivate: Bool)
    }

    /// Unique among the sinks; the outbox knows a sink by it.
    package var name: String
    /// Where to.
    package var destination: Destination
    /// How; a webhook always takes JSON.
    package var format: AlertFormat
    /// What it is told, and when.
    package var policy: SinkPolicy

    /// All parts.
    package init(
        name: String, destination: Destination, format: AlertFormat, policy: SinkPolicy = SinkPolicy()
    ) {
        self.name = name
        self.destination = destination
        self.format = format
        self.policy = policy
    }
}
