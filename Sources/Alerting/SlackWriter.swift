import Fetching

/// A message to a Slack incoming webhook: a rich text block, whose texts Slack reads no markup in, and the same as
/// plain text for notifications and for clients without blocks.
///
/// Slack has no way to escape `*`, `_` and the like in mrkdwn, so that no text of a feed may stand there
/// (docs.slack.dev, "Formatting message text" and "Rich text block").
struct SlackWriter: MessageWriter {
    /// 4,000 characters of text are what Slack recommends at most; beyond 40,000 it cuts (chat.postMessage).
    static let maxCharacters = 4000

    let url: String

    func request(for message: AlertMessage) throws(AlertingError) -> HTTPRequest {
        try .json(Payload(message), to: url)
    }

    private struct Payload: Encodable {
        let text: String
        let blocks: [Block]
        let mrkdwn = false
        let unfurlLinks = false
        let unfurlMedia = false

        private enum CodingKeys: String, CodingKey {
            case text, blocks, mrkdwn
            case unfurlLinks = "unfurl_links"
            case unfurlMedia = "unfurl_media"
        }

        init(_ message: AlertMessage) {
            let room = maxCharacters - escaped(message.title).utf16.count
            let lines = message.lines(fitting: room) { plainLine($0).utf16.count + 1 }
            text = ([escaped(message.title)] + lines.map(plainLine)).joined(separator: "\n")
            let title = Element(text: message.title, isBold: true)
            let elements = lines.flatMap { [.text("\n")] + $0 }.map(Element.init)
            blocks = [Block(elements: [Section(elements: [title] + elements)])]
        }
    }

    private struct Block: Encodable {
        let type = "rich_text"
        let elements: [Section]
    }

    private struct Section: Encodable {
        let type = "rich_text_section"
        let elements: [Element]
    }

    private struct Element: Encodable {
        struct Style: Encodable {
            let bold = true
        }

        var type = "text"
        let text: String
        var url: String?
        var style: Style?

        init(text: String, isBold: Bool = false) {
            self.text = text
            style = isBold ? Style() : nil
        }

        init(_ span: AlertMessage.Span) {
            switch span {
            case .text(let text): self.init(text: text)
            case .link(let link):
                self.init(text: link.host)
                type = "link"
                url = link.url
            }
        }
    }

    private static func plainLine(_ line: AlertMessage.Line) -> String {
        escaped(line.map(\.plainText).joined())
    }

    /// The three characters that Slack acts on in every text: `<!channel>` and `<@U1>` stay what they are.
    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
