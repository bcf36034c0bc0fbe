import Foundation

/// One delivery of one alert to one sink. Every key is always written; what is not known is null.
package struct AlertDocument: Codable, Sendable, Equatable {
    /// Where a delivery stands.
    package enum State: String, Codable, Sendable, CaseIterable {
        case pending, delivered, failed
    }

    /// `msg_…`, the `webhook-id`; the same in every sink and on every retry.
    package var id: String
    /// For example `development.new`.
    package var type: String
    package var sink: String
    package var state: State
    package var attempts: Int
    package var lastError: String?
    package var created: Date
    package var delivered: Date?

    /// A delivery as it stands at one moment; `attempts` ≥ 0.
    package init(
        id: String, type: String, sink: String, state: State, attempts: Int, lastError: String?,
        created: Date,
        delivered: Date?
    ) {
        self.id = id
        self.type = type
        self.sink = sink
        self.state = state
        self.attempts = attempts
        self.lastError = lastError
        self.created = created
        self.delivered = delivered
    }

    private enum CodingKeys: String, CodingKey {
        case id, type, sink, state, attempts
        case lastError = "last_error"
        case created, delivered
    }

    /// Written by hand so that unknown values appear as null instead of missing keys.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(type, forKey: .type)
        try container.encode(sink, forKey: .sink)
        try container.encode(state, forKey: .state)
        try container.encode(attempts, forKey: .attempts)
        try container.encode(lastError, forKey: .lastError)
        try container.encode(created, forKey: .created)
        try container.encode(delivered, forKey: .delivered)
    }
}
