import Foundation

/// Times as the database keeps them: whole milliseconds since 1970, UTC.
enum Milliseconds {
    /// Years 1 to 9999; what a feed claims beyond is cut to the edge.
    private static let range = -62_135_596_800_000.0...253_402_300_799_999.0

    static func of(_ date: Date) -> Int64 {
        let milliseconds = date.timeIntervalSince1970 * 1000
        return Int64(min(max(milliseconds, range.lowerBound), range.upperBound).rounded(.down))
    }

    static func date(_ milliseconds: Int64) -> Date {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}
