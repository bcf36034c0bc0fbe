/// Name of a development: `dev_` and 16 hexadecimal digits, a function of topic, opener's identity and
/// ordinal.
package struct DevelopmentID: RawRepresentable, Comparable, Codable, Sendable, Hashable,
    CustomStringConvertible
{
    /// The whole name, with its prefix.
    package var rawValue: String

    /// A name as stored.
    package init(rawValue: String) { self.rawValue = rawValue }

    /// The name that a hash gives.
    init(hash: UInt64) {
        let digits = String(hash, radix: 16)
        self.init(rawValue: "dev_" + String(repeating: "0", count: 16 - digits.count) + digits)
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    package var description: String { rawValue }
}
