import Feeds
import FoundationEssentials

/// A text is read as a date or not at all, and a date written as ISO 8601 is read as itself.
enum DateTarget {
    private static let year1 = -62_135_596_800.0
    /// Foundation counts the days before by the Julian calendar.
    private static let year1583 = -12_212_553_600.0
    private static let year10000 = 253_402_300_800.0

    static func test(_ bytes: [UInt8]) {
        guard let date = Date(feedDate: String(decoding: bytes, as: UTF8.self)) else { return }
        let seconds = date.timeIntervalSince1970.rounded(.down)
        // A zone may carry the first and the last day over the bounds.
        precondition(seconds >= year1 - 86_400 && seconds <= year10000 + 86_400, "a date beyond all years")
        guard seconds >= year1583, seconds < year10000 else { return }
        let whole = Date(timeIntervalSince1970: seconds)
        precondition(Date(feedDate: whole.formatted(.iso8601)) == whole, "a date that is not read as written")
    }
}
