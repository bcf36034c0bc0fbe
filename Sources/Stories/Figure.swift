import Foundation
import Normalization

/// The number that a title gives for what it tells: how many, how much.
package struct Figure: Sendable, Hashable, Codable {
    /// In ones; percentages as written.
    package var value: Double
    /// `%`, an ISO 4217 code, or empty for a plain count.
    package var unit: String

    /// Both parts.
    package init(value: Double, unit: String = "") {
        self.value = value
        self.unit = unit
    }

    /// The first of the numbers that tells something; nil if none does.
    init?(first numbers: [NumberMention]) {
        guard let number = numbers.first(where: { Self.isTelling($0.value) }) else { return nil }
        value = number.value
        switch number.unit {
        case .plain: unit = ""
        case .percent: unit = "%"
        case .currency(let code): unit = code
        }
    }

    /// Small counts and years agree by chance.
    static func isTelling(_ number: Double) -> Bool {
        abs(number) > 4 && !(number >= 1900 && number < 2100 && number == number.rounded())
    }

    /// What a figure must grow by before it is worth telling again; more than `mostGrowth` times is another number.
    private static let leastGrowth = 1.1
    private static let mostGrowth = 20.0

    /// Whether it is the other one, of the same unit, grown since.
    func hasGrown(from other: Figure) -> Bool {
        unit == other.unit && value >= other.value * Self.leastGrowth
            && value <= other.value * Self.mostGrowth
    }
}

extension Figure: CustomStringConvertible {
    /// "23", "USD 1,500,000", "12 %".
    package var description: String {
        let number = value.formatted(.number.locale(Locale(identifier: "en_US")).grouping(.automatic))
        switch unit {
        case "": return number
        case "%": return "\(number) %"
        default: return "\(unit) \(number)"
        }
    }
}
