import Foundation

/// HTTP-date in its three forms (RFC 9110 section 5.6.7), read by hand: a formatter costs a thousand times more.
package enum HTTPDate {
    /// The instant, or nil if `text` is none of the three. Weekdays are not checked; names in any case.
    package static func parse(_ text: String) -> Date? {
        let words = text.split { $0 == " " || $0 == "," || $0 == "\t" }
        switch words.count {
        case 6:  // Sun, 06 Nov 1994 08:49:37 GMT
            return date(day: words[1], month: words[2], year: words[3], time: words[4], zone: words[5])
        case 4:  // Sunday, 06-Nov-94 08:49:37 GMT
            let parts = words[1].split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 3 else { return nil }
            return date(day: parts[0], month: parts[1], year: parts[2], time: words[2], zone: words[3])
        case 5:  // Sun Nov  6 08:49:37 1994
            return date(day: words[2], month: words[1], year: words[4], time: words[3], zone: "GMT")
        default:
            return nil
        }
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    private static func date(
        day: Substring, month: Substring, year: Substring, time: Substring, zone: Substring
    ) -> Date? {
        let clock = time.split(separator: ":", omittingEmptySubsequences: false).map {
            number($0, digits: 1...2)
        }
        guard ["GMT", "UTC"].contains(zone.uppercased()), clock.count == 3,
            let day = number(day, digits: 1...2), (1...31).contains(day),
            let month = months.firstIndex(of: month.lowercased()), let year = self.year(year),
            let hour = clock[0], hour < 24, let minute = clock[1], minute < 60,
            let second = clock[2], second <= 60  // a leap second
        else { return nil }
        let seconds =
            days(year: year, month: month + 1, day: day) * 86_400 + hour * 3600 + minute * 60 + second
        return Date(timeIntervalSince1970: Double(seconds))
    }

    /// Four digits; or two, of which those from 70 on belong to the last century, as nobody dates HTTP before
    /// Unix.
    private static func year(_ text: Substring) -> Int? {
        if text.utf8.count == 4 { return number(text, digits: 4...4) }
        return number(text, digits: 2...2).map { $0 < 70 ? 2000 + $0 : 1900 + $0 }
    }

    private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }

    /// Days since 1970-01-01 in the Gregorian calendar (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
