import Foundation

/// An alert that one sink has not got yet.
struct QueuedDelivery: Sendable, Hashable {
    var alert: PendingAlert
    /// Made before this one.
    var attempts: Int
}

/// The part of the outbox that a delivery lane needs; `NewsStore` is the one that ships.
protocol DeliveryQueue: Sendable {
    /// Deliveries of `sink` that are due, oldest first, each noted as an attempt that begins. Those not marked
    /// afterwards come again.
    func claim(sink: String, now: Date, limit: Int) throws -> [QueuedDelivery]
    /// As `claim`, and only reads.
    func due(sink: String, now: Date, limit: Int) throws -> [QueuedDelivery]
    /// When the next one becomes due; nil when nothing waits.
    func nextTime(sink: String) throws -> Date?
    /// Follows a clock that was set back by `seconds`: what was tried is tried again as soon as before.
    func turnBack(sink: String, by seconds: TimeInterval) throws
    /// What was tried and waits is due at `time`: the sink works again.
    func bringForward(sink: String, to time: Date) throws
    /// `receipt` is what the sink calls it, if anything.
    func delivered(alert: String, sink: String, receipt: String?, at: Date) throws
    /// One attempt failed; without `next` it was the last.
    func failed(alert: String, sink: String, error: String, next: Date?) throws
}
