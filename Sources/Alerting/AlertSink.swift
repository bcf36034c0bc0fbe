/// An alert on its way to one sink.
package struct PendingAlert: Sendable, Hashable {
    /// `msg_…`.
    package var id: String
    /// The JSON document, one line.
    package var payload: String
    /// The sink had it before, and is to have it again because somebody asked for it.
    package var isRepeated: Bool
    /// What the sink calls the alert that this one follows, see ``DeliveryResult/named(receipt:)``.
    package var precedent: String?

    /// All parts.
    package init(id: String, payload: String, isRepeated: Bool = false, precedent: String? = nil) {
        self.id = id
        self.payload = payload
        self.isRepeated = isRepeated
        self.precedent = precedent
    }
}

/// What became of one attempt.
package enum DeliveryResult: Sendable, Equatable {
    /// The other end has it.
    case delivered
    /// The other end has it, and calls it so: what follows it can refer to it.
    case named(receipt: String)
    /// Not now. `after`: the earliest time for another attempt, where the other end named one; the whole sink
    /// waits for it.
    case retry(reason: String, after: Duration?)
    /// The other end wants no more alerts at all.
    case disabled(reason: String)
    /// This alert can never be delivered here.
    case rejected(reason: String)
}

/// Something that alerts are delivered to. Used by one worker, one call at a time.
package protocol AlertSink: Sendable {
    /// Unique; the outbox's name for it.
    var name: String { get }
    /// How many alerts one call takes at most.
    var batchLimit: Int { get }
    /// Puts right what a crash may have left, where nothing waits for delivery that would.
    func repair() async
    /// Delivers in order and returns one result for each alert. Ends soon after its task is cancelled.
    func deliver(_ alerts: [PendingAlert]) async -> [DeliveryResult]
}

extension AlertSink {
    package func repair() {}
}
