import Foundation
import GRDB

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
    /// Where it stands.
    package var state: State
    /// Attempts made, one that is under way or was cut off by a crash included if it was claimed.
    package var attempts: Int
    /// When it is due next; meaningless once it is not pending.
    package var nextAttempt: Date
    /// Why the last attempt failed; nil when none has.
    package var lastError: String?
    /// When the alert was made.
    package var created: Date
    /// When the sink had it; nil before.
    package var delivered: Date?
    /// The whole alert as JSON.
    package var payload: String
    /// It was delivered before, and is to be again because somebody asked for it.
    package var isRepeated: Bool
    /// What the sink calls the alert that this one follows; nil where it follows none or the sink has no names.
    package var precedent: String?

    static let columns = """
        SELECT a.sequence, a.id, a.type, d.sink, d.state, d.attempts, d.next_attempt, d.last_error, a.created,
            d.delivered_at, coalesce(d.payload, a.payload), d.repeated,
            (SELECT p.receipt FROM deliveries p WHERE p.sink = d.sink AND p.alert = d.after)
        """

    init(_ row: Row, path: String) throws {
        let state = try row.decode(String.self, atIndex: 4)
        guard let known = State(rawValue: state) else {
            throw StorageError(code: .badValue, path: path, reason: "delivery state “\(state)”")
        }
        sequence = try row.decode(atIndex: 0)
        alertID = try row.decode(atIndex: 1)
        type = try row.decode(atIndex: 2)
        sink = try row.decode(atIndex: 3)
        self.state = known
        attempts = try row.decode(atIndex: 5)
        nextAttempt = Milliseconds.date(try row.decode(atIndex: 6))
        lastError = try row.decode(atIndex: 7)
        created = Milliseconds.date(try row.decode(atIndex: 8))
        delivered = try row.decode(Int64?.self, atIndex: 9).map(Milliseconds.date)
        payload = try row.decode(atIndex: 10)
        isRepeated = try row.decode(atIndex: 11)
        precedent = try row.decode(atIndex: 12)
    }
}
