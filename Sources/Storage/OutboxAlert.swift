import Foundation
import Stories

/// An alert as it waits in the outbox.
package struct OutboxAlert: Sendable, Equatable {
    /// `msg_…`, the same in every sink and on every retry.
    package var id: String
    /// For example `development.new`.
    package var type: String
    /// When it was made.
    package var created: Date
    /// The whole alert as JSON.
    package var payload: String
    /// Developments that it tells of for the first time.
    package var developments: [DevelopmentID]
    /// Whether these happened while nobody was watching.
    package var isLate: Bool

    /// All parts.
    package init(
        id: String, type: String, created: Date, payload: String, developments: [DevelopmentID] = [],
        isLate: Bool = false
    ) {
        self.id = id
        self.type = type
        self.created = created
        self.payload = payload
        self.developments = developments
        self.isLate = isLate
    }
}
