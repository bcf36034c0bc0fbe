import Fetching

extension Diagnosis {
    static func sink(_ sink: HealthFacts.Sink, _ account: Account) -> Finding {
        switch sink.destination {
        case .standardOutput:
            return Finding(.sinks, sink.name, .ok, "the daemon's standard output")
        case .file(let path):
            guard let obstacle = path.obstacle(to: [.read, .write], for: account) else {
                return Finding(.sinks, sink.name, .ok, "\(account.name) may write to \(path.path)")
            }
            if case .hidden = path.look {
                return Finding(.sinks, sink.name, .warn, obstacle, remedy: "run doctor as root to look at it")
            }
            let isInTheWay = path.file.map { $0.kind != .file } ?? false
            return Finding(
                .sinks, sink.name, .fail, obstacle,
                remedy: isInTheWay
                    ? "name another path for this sink"
                    : "make the folder, and give \(account.name) the right to write to it")
        case .webhook(let secret, let reach):
            return secretFault(sink.name, secret, account) ?? endpoint(sink.name, reach)
        case .exec(let program):
            guard let obstacle = program.obstacle(to: [.read, .search], for: account) else {
                return Finding(.sinks, sink.name, .ok, "\(account.name) may run \(program.path)")
            }
            return Finding(
                .sinks, sink.name, .fail, obstacle,
                remedy: "give \(account.name) the right to read and run it, or name another program")
        }
    }

    private static func secretFault(_ name: String, _ secret: PathFacts?, _ account: Account) -> Finding? {
        guard let secret else { return nil }
        if let obstacle = secret.obstacle(to: [.read], for: account) {
            return Finding(
                .sinks, name, .fail, obstacle,
                remedy: "give \(account.name) the right to read its secret_file")
        }
        if let file = secret.file, file.mode & 0o004 != 0 {
            return Finding(
                .sinks, name, .warn, "everybody may read its secret, \(secret.path) (mode \(file.octal))",
                remedy: "chmod o-r \(secret.path), and a new secret if others use this machine")
        }
        return nil
    }

    /// What HEAD tells: that somebody is there. Whether alerts are taken only an alert tells.
    private static func endpoint(_ name: String, _ reach: HealthFacts.Sink.Reach) -> Finding {
        switch reach {
        case .answered(let status) where status == 404 || status == 410 || status >= 500:
            return Finding(
                .sinks, name, .note,
                "answers HEAD with status \(status); `newswatch ctl test-alert` tells whether it takes alerts"
            )
        case .answered: return Finding(.sinks, name, .ok, "its server answers")
        case .failed(let error):
            let remedy =
                error.code == .addressRefused
                ? "set allow_private = true for this sink, if that is meant"
                : "look whether its address is right and its server runs; alerts wait meanwhile"
            return Finding(.sinks, name, .fail, "cannot be reached: \(error.reason)", remedy: remedy)
        }
    }
}
