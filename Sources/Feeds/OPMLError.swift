/// Why a list of feeds could not be read, and where.
public struct OPMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Line, from 1.
    public var line: Int
    /// Column in bytes, from 1.
    public var column: Int
    /// One sentence for people.
    public var message: String

    /// `LINE:COLUMN: message`
    public var description: String { "\(line):\(column): \(message)" }
}
