import FoundationEssentials

extension Date {
    /// Reads a date in any of the forms that feeds use (`docs/feeds.md`); nil when it cannot be told.
    public init?(feedDate text: String) {
        guard let date = FeedDate.parse(Array(text.utf8)[...]) else { return nil }
        self = date
    }
}
