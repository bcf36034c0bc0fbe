import ControlProtocol
import Foundation

/// Instants and durations as people read them.
enum TimeText {
    /// `4 min ago`, `in 11 min`, `now`; `-` for an unknown instant.
    static func relative(_ date: Date?, now: Date) -> String {
        guard let date else { return "-" }
        let seconds = date.timeIntervalSince(now)
        if abs(seconds) < 1 { return "now" }
        let text = span(seconds: abs(seconds))
        return seconds < 0 ? "\(text) ago" : "in \(text)"
    }

    /// The largest unit that fits, rounded down: `42 s`, `4 min`, `3 h`, `5 d`.
    static func span(seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e12 else { return "ages" }
        let whole = Int(seconds)
        return switch whole {
        case ..<60: "\(whole) s"
        case ..<3_600: "\(whole / 60) min"
        case ..<86_400: "\(whole / 3_600) h"
        default: "\(whole / 86_400) d"
        }
    }

    /// `20:28:04Z`, in UTC, or `21:28:04+01:00` where clocks are `offset` seconds ahead.
    static func clock(_ date: Date, offset: Int) -> String {
        let text = ControlCoding.timestamp(date.addingTimeInterval(Double(offset)))
        return text.dropFirst(11).dropLast() + zone(offset: offset)
    }

    /// `2023-11-17 20:28Z`, to the minute in UTC, or `2023-11-17 21:28+01:00` where clocks are `offset` seconds
    /// ahead of UTC; `-` for an unknown instant.
    static func minute(_ date: Date?, offset: Int = 0) -> String {
        guard let date else { return "-" }
        let text = ControlCoding.timestamp(date.addingTimeInterval(Double(offset)))
        return text.prefix(16).replacing("T", with: " ") + zone(offset: offset)
    }

    /// As RFC 3339 writes it. Seconds of an offset, which zones had before 1972, are cut off.
    private static func zone(offset: Int) -> String {
        guard offset != 0 else { return "Z" }
        let minutes = abs(offset) / 60
        let parts = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return (offset < 0 ? "-" : "+") + parts.joined(separator: ":")
    }
}
