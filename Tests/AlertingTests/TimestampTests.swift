import Foundation
import Testing

@testable import Alerting

@Suite struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
        (1_709_631_060.9, "2024-03-05T09:31:00Z"), (4_107_542_399, "2100-02-28T23:59:59Z"),
        (-62_135_596_800, "0001-01-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
    ])
    func secondsOfTheEpochAreWritten(_ seconds: Double, _ text: String) {
        #expect(Timestamp.text(Date(timeIntervalSince1970: seconds)) == text)
        #expect(Timestamp.date(text) == Date(timeIntervalSince1970: seconds.rounded(.down)))
    }

    @Test(arguments: [
        (Double.infinity, "9999-12-31T23:59:59Z"), (-Double.infinity, "0001-01-01T00:00:00Z"),
        (Double.nan, "1970-01-01T00:00:00Z"), (1e300, "9999-12-31T23:59:59Z"),
    ])
    func impossibleInstantsAreMovedToTheEdge(_ seconds: Double, _ text: String) {
        #expect(Timestamp.text(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test(arguments: [
        "", "2024-03-05T09:31:00", "2024-02-30T00:00:00Z", "2024-13-01T00:00:00Z", "2024-03-05T24:00:00Z",
        "2024-03-05 09:31:00Z", "2024-03-05T09:31:00z", "+024-03-05T09:31:00Z",
    ])
    func otherFormsAreNotRead(_ text: String) {
        #expect(Timestamp.date(text) == nil)
    }
}
