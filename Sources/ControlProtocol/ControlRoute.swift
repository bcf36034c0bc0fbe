/// The routes of the control socket, under `/api/v1`.
package enum ControlRoute: String, Sendable, CaseIterable {
    case status
    case feeds
    case developments
    case rulings
    case alerts
    case poll
    case pause
    case resume
    case reload
    case redeliver
    case testAlert = "test-alert"
    case explain
    case watch
    case backup
    case check
    case export
    case prune

    /// What every path starts with; the number changes when a document changes incompatibly.
    package static let prefix = "/api/v1"

    /// The absolute path, for example `/api/v1/status`.
    package var path: String { "\(Self.prefix)/\(rawValue)" }

    /// The one method the route answers. Nothing is ever changed by GET.
    package var method: String {
        switch self {
        case .status, .feeds, .developments, .alerts, .explain: "GET"
        case .watch, .backup, .check, .export: "GET"
        case .poll, .pause, .resume, .reload, .redeliver, .testAlert, .rulings, .prune: "POST"
        }
    }

    /// Whether the answer is made while it is sent, without an end that is known before.
    package var isStreamed: Bool {
        switch self {
        case .watch, .backup, .export: true
        default: false
        }
    }

    /// The query parameters the route knows.
    package var queryParameters: Set<String> {
        switch self {
        case .alerts: ["failed"]
        case .redeliver, .explain: ["id"]
        case .status, .feeds, .developments, .poll, .pause, .resume, .reload, .testAlert: []
        case .watch, .backup, .check, .export, .rulings, .prune: []
        }
    }

    /// Where the daemon listens unless the configuration says otherwise.
    package static let defaultSocketPath = "/run/newswatch/control.sock"
}
