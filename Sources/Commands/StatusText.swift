import ControlProtocol
import Foundation

/// The status as people read it.
enum StatusText {
    /// For example `feeds         12  11 healthy, 1 failing`.
    static func lines(_ status: StatusDocument, now: Date, usesColour: Bool) -> [String] {
        let uptime = TimeText.span(seconds: Double(status.uptimeSeconds))
        let polling = status.paused ? "polling is paused" : "polling"
        var table = TextTable([.init(title: ""), .init(title: "", isNumber: true), .init(title: "")])
        let feeds = status.feeds
        let outbox = status.outbox
        table.add([.init("feeds"), .init("\(feeds.total)"), .init(states(of: feeds), colour(of: feeds))])
        table.add([.init("entries"), .init("\(status.entries)"), .init("\(status.duplicates) duplicates")])
        table.add([.init("developments"), .init("\(status.developments)"), .init("")])
        table.add([
            .init("outbox"), .init("\(outbox.pending)"),
            .init("pending, \(outbox.failed) failed", outbox.failed > 0 ? .red : nil),
        ])
        table.add([.init("configuration"), .init(""), configuration(status.configuration, now: now)])
        if let error = status.storage.error {
            let since = TimeText.relative(status.storage.failingSince, now: now)
            table.add([
                .init("storage"), .init(""),
                .init("failing since \(since), no feed is asked: \(PrintableText.line(error))", .red),
            ])
        }
        return ["newswatchd \(status.version), up \(uptime), \(polling)"]
            + table.lines(limit: nil, usesColour: usesColour).dropFirst()
    }

    private static func configuration(
        _ configuration: StatusDocument.Configuration, now: Date
    ) -> TextTable.Cell {
        let loaded = TimeText.relative(configuration.loaded, now: now)
        guard configuration.refused == nil else {
            let refused = TimeText.relative(configuration.refused, now: now)
            return .init("that of \(loaded) is in force, refused \(refused): \(faults(configuration))", .red)
        }
        let restart = configuration.needsRestart.joined(separator: ", ")
        return .init(
            "read \(loaded) from \(configuration.file)"
                + (restart.isEmpty ? "" : "; \(restart) after a restart"),
            restart.isEmpty ? nil : .yellow)
    }

    /// The first fault, and how many more there are.
    private static func faults(_ configuration: StatusDocument.Configuration) -> String {
        let rest = configuration.faults.count - 1
        let more = rest > 0 ? ", and \(Quantity.phrase(rest, "fault", "faults")) more" : ""
        return PrintableText.line(configuration.faults.first ?? "unknown fault") + more
    }

    /// What is not as it should be; empty when all is well. New and silent feeds are no faults of ours.
    static func complaints(_ status: StatusDocument) -> [String] {
        var complaints: [String] = []
        if status.feeds.failing > 0 {
            complaints.append(Quantity.phrase(status.feeds.failing, "feed fails", "feeds fail"))
        }
        if status.feeds.gone > 0 {
            complaints.append(Quantity.phrase(status.feeds.gone, "feed is gone", "feeds are gone"))
        }
        if status.outbox.failed > 0 {
            complaints.append(Quantity.phrase(status.outbox.failed, "delivery failed", "deliveries failed"))
        }
        if let error = status.storage.error {
            complaints.append("the database cannot be written: \(PrintableText.line(error))")
        }
        if status.paused { complaints.append("polling is paused") }
        if status.configuration.refused != nil {
            complaints.append("the configuration is refused: \(faults(status.configuration))")
        }
        return complaints
    }

    private static func states(of feeds: StatusDocument.Feeds) -> String {
        let states = [
            (feeds.healthy, "healthy"), (feeds.failing, "failing"), (feeds.silent, "silent"),
            (feeds.gone, "gone"), (feeds.new, "new"),
        ]
        return states.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    private static func colour(of feeds: StatusDocument.Feeds) -> TextTable.Colour {
        feeds.failing + feeds.gone > 0 ? .red : feeds.silent > 0 ? .yellow : .green
    }
}
