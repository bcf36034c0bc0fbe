import Fetching

/// A message to a Discord webhook: one embed, no mentions
/// (discord.com/developers/docs, "Execute Webhook", "Embed limits" and "Allowed mentions").
struct DiscordWriter: MessageWriter {
    /// 256 characters of an embed's title.
    static let maxTitleCharacters = 256
    /// 4,096 characters of an embed's description.
    static let maxDescriptionCharacters = 4096

    let url: String

    func request(for message: AlertMessage) throws(AlertingError) -> HTTPRequest {
        try .json(Payload(embeds: [Embed(message)]), to: url)
    }

    private struct Payload: Encodable {
        /// Nobody is pinged, whatever a text says.
        struct AllowedMentions: Encodable {
            let parse: [String] = []
        }

        let embeds: [Embed]
        let allowedMentions = AllowedMentions()

        private enum CodingKeys: String, CodingKey {
            case embeds
            case allowedMentions = "allowed_mentions"
        }
    }

    private struct Embed: Encodable {
        let title: String
        let description: String
        let color: Int

        init(_ message: AlertMessage) {
            title = escaped(
                LineText.cut(message.title, to: maxTitleCharacters) { escaped(String($0)).utf16.count })
            description =
                message.lines(fitting: maxDescriptionCharacters) { markdown($0).utf16.count + 1 }
                .map(markdown).joined(separator: "\n")
            color =
                switch message.urgency {
                case .low: 0x8A_93A0
                case .normal: 0x2F_6FB5
                case .high: 0xC2_3B22
                }
        }
    }

    private static func markdown(_ line: AlertMessage.Line) -> String {
        line.map { span in
            switch span {
            case .text(let text): escaped(text)
            case .link(let link): "[\(escaped(link.host))](\(link.url))"
            }
        }.joined()
    }

    /// What Discord's Markdown, its mentions, emoji and timestamps are made of, and the colon, without which it makes
    /// no link of an address.
    private static let active = Set("\\*_~`|>#-+[]()<@:")

    private static func escaped(_ text: String) -> String {
        String(text.flatMap { active.contains($0) ? ["\\", $0] : [$0] })
    }
}
