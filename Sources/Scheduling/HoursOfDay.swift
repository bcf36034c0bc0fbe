import Foundation

/// Hours of the day in UTC, as RSS `skipHours` counts them.
enum HoursOfDay {
    /// The start of the first hour after `time` that is not in `skipped`; nil when `time` itself lies in no
    /// skipped hour, or when all hours are skipped.
    static func firstAllowed(from time: Date, skipping skipped: Set<Int>) -> Date? {
        let seconds = time.timeIntervalSince1970
        guard !skipped.isEmpty, seconds.isFinite, abs(seconds) < 1e12 else { return nil }
        let hours = (seconds / 3600).rounded(.down)
        let hour = Int(hours)
        guard skipped.contains(hourOfDay(hour)) else { return nil }
        for ahead in 1..<24 where !skipped.contains(hourOfDay(hour + ahead)) {
            return Date(timeIntervalSince1970: (hours + Double(ahead)) * 3600)
        }
        return nil
    }

    private static func hourOfDay(_ hour: Int) -> Int {
        ((hour % 24) + 24) % 24
    }
}
