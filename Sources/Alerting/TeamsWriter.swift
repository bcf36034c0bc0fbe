import Fetching

/// A message to a Microsoft Teams workflow ("when a Teams webhook request is received"): an Adaptive Card of text runs,
/// in which no Markdown is read (adaptivecards.io, `TextRun`).
struct TeamsWriter: MessageWriter {
    /// 10,000 bytes of text and addresses: a message may have 28 KB, JSON at most doubles them, and the rest is the
    /// card's own words (learn.microsoft.com, "Limits and specifications for Microsoft Teams").
    static let maxBytes = 10_000

    let url: String

    func request(for message: AlertMessage) throws(AlertingError) -> HTTPRequest {
        try .json(Payload(summary: message.title, attachments: [Attachment(content: Card(message))]), to: url)
    }

    private struct Payload: Encodable {
        let type = "message"
        /// What a notification shows.
        let summary: String
        let attachments: [Attachment]
    }

    private struct Attachment: Encodable {
        let contentType = "application/vnd.microsoft.card.adaptive"
        let content: Card
    }

    private struct Card: Encodable {
        let schema = "http://adaptivecards.io/schemas/adaptive-card.json"
        let type = "AdaptiveCard"
        let version = "1.4"
        let body: [Block]

        private enum CodingKeys: String, CodingKey {
            case schema = "$schema"
            case type, version, body
        }

        init(_ message: AlertMessage) {
            let room = maxBytes - 2 * message.title.utf8.count
            let lines = message.lines(fitting: room) { line in
                line.reduce(0) { $0 + $1.plainText.utf8.count }
            }
            let title = Block(inlines: [Run(text: message.title, weight: "Bolder")], spacing: nil)
            body = [title] + lines.map { Block(inlines: $0.map(Run.init), spacing: "Small") }
        }
    }

    private struct Block: Encodable {
        let type = "RichTextBlock"
        let inlines: [Run]
        let spacing: String?
    }

    private struct Run: Encodable {
        struct OpenURL: Encodable {
            let type = "Action.OpenUrl"
            let url: String
        }

        let type = "TextRun"
        let text: String
        var weight: String?
        var selectAction: OpenURL?

        init(text: String, weight: String? = nil) {
            self.text = text
            self.weight = weight
        }

        init(_ span: AlertMessage.Span) {
            switch span {
            case .text(let text): self.init(text: text)
            case .link(let link):
                self.init(text: link.host)
                selectAction = OpenURL(url: link.url)
            }
        }
    }
}
