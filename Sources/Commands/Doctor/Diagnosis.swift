import ControlProtocol
import Foundation

/// Judges what was found. Pure: the same facts give the same findings.
enum Diagnosis {
    /// All findings, by area.
    static func findings(_ facts: HealthFacts) -> [Finding] {
        configuration(facts) + storage(facts) + daemon(facts) + machine(facts)
            + facts.sinks.map { sink($0, facts.account) }
    }

    // MARK: Configuration

    /// More faults than this are counted only, so that the rest stays on one screen.
    static let shownFaults = 5

    private static func configuration(_ facts: HealthFacts) -> [Finding] {
        let path = facts.configurationPath
        switch facts.configuration {
        case .faulty(let faults):
            let rest = faults.count - shownFaults
            let remedy = "mend it; `newswatch check \(path)` tells all faults"
            return faults.prefix(shownFaults).map {
                Finding(.configuration, "file", .fail, $0, remedy: remedy)
            }
                + (rest > 0
                    ? [Finding(.configuration, "file", .fail, "\(rest) more faults", remedy: remedy)] : [])
        case .valid(let settings):
            return [
                Finding(
                    .configuration, "file", .ok,
                    "\(path) is valid: \(count(settings.feeds, "feed")), \(count(settings.topics.count, "topic")), "
                        + count(settings.sinks.count, "sink"))
            ] + gaps(settings)
        }
    }

    private static func gaps(_ settings: HealthFacts.Settings) -> [Finding] {
        var findings: [Finding] = []
        if settings.feeds == 0 {
            findings.append(
                Finding(
                    .configuration, "feeds", .warn, "there is nothing to poll",
                    remedy: "add feeds: [feeds] opml or [[feed]]"))
        }
        if settings.sinks.isEmpty {
            findings.append(
                Finding(
                    .configuration, "sinks", .warn, "nobody will be told anything", remedy: "add a [[sink]]"))
        }
        if !settings.hasContact {
            findings.append(
                Finding(
                    .configuration, "contact", .note,
                    "no [poll] contact: a publisher whom the polling disturbs can only block it"))
        }
        return findings
    }

    /// `1 feed`, `2 feeds`.
    static func count(_ number: Int, _ noun: String) -> String {
        Quantity.phrase(number, noun, noun + "s")
    }
}
