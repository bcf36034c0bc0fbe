import Foundation

/// The `Retry-After` field (RFC 9110 section 10.2.3).
package enum RetryAfter {
    /// Longer wishes than a year read as a year; whoever obeys has a lower limit anyway.
    private static let longest = 365 * 86_400

    /// How long to wait by `headers`; nil when the field is absent or cannot be read. A date counts from the
    /// answer's own `Date`, so that a wrong clock on either side does no harm, and from `now` without one.
    package static func delay(_ headers: HTTPHeaders, now: Date) -> Duration? {
        guard let value = headers["Retry-After"] else { return nil }
        if !value.isEmpty, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return .seconds(min(Int(value) ?? longest, longest))
        }
        guard let date = HTTPDate.parse(value) else { return nil }
        let base = headers["Date"].flatMap(HTTPDate.parse) ?? now
        return .seconds(Int(min(max(date.timeIntervalSince(base), 0).rounded(.up), Double(longest))))
    }
}
