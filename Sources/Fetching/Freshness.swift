import Foundation

/// How long an answer stays fresh for a private cache (RFC 9111 section 4.2).
package enum Freshness {
    /// Longer promises than a year read as a year (RFC 9111 needs 2^31; nobody waits that long here).
    private static let longest = 365 * 86_400

    /// `max-age`, else `Expires` minus `Date`, less the `Age` it already has. Zero for `no-cache` and
    /// `no-store`; nil when the server says nothing that can be read.
    package static func lifetime(_ headers: HTTPHeaders, now: Date) -> Duration? {
        let directives = (headers.joined("Cache-Control") ?? "").split(separator: ",").map { part in
            part.split(separator: "=", maxSplits: 1).map { word in
                word.lowercased().filter { !$0.isWhitespace && $0 != "\"" }
            }
        }
        if directives.contains(where: { $0.first == "no-cache" || $0.first == "no-store" }) { return .zero }
        let maxAge = directives.first { $0.first == "max-age" && $0.count == 2 }.flatMap { seconds($0[1]) }
        guard let lifetime = maxAge ?? expires(headers, now: now) else { return nil }
        let age = headers["Age"].flatMap { seconds($0) } ?? 0
        return .seconds(max(lifetime - age, 0))
    }

    private static func expires(_ headers: HTTPHeaders, now: Date) -> Int? {
        guard let value = headers["Expires"] else { return nil }
        // "0" and the like mean "already expired" (RFC 9111 section 5.3).
        guard let expires = HTTPDate.parse(value) else { return 0 }
        let base = headers["Date"].flatMap(HTTPDate.parse) ?? now
        return Int(min(max(expires.timeIntervalSince(base), 0), Double(longest)))
    }

    private static func seconds(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return min(Int(text) ?? longest, longest)
    }
}
