import Foundation

/// A request that arrived.
package struct LoopbackRequest: Sendable {
    /// `GET`, `POST` …
    package var method: String
    /// Path and query as sent.
    package var target: String
    /// Fields in the order sent.
    package var headers: [(name: String, value: String)]
    /// The body, by Content-Length.
    package var body: [UInt8]
    /// Counts the connections of the server from 1.
    package var connection: Int
    /// When the head had arrived.
    package var arrival: ContinuousClock.Instant

    /// The target without its query.
    package var path: String { String(target.prefix { $0 != "?" }) }

    /// The target's query without `?`; empty if there is none.
    package var query: String { String(target.drop { $0 != "?" }.dropFirst()) }

    /// The first field of that name, in any case.
    package subscript(name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
