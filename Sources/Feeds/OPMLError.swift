/// Why a list of feeds could not be read, and where.
package struct OPMLError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Line, from 1.
    package var line: Int
    /// Column in bytes, from 1.
    package var column: Int
    /// One sentence for people.
    package var message: String

    /// `LINE:COLUMN: message`
    package var description: String { "\(line):\(column): \(message)" }
}
