/// Where alerts go, and how.
package struct SinkConfiguration: Sendable, Hashable {
    /// What stands at the other end.
    package enum Destination: Sendable, Hashable {
        /// Standard output, one line for each alert.
        case stdout
        /// A file that lines are appended to.
        case file(path: String)
        /// An endpoint that takes alerts by HTTP, each format in its own way. `secretFile` holds what
        /// ``AlertFormat/secret`` says. `allowPrivate`: it may stand on a private or loopback address.
        case webhook(url: String, secretFile: String?, allowPrivate: Bool)
        /// A program that is started for each alert, with its arguments.
        case exec(command: [String])
    }

    /// Unique among the sinks; the outbox knows a sink by it.
    package var name: String
    /// Where to.
    package var destination: Destination
    /// How; see ``AlertFormat`` for what takes which.
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
