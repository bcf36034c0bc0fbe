import Foundation
import Testing

@testable import Alerting

@Suite struct QuietHoursTests {
    private func end(_ text: String, at time: String) throws -> String? {
        let hours = try #require(QuietHours(text))
        return hours.end(at: try #require(Timestamp.date(time))).map(Timestamp.text)
    }

    @Test(arguments: [
        ("22:00-07:00 UTC", "2024-03-05T21:59:59Z", nil),
        ("22:00-07:00 UTC", "2024-03-05T22:00:00Z", "2024-03-06T07:00:00Z"),
        ("22:00-07:00 UTC", "2024-03-06T03:30:15Z", "2024-03-06T07:00:00Z"),
        ("22:00-07:00 UTC", "2024-03-06T07:00:00Z", nil),
        ("12:00-13:30 UTC", "2024-03-06T12:45:00Z", "2024-03-06T13:30:00Z"),
        ("12:00-13:30 UTC", "2024-03-06T13:30:00Z", nil),
        ("00:00-23:59 UTC", "1969-12-31T12:00:00Z", "1969-12-31T23:59:00Z"),
        ("22:00-07:00 Asia/Kathmandu", "2024-03-05T16:15:00Z", "2024-03-06T01:15:00Z"),
    ]) func aTimeIsQuietOrNot(hours: String, time: String, end expected: String?) throws {
        #expect(try end(hours, at: time) == expected)
    }

    @Test(arguments: [
        ("2024-03-30T22:00:00Z", "2024-03-31T05:00:00Z"), ("2024-10-26T21:00:00Z", "2024-10-27T06:00:00Z"),
    ]) func theNightOfAClockChangeEndsByTheWall(time: String, end expected: String) throws {
        #expect(try end("22:00-07:00 Europe/Paris", at: time) == expected)
    }

    @Test(arguments: [
        "", "22-7", "22:00", "22:00-22:00", "24:00-07:00", "22:60-07:00", "22:00-07:00 Nowhere/City",
        "22:00-07:00 UTC UTC", "9:00-17:00", "22:00–07:00", " 22:00-07:00", "22:00-07:00 ", "+1:00-07:00",
    ]) func anythingElseIsRefused(text: String) {
        #expect(QuietHours(text) == nil)
    }
}
