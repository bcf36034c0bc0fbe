import Foundation

/// What happened to a delivery, for the daemon's log.
package struct DeliveryReport: Sendable, Equatable {
    /// What happened.
    package enum Outcome: Sendable, Equatable {
        /// The sink has it.
        case delivered
        /// It will be tried again.
        case postponed(reason: String, until: Date)
        /// It will not be tried again; the outbox keeps it as failed.
        case failed(reason: String)
        /// The outbox itself could not be read or written; nothing is lost, it is tried again.
        case outboxUnavailable(reason: String)
    }

    /// Name of the sink.
    package var sink: String
    /// Id of the alert; nil where no alert is concerned.
    package var alert: String?
    /// What happened.
    package var outcome: Outcome

    /// All parts.
    package init(sink: String, alert: String?, outcome: Outcome) {
        self.sink = sink
        self.alert = alert
        self.outcome = outcome
    }
}
