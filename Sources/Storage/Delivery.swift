import Foundation

/// One alert on its way to one sink.
package struct Delivery: Sendable, Equatable {
    /// Where it stands.
    package enum State: String, Sendable {
        case pending, delivered, failed
    }

    /// Place in the outbox; grows with time.
    package var sequence: Int64
    /// `msg_…`.
    package var alertID: String
    /// For example `development.new`.
    package var type: String
    /// Name of the sink.
    package var sink: String
    package var state: State
    /// Attempts that have ended.
    package var attempts: Int
    /// When it is due next; meaningless once it is not pending.
    package var nextAttempt: Date
    package var lastError: String?
    package var created: Date
    package var delivered: Date?
    /// The whole alert as JSON.
    package var payload: String
}
