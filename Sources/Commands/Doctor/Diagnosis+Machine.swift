import Foundation

extension Diagnosis {
    /// No clock of a machine that runs this can be right before; from 2100 on something else is wrong.
    static let plausibleYears = 2025...2099
    /// Receivers of signed webhooks refuse a timestamp that is more than five minutes off (Standard Webhooks
    /// 1.0.0).
    static let largestDifference: TimeInterval = 300
    /// `Date` headers have whole seconds and caches hold answers back; beyond this the clock is off.
    static let noticedDifference: TimeInterval = 30

    static func machine(_ facts: HealthFacts) -> [Finding] {
        [clock(facts.clock), names(facts.names), trust(facts.trust)].compactMap { $0 }
    }

    private static func clock(_ clock: HealthFacts.Clock) -> Finding {
        let remedy = "set the clock by a time server: timedatectl set-ntp true"
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let year = calendar.component(.year, from: clock.now)
        guard plausibleYears.contains(year) else {
            return Finding(.machine, "clock", .fail, "it shows the year \(year)", remedy: remedy)
        }
        // One server may be wrong; a clock with which no server agrees is.
        guard let least = clock.differences.min(by: { abs($0) < abs($1) }) else {
            return clock.isSynchronised == false
                ? Finding(
                    .machine, "clock", .note,
                    "no time server sets it, and no answer was there to compare it with")
                : Finding(
                    .machine, "clock", .ok,
                    clock.isSynchronised == true ? "set by a time server" : "plausible")
        }
        let seconds = Int(abs(least).rounded())
        let finding = "\(seconds) s \(least > 0 ? "behind" : "ahead of") the servers that were asked"
        if abs(least) > largestDifference {
            return Finding(
                .machine, "clock", .fail, "\(finding): receivers refuse signed webhooks", remedy: remedy)
        }
        if abs(least) > noticedDifference {
            return Finding(.machine, "clock", .warn, finding, remedy: remedy)
        }
        return Finding(.machine, "clock", .ok, "agrees with the servers that were asked")
    }

    private static func names(_ names: HealthFacts.Names?) -> Finding? {
        guard let names, !names.asked.isEmpty else { return nil }
        let sample = names.asked.count < names.total ? " (of \(names.total))" : ""
        guard !names.failures.isEmpty else {
            return Finding(
                .machine, "dns", .ok,
                "\(names.asked.count == 1 ? "the host" : "\(names.asked.count) hosts")\(sample) resolved")
        }
        let failed = names.failures.sorted { $0.key < $1.key }
        guard failed.count < names.asked.count else {
            return Finding(
                .machine, "dns", .fail, "no host resolves: \(failed[0].key): \(failed[0].value)",
                remedy: "mend name resolution: /etc/resolv.conf, `resolvectl status`")
        }
        return Finding(
            .machine, "dns", .warn,
            "\(failed.count) of \(count(names.asked.count, "host"))\(sample) cannot be resolved: "
                + failed.prefix(shownFeeds).map { "\($0.key): \($0.value)" }.joined(separator: "; "),
            remedy: "look whether their addresses are still right")
    }

    private static func trust(_ trust: HealthFacts.Trust?) -> Finding? {
        guard let trust, trust.isNeeded, !trust.locations.isEmpty else { return nil }
        let found = trust.locations.first { location in
            guard let file = location.file else { return false }
            return file.kind == .folder || file.bytes > 0
        }
        guard let found else {
            let searched = trust.locations.map(\.path).joined(separator: ", ")
            return Finding(
                .machine, "certificates", .fail,
                "none of \(searched) is there: no https address can be asked",
                remedy: "apt-get install ca-certificates")
        }
        return Finding(.machine, "certificates", .ok, found.path)
    }
}
