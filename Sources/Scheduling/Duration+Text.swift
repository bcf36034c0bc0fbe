extension Duration {
    /// Seconds as a floating-point number.
    package var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }

    /// A whole number of days of 24 hours.
    package static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }

    /// The length as a person would say it, in the largest unit that fits: `40 s`, `15 min`, `2.5 h`, `7 days`.
    package var phrase: String {
        let seconds = self.seconds
        switch seconds {
        case ..<0.9995: return "\(Int((seconds * 1000).rounded())) ms"
        case ..<90: return Self.number(seconds) + " s"
        case ..<5400: return Self.number(seconds / 60) + " min"
        case ..<172_800: return Self.number(seconds / 3600) + " h"
        default: return Self.number(min(seconds, 1e15) / 86_400) + " days"
        }
    }

    /// One decimal below ten, none above, and none where it would be zero.
    private static func number(_ value: Double) -> String {
        let tenths = (value * 10).rounded() / 10
        if tenths < 10, tenths != tenths.rounded() { return "\(tenths)" }
        return "\(Int(value.rounded()))"
    }
}
