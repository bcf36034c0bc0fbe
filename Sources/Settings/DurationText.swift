/// Durations as the configuration writes them: a whole number and one unit, such as `"90s"` or `"30d"`.
package enum DurationText {
    /// Seconds of each unit.
    static let units: [(symbol: String, seconds: Int64)] = [
        ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400),
    ]

    /// The duration a text stands for; nil when it is not one or exceeds `Int64` seconds.
    package static func parse(_ text: String) -> Duration? {
        guard let unit = units.first(where: { text.hasSuffix($0.symbol) }) else { return nil }
        let digits = text.dropLast()
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let count = Int64(digits)
        else { return nil }
        let (seconds, overflow) = count.multipliedReportingOverflow(by: unit.seconds)
        return overflow ? nil : .seconds(seconds)
    }

    /// The shortest text that `parse` reads back as the same whole seconds.
    static func text(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        let unit = units.last { seconds != 0 && seconds.isMultiple(of: $0.seconds) } ?? units[0]
        return "\(seconds / unit.seconds)\(unit.symbol)"
    }
}
