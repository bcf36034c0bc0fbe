import Fetching

/// A message to an ntfy topic, published as JSON (docs.ntfy.sh/publish). ntfy shows it as it is, without markup.
struct NtfyWriter: MessageWriter {
    /// 4,096 bytes of title and message: what is longer arrives as an attached file (docs.ntfy.sh/config,
    /// `message-size-limit`).
    static let maxBytes = 4096
    /// A topic is 1 to 64 of these.
    private static let topicCharacters = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private let server: String
    private let topic: String
    private let token: BearerToken?

    /// `url` is the topic's, for example `https://ntfy.sh/harbour`.
    init(url: String, token: BearerToken?) throws(AlertingError) {
        guard let address = PlaceAddress(url), (1...64).contains(address.place.utf8.count),
            address.place.utf8.allSatisfy(Self.topicCharacters.contains)
        else {
            throw AlertingError(
                code: .address, message: "must end with a topic, such as https://ntfy.sh/harbour")
        }
        server = address.server
        topic = address.place
        self.token = token
    }

    func request(for message: AlertMessage) throws(AlertingError) -> HTTPRequest {
        try .json(Payload(message, topic: topic), to: server + "/", token: token)
    }

    private struct Payload: Encodable {
        let topic: String
        let title: String
        let message: String
        let click: String?
        let priority: Int

        init(_ message: AlertMessage, topic: String) {
            self.topic = topic
            title = message.title
            let room = maxBytes - message.title.utf8.count
            self.message = message.lines(fitting: room) { plainLine($0).utf8.count + 1 }
                .map(plainLine).joined(separator: "\n")
            click = message.link?.url
            priority =
                switch message.urgency {
                case .low: 2
                case .normal: 3
                case .high: 4
                }
        }
    }

    private static func plainLine(_ line: AlertMessage.Line) -> String {
        line.map(\.plainText).joined()
    }
}
