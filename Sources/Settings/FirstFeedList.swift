/// What stands in the first list of `[feeds] opml`, for those who are about to write it.
package enum FirstFeedList: Sendable {
    /// What its file holds.
    case file
    /// The same, but no feeds where there is no such file or nothing in it yet.
    case fileIfAny
    /// These bytes, whatever the file holds.
    case content([UInt8])
}
