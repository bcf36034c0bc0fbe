import ControlProtocol
import Foundation

extension Diagnosis {
    /// So many failing feeds are named, those first that fail longest.
    static let shownFeeds = 3

    static func daemon(_ facts: HealthFacts) -> [Finding] {
        switch facts.daemon {
        case .silent(let reason, let advice):
            return [Finding(.daemon, "answers", .fail, reason, remedy: advice)]
        case .forbidden(let reason, let advice):
            return [Finding(.daemon, "answers", .warn, reason, remedy: advice)]
        case .answers(let answer):
            return [
                running(answer.status), configuration(answer.status.configuration, now: facts.clock.now),
                socket(facts.socket), polling(answer.status),
            ]
                + [storage(answer.status.storage, now: facts.clock.now)].compactMap { $0 }
                + feeds(answer) + deliveries(answer, facts.configuration)
        }
    }

    private static func running(_ status: StatusDocument) -> Finding {
        let uptime = TimeText.span(seconds: Double(status.uptimeSeconds))
        let finding = "newswatchd \(PrintableText.line(status.version)), up \(uptime)"
        guard status.version != NewswatchVersion.current else {
            return Finding(.daemon, "answers", .ok, finding)
        }
        return Finding(
            .daemon, "answers", .warn, "\(finding), but installed is \(NewswatchVersion.current)",
            remedy: "systemctl restart newswatchd")
    }

    private static func configuration(
        _ configuration: StatusDocument.Configuration, now: Date
    ) -> Finding {
        let loaded = TimeText.relative(configuration.loaded, now: now)
        if configuration.refused != nil {
            return Finding(
                .daemon, "configuration", .warn,
                "that of \(loaded) is in force; what the files say was refused "
                    + TimeText.relative(configuration.refused, now: now),
                remedy: "mend the faults, then newswatch ctl reload")
        }
        let waiting = configuration.needsRestart.map(PrintableText.line).joined(separator: ", ")
        guard waiting.isEmpty else {
            return Finding(
                .daemon, "configuration", .warn, "\(waiting): what the file says holds after a restart only",
                remedy: "systemctl restart newswatchd")
        }
        return Finding(
            .daemon, "configuration", .ok, "read \(loaded) from \(PrintableText.line(configuration.file))")
    }

    private static func socket(_ socket: PathFacts) -> Finding {
        guard let file = socket.file, file.kind == .socket else {
            return Finding(
                .daemon, "socket", .warn, "\(socket.path) is no socket any more",
                remedy: "systemctl restart newswatchd")
        }
        guard file.mode & 0o006 == 0 else {
            return Finding(
                .daemon, "socket", .warn,
                "\(socket.path) has mode \(file.octal): everybody may steer the daemon",
                remedy: "chmod 0660 \(socket.path)")
        }
        return Finding(.daemon, "socket", .ok, "\(socket.path), mode \(file.octal)")
    }

    private static func polling(_ status: StatusDocument) -> Finding {
        status.paused
            ? Finding(
                .daemon, "polling", .warn, "paused: no feed is asked", remedy: "newswatch ctl resume")
            : Finding(.daemon, "polling", .ok, "going on")
    }

    private static func storage(_ storage: StatusDocument.Storage, now: Date) -> Finding? {
        guard let error = storage.error else { return nil }
        return Finding(
            .daemon, "storage", .fail,
            "cannot be written since \(TimeText.relative(storage.failingSince, now: now)): "
                + PrintableText.line(error),
            remedy: "mend that; the daemon notices within a minute, a restored backup after a restart")
    }

    private static func feeds(_ answer: HealthFacts.Answer) -> [Finding] {
        let counts = answer.status.feeds
        let ill = answer.feeds.filter { $0.state == "failing" || $0.state == "gone" }
        guard !ill.isEmpty else {
            let silent = counts.silent > 0 ? ", \(counts.silent) silent for long" : ""
            let fresh = counts.new > 0 ? ", \(counts.new) not answered yet" : ""
            return [
                Finding(
                    .daemon, "feeds", silent.isEmpty ? .ok : .note,
                    "\(counts.healthy) of \(count(counts.total, "feed")) healthy\(silent)\(fresh)")
            ]
        }
        let worst = ill.sorted { ($0.failures, $1.url) > ($1.failures, $0.url) }.prefix(shownFeeds).map {
            feed in
            let error = feed.state == "gone" ? "gone" : feed.lastError ?? "fails"
            let times = feed.failures > 1 ? " (\(feed.failures) times)" : ""
            return "\(PrintableText.line(feed.name ?? feed.url)): \(PrintableText.line(error))\(times)"
        }
        let rest = ill.count - worst.count
        let more = rest > 0 ? "; \(rest) more" : ""
        return [
            Finding(
                .daemon, "feeds", .warn,
                "\(ill.count) of \(count(counts.total, "feed")) \(ill.count == 1 ? "fails" : "fail"): "
                    + worst.joined(separator: "; ") + more,
                remedy: "look at `newswatch ctl feeds`; mend or remove their addresses")
        ]
    }

    private static func deliveries(
        _ answer: HealthFacts.Answer, _ configuration: HealthFacts.Configuration
    ) -> [Finding] {
        var findings: [Finding] = []
        let outbox = answer.status.outbox
        if outbox.failed > 0 {
            findings.append(
                Finding(
                    .daemon, "deliveries", .warn, "\(outbox.failed) given up",
                    remedy: "`newswatch ctl alerts --failed` tells why; then `newswatch ctl redeliver ID`"))
        } else {
            findings.append(Finding(.daemon, "deliveries", .ok, "\(outbox.pending) pending, none given up"))
        }
        guard case .valid(let settings) = configuration else { return findings }
        let orphans = answer.pending.filter { !settings.sinks.contains($0.sink) }
        let sinks = Set(orphans.map { PrintableText.line($0.sink) }).sorted().joined(separator: ", ")
        if !orphans.isEmpty {
            findings.append(
                Finding(
                    .daemon, "deliveries", .warn,
                    "\(orphans.count) \(orphans.count == 1 ? "waits" : "wait") for what is no sink any more: \(sinks)",
                    remedy: "configure a [[sink]] of that name to have them; else they stay where they are"))
        }
        return findings
    }
}
