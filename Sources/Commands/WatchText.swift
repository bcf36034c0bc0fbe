import ControlProtocol
import Foundation

/// Events as people read them: the time of day, what kind it is, what happened.
enum WatchText {
    /// As wide as the longest word, `configuration`.
    private static let kindColumns = 13

    /// One line, or none for an event that is of no interest to people.
    static func line(
        _ event: ControlEvent, clock: (Date) -> String, limit: Int?, usesColour: Bool
    ) -> String? {
        guard let (kind, text, colour) = parts(of: event.kind, clock) else { return nil }
        let head =
            clock(event.time) + "  "
            + kind.padding(toLength: kindColumns, withPad: " ", startingAt: 0) + "  "
        let line = head + PrintableText.line(text)
        let fitting = limit.map { PrintableText.fitting(line, $0) } ?? line
        guard usesColour, let colour else { return fitting }
        // The head is ASCII: as many characters as columns.
        return fitting.prefix(head.count) + colour.painted(String(fitting.dropFirst(head.count)))
    }

    private static func parts(
        of kind: ControlEvent.Kind, _ clock: (Date) -> String
    ) -> (String, String, TextTable.Colour?)? {
        switch kind {
        case .watching(let version, _): ("watching", "newswatchd \(version)", nil)
        case .poll(let poll): ("poll", "\(poll.name ?? poll.feed): \(text(of: poll))", colour(of: poll))
        case .development(let development):
            (
                "development",
                "\(development.headline) (\(development.kind), \(development.outlet), confidence "
                    + "\(development.confidence)) \(development.id)", .green
            )
        case .alert(let id, let type, let sinks):
            ("alert", "\(id) (\(type)) goes to \(sinks.joined(separator: ", "))", nil)
        case .delivery(let delivery): ("delivery", text(of: delivery, clock), colour(of: delivery))
        case .polling(let isPaused):
            ("polling", isPaused ? "paused" : "goes on", isPaused ? .yellow : nil)
        case .configuration(let isAccepted, let detail): ("configuration", detail, isAccepted ? nil : .red)
        case .missed(let count):
            ("missed", "\(count) events, because they were read too slowly here", .yellow)
        case .heartbeat, .end: nil
        }
    }

    private static func text(of poll: ControlEvent.Poll) -> String {
        let reason = poll.reason.map { ": \($0)" } ?? ""
        return switch poll.outcome {
        case .fetched: "\(poll.new) new of \(poll.entries) entries"
        case .notModified: "not modified"
        case .incomplete: "incomplete, \(poll.new) new of \(poll.entries) entries\(reason)"
        case .gone: "gone, not polled again"
        case .throttled: "the server asks for patience"
        case .failed: "failed\(reason)"
        }
    }

    private static func colour(of poll: ControlEvent.Poll) -> TextTable.Colour? {
        switch poll.outcome {
        case .fetched, .notModified: nil
        case .incomplete, .throttled: .yellow
        case .gone, .failed: .red
        }
    }

    private static func text(of delivery: ControlEvent.Delivery, _ clock: (Date) -> String) -> String {
        let reason = delivery.reason ?? "unknown reason"
        return switch delivery.state {
        case .delivered: "\(delivery.alert) delivered to \(delivery.sink)"
        case .postponed:
            "\(delivery.alert) not delivered to \(delivery.sink) yet: \(reason)"
                + (delivery.until.map { "; again at \(clock($0))" } ?? "")
        case .failed: "\(delivery.alert) given up for \(delivery.sink): \(reason)"
        }
    }

    private static func colour(of delivery: ControlEvent.Delivery) -> TextTable.Colour? {
        switch delivery.state {
        case .delivered: nil
        case .postponed: .yellow
        case .failed: .red
        }
    }
}
