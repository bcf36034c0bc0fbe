/// The routes of the control socket, under `/api/v1`.
package enum ControlRoute: String, Sendable, CaseIterable {
    case status
    case feeds
    case developments
    case alerts
    case poll

    /// What every path starts with; the number changes when a document changes incompatibly.
    package static let prefix = "/api/v1"

    /// The absolute path, for example `/api/v1/status`.
    package var path: String { "\(Self.prefix)/\(rawValue)" }

    /// The one method the route answers. Nothing is ever changed by GET.
    package var method: String { self == .poll ? "POST" : "GET" }

    /// The query parameters the route knows.
    package var queryParameters: Set<String> { self == .alerts ? ["failed"] : [] }

    /// Where the daemon listens unless the configuration says otherwise.
    package static let defaultSocketPath = "/run/newswatch/control.sock"
}
