import Fetching

/// An address whose last part names a place on a server: a topic, a room.
struct PlaceAddress {
    /// Without `/` at its end.
    let server: String
    /// As it is written.
    let place: String

    /// Throws for what has no such part, or a query.
    init(_ url: String) throws(AlertingError) {
        guard !url.contains("?"), !url.contains("#") else {
            throw AlertingError(code: .address, message: "may have no query and no fragment")
        }
        let parts = url.split(separator: "/", omittingEmptySubsequences: false)
        // https: // host / place
        guard parts.count >= 4, let place = parts.last, !place.isEmpty else {
            throw AlertingError(code: .address, message: "names no place behind the host")
        }
        server = parts.dropLast().joined(separator: "/")
        self.place = String(place)
    }
}
