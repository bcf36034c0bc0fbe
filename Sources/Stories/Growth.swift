/// A figure of a development that has grown since it was told: no development, but more about one.
package struct Growth: Sendable, Hashable, Codable {
    /// The greatest one told before.
    package var from: Figure
    /// The one of this entry.
    package var to: Figure

    /// Both parts.
    package init(from: Figure, to: Figure) {
        self.from = from
        self.to = to
    }
}
