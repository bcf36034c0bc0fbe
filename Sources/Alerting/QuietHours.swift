import Foundation

/// A time of day, every day, in which a sink wants quiet; it may go over midnight.
package struct QuietHours: Sendable, Hashable {
    private static let minutesOfDay = 24 * 60

    /// Minutes since midnight, 0 to 1439; the first quiet one.
    package let start: Int
    /// The first that is not quiet any more; not `start`.
    package let end: Int
    /// Where the clock hangs.
    package let zone: TimeZone

    /// Reads `22:00-07:00`, in the machine's time zone, or `22:00-07:00 Europe/Paris`; nil for anything else.
    package init?(_ text: String, local: TimeZone = .current) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let times = words.first?.split(separator: "-", omittingEmptySubsequences: false) ?? []
        guard words.count <= 2, times.count == 2, let start = Self.minutes(times[0]),
            let end = Self.minutes(times[1]), start != end
        else { return nil }
        guard let zone = words.count == 2 ? TimeZone(identifier: String(words[1])) : local else { return nil }
        self.start = start
        self.end = end
        self.zone = zone
    }

    /// When quiet ends, if it is quiet at `now`; nil otherwise. To the second.
    package func end(at now: Date) -> Date? {
        let local = now.timeIntervalSince1970.rounded(.down) + offset(at: now)
        let day = Double(Self.minutesOfDay * 60)
        let second = local - (local / day).rounded(.down) * day
        let first = Double(start * 60)
        let last = Double(end * 60)
        let isQuiet = first < last ? second >= first && second < last : second >= first || second < last
        guard isQuiet else { return nil }
        let left = last > second ? last - second : last + day - second
        let end = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down) + left)
        // Clocks may be set forward or back within these hours; the wall's time is what was asked for.
        return end.addingTimeInterval(offset(at: now) - offset(at: end))
    }

    private func offset(at date: Date) -> Double { Double(zone.secondsFromGMT(for: date)) }

    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(isDigit) }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
