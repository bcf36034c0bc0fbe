/// An address whose last part names a place on a server: a topic, a room.
struct PlaceAddress {
    /// Without `/` at its end.
    let server: String
    /// As it is written.
    let place: String

    /// Nil for what has no such part, or a query or fragment.
    init?(_ url: String) {
        let parts = url.split(separator: "/", omittingEmptySubsequences: false)
        // https: // host / place
        guard !url.contains("?"), !url.contains("#"), parts.count >= 4, let place = parts.last, !place.isEmpty
        else { return nil }
        server = parts.dropLast().joined(separator: "/")
        self.place = String(place)
    }
}
