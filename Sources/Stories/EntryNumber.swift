/// Number of a stored entry; grows with the order of arrival.
package struct EntryNumber: RawRepresentable, Comparable, Codable, Sendable, Hashable, CustomStringConvertible
{
    /// The number itself; positive in a database.
    package var rawValue: Int64

    /// A number as stored.
    package init(rawValue: Int64) { self.rawValue = rawValue }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    package var description: String { "entry \(rawValue)" }
}
