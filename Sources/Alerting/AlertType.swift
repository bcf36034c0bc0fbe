/// What an alert is about.
package enum AlertType: String, Sendable, Codable, CaseIterable {
    /// Something new happened in a story.
    case developmentNew = "development.new"
    /// More is known of something that was told.
    case developmentUpdated = "development.updated"
    /// Something that was told does not stand as it was told.
    case developmentCorrected = "development.corrected"
    /// Several developments told in one message.
    case digest
    /// A feed fails again and again.
    case feedBroken = "feed.broken"
    /// A feed that was told as broken or silent answers with news again.
    case feedRecovered = "feed.recovered"
    /// A feed has been removed by its publisher.
    case feedGone = "feed.gone"
    /// A feed has another address for good.
    case feedMoved = "feed.moved"
    /// A feed that used to bring news answers and brings none.
    case feedSilent = "feed.silent"
    /// The database takes nothing in, or does again.
    case serviceStorage = "service.storage"
    /// Another sink fails, or works again.
    case serviceSink = "service.sink"
    /// Nothing happened, and newswatch is still there.
    case heartbeat
    /// Sent by hand, to see whether a sink works.
    case test
}
