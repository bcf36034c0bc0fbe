/// Where a feed is configured: the first place, when a list has it in several groups.
package struct FeedOrigin: Sendable, Hashable {
    /// Path of the configuration or of the list.
    package var file: String
    /// Of the feed's `url`, or of its outline.
    package var position: SourcePosition
    /// Names of the groups around its outline, outermost first; none for a `[[feed]]`.
    package var groups: [String]

    /// `FILE:LINE`
    package var place: String { "\(file):\(position.line)" }
}
