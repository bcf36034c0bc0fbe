import Foundation

/// Something that happened in the daemon, as a line of `GET /api/v1/watch`: `{"type":…,"time":…}` and the keys
/// of its type. Every key of a type is always written; what is not known is null.
package struct ControlEvent: Codable, Sendable, Equatable {
    /// What happened.
    package enum Kind: Sendable, Equatable {
        /// The first line: who speaks, and how long it is silent at most, in seconds.
        case watching(version: String, heartbeatSeconds: Int)
        /// A poll has ended.
        case poll(Poll)
        /// An entry opened a development.
        case development(Development)
        /// An alert was put into the outbox.
        case alert(id: String, alertType: String, sinks: [String])
        /// A sink has an alert, has to get it later, or will not get it.
        case delivery(Delivery)
        /// Polling was paused or goes on.
        case polling(paused: Bool)
        /// The configuration was read again, and is in force or was refused; `detail` is a sentence.
        case configuration(accepted: Bool, detail: String)
        /// Nothing else happened for a while.
        case heartbeat
        /// So many events were dropped, because the reader took those before too slowly.
        case missed(count: Int)
        /// The last line: the daemon stops.
        case end
    }

    /// How the poll of a feed ended.
    package struct Poll: Codable, Sendable, Equatable {
        /// What came of it.
        package enum Outcome: String, Codable, Sendable, CaseIterable {
            case fetched, incomplete, gone, throttled, failed
            case notModified = "not_modified"
        }

        package var feed: String
        package var name: String?
        package var outcome: Outcome
        /// The HTTP status; nil without an answer.
        package var status: Int?
        /// Entries of the document that were read.
        package var entries: Int
        /// Of these, stored for the first time or with new content.
        package var new: Int
        /// Why it was not used, or not as a whole.
        package var reason: String?

        /// The end of one poll.
        package init(
            feed: String, name: String?, outcome: Outcome, status: Int?, entries: Int, new: Int,
            reason: String?
        ) {
            self.feed = feed
            self.name = name
            self.outcome = outcome
            self.status = status
            self.entries = entries
            self.new = new
            self.reason = reason
        }

        /// Written by hand so that unknown values appear as null instead of missing keys.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(feed, forKey: .feed)
            try container.encode(name, forKey: .name)
            try container.encode(outcome, forKey: .outcome)
            try container.encode(status, forKey: .status)
            try container.encode(entries, forKey: .entries)
            try container.encode(new, forKey: .new)
            try container.encode(reason, forKey: .reason)
        }
    }

    /// A development as it opened.
    package struct Development: Codable, Sendable, Equatable {
        package var id: String
        package var topic: String
        package var kind: String
        package var headline: String
        package var outlet: String
        package var confidence: String
        /// The entry that opened it.
        package var entryID: String

        /// What the first report says.
        package init(
            id: String, topic: String, kind: String, headline: String, outlet: String, confidence: String,
            entryID: String
        ) {
            self.id = id
            self.topic = topic
            self.kind = kind
            self.headline = headline
            self.outlet = outlet
            self.confidence = confidence
            self.entryID = entryID
        }

        private enum CodingKeys: String, CodingKey {
            case id, topic, kind, headline, outlet, confidence
            case entryID = "entry_id"
        }
    }

    /// An attempt to deliver an alert.
    package struct Delivery: Codable, Sendable, Equatable {
        /// What came of it.
        package enum State: String, Codable, Sendable, CaseIterable {
            case delivered, postponed, failed
        }

        /// `msg_…`.
        package var alert: String
        package var sink: String
        package var state: State
        package var reason: String?
        /// When it is tried again.
        package var until: Date?

        /// The end of one attempt; `until` for a postponed one.
        package init(alert: String, sink: String, state: State, reason: String? = nil, until: Date? = nil) {
            self.alert = alert
            self.sink = sink
            self.state = state
            self.reason = reason
            self.until = until
        }

        /// Written by hand so that unknown values appear as null instead of missing keys.
        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(alert, forKey: .alert)
            try container.encode(sink, forKey: .sink)
            try container.encode(state, forKey: .state)
            try container.encode(reason, forKey: .reason)
            try container.encode(until, forKey: .until)
        }
    }

    package var time: Date
    package var kind: Kind

    /// An event of this instant.
    package init(time: Date, kind: Kind) {
        self.time = time
        self.kind = kind
    }

    private enum Name: String, Codable {
        case watching, poll, development, alert, delivery, polling, configuration, heartbeat, missed, end
    }

    private enum CodingKeys: String, CodingKey {
        case type, time, version
        case heartbeatSeconds = "heartbeat_seconds"
        case id
        case alertType = "alert_type"
        case sinks, paused, accepted, detail, count
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        time = try container.decode(Date.self, forKey: .time)
        switch try container.decode(Name.self, forKey: .type) {
        case .watching:
            kind = .watching(
                version: try container.decode(String.self, forKey: .version),
                heartbeatSeconds: try container.decode(Int.self, forKey: .heartbeatSeconds))
        case .poll: kind = .poll(try Poll(from: decoder))
        case .development: kind = .development(try Development(from: decoder))
        case .alert:
            kind = .alert(
                id: try container.decode(String.self, forKey: .id),
                alertType: try container.decode(String.self, forKey: .alertType),
                sinks: try container.decode([String].self, forKey: .sinks))
        case .delivery: kind = .delivery(try Delivery(from: decoder))
        case .polling: kind = .polling(paused: try container.decode(Bool.self, forKey: .paused))
        case .configuration:
            kind = .configuration(
                accepted: try container.decode(Bool.self, forKey: .accepted),
                detail: try container.decode(String.self, forKey: .detail))
        case .heartbeat: kind = .heartbeat
        case .missed: kind = .missed(count: try container.decode(Int.self, forKey: .count))
        case .end: kind = .end
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(time, forKey: .time)
        try container.encode(name, forKey: .type)
        switch kind {
        case .watching(let version, let heartbeatSeconds):
            try container.encode(version, forKey: .version)
            try container.encode(heartbeatSeconds, forKey: .heartbeatSeconds)
        case .poll(let poll): try poll.encode(to: encoder)
        case .development(let development): try development.encode(to: encoder)
        case .alert(let id, let alertType, let sinks):
            try container.encode(id, forKey: .id)
            try container.encode(alertType, forKey: .alertType)
            try container.encode(sinks, forKey: .sinks)
        case .delivery(let delivery): try delivery.encode(to: encoder)
        case .polling(let paused): try container.encode(paused, forKey: .paused)
        case .configuration(let accepted, let detail):
            try container.encode(accepted, forKey: .accepted)
            try container.encode(detail, forKey: .detail)
        case .missed(let count): try container.encode(count, forKey: .count)
        case .heartbeat, .end: break
        }
    }

    private var name: Name {
        switch kind {
        case .watching: .watching
        case .poll: .poll
        case .development: .development
        case .alert: .alert
        case .delivery: .delivery
        case .polling: .polling
        case .configuration: .configuration
        case .heartbeat: .heartbeat
        case .missed: .missed
        case .end: .end
        }
    }
}
