import Foundation
import Stories

/// One message to every sink: the document of the configuration contract, `{"id","type","timestamp","data"}`.
package struct Alert: Sendable, Equatable {
    /// What an alert says.
    package enum Content: Sendable, Equatable {
        /// `development.new`.
        case development(AlertedDevelopment)
        /// `development.updated`.
        case update(DevelopmentUpdate)
        /// `development.corrected`.
        case correction(DevelopmentCorrection)
        /// `digest`.
        case digest(AlertDigest)
        /// `feed.…`.
        case feed(FeedNotice)
        /// `service.…`.
        case service(ServiceNotice)
        /// `heartbeat`.
        case heartbeat(Heartbeat)
        /// `test`: one sentence.
        case test(message: String)
    }

    /// `msg_…`, the same on every retry and in every sink; a webhook's `webhook-id`.
    package var id: String
    /// When it was composed.
    package var timestamp: Date
    /// What it says.
    package var content: Content

    /// What it is about, from its content.
    package var type: AlertType {
        switch content {
        case .development: .developmentNew
        case .update: .developmentUpdated
        case .correction: .developmentCorrected
        case .digest: .digest
        case .feed(let notice): notice.event.alertType
        case .service(let notice): notice.subject.alertType
        case .heartbeat: .heartbeat
        case .test: .test
        }
    }

    /// All parts.
    package init(id: String, timestamp: Date, content: Content) {
        self.id = id
        self.timestamp = timestamp
        self.content = content
    }

    /// Ids of the developments that it tells of for the first time.
    package var developments: [DevelopmentID] {
        switch content {
        case .development(let development): [DevelopmentID(rawValue: development.id)]
        case .digest(let digest): digest.developments.map { DevelopmentID(rawValue: $0.id) }
        case .update, .correction, .feed, .service, .heartbeat, .test: []
        }
    }
}

extension Alert: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, type, timestamp, data
    }

    private struct TestData: Codable {
        var message: String
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(String.self, forKey: .id)
        timestamp = try container.decode(Date.self, forKey: .timestamp)
        let type = try container.decode(AlertType.self, forKey: .type)
        func data<Data: Decodable>(_: Data.Type = Data.self) throws -> Data {
            try container.decode(Data.self, forKey: .data)
        }
        content =
            switch type {
            case .developmentNew: .development(try data())
            case .developmentUpdated: .update(try data())
            case .developmentCorrected: .correction(try data())
            case .digest: .digest(try data())
            case .feedBroken, .feedRecovered, .feedGone, .feedMoved, .feedSilent: .feed(try data())
            case .serviceStorage, .serviceSink: .service(try data())
            case .heartbeat: .heartbeat(try data())
            case .test: .test(message: try data(TestData.self).message)
            }
        guard self.type == type else {
            throw DecodingError.dataCorruptedError(
                forKey: .type, in: container, debugDescription: "\(type.rawValue) is not what the data says")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(type, forKey: .type)
        try container.encode(timestamp, forKey: .timestamp)
        switch content {
        case .development(let development): try container.encode(development, forKey: .data)
        case .update(let update): try container.encode(update, forKey: .data)
        case .correction(let correction): try container.encode(correction, forKey: .data)
        case .digest(let digest): try container.encode(digest, forKey: .data)
        case .feed(let notice): try container.encode(notice, forKey: .data)
        case .service(let notice): try container.encode(notice, forKey: .data)
        case .heartbeat(let heartbeat): try container.encode(heartbeat, forKey: .data)
        case .test(let message): try container.encode(TestData(message: message), forKey: .data)
        }
    }
}
