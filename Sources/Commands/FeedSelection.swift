import ControlProtocol
import Settings

/// The feeds that a user means by an address or a name.
enum FeedSelection {
    /// `feed://example.org/rss` and `feed:https://example.org/rss`, which browsers hand out, as http and https;
    /// anything else as it is, without white space at its ends.
    static func address(_ text: String) -> String {
        let text = String(text.drop(while: \.isWhitespace))
        let trimmed = String(text.reversed().drop(while: \.isWhitespace).reversed())
        let lowered = trimmed.lowercased()
        if lowered.hasPrefix("feed://") { return "http://" + trimmed.dropFirst(7) }
        if lowered.hasPrefix("feed:http://") || lowered.hasPrefix("feed:https://") {
            return String(trimmed.dropFirst(5))
        }
        return trimmed
    }

    /// The configured feed of that address or name; nil when there is none. Throws a ``CommandFailure`` that lists
    /// them when several have the name.
    static func feed(
        _ wanted: String, in configuration: NewswatchConfiguration
    ) throws(CommandFailure) -> ConfiguredFeed? {
        let key = WebAddress.key(of: address(wanted))
        if let feed = configuration.feeds.first(where: { WebAddress.key(of: $0.url) == key }) { return feed }
        let named = configuration.feeds.filter { $0.name == wanted }
        guard named.count > 1 else { return named.first }
        throw CommandFailure(
            .badData,
            lines: [
                "newswatch: several feeds are called “\(PrintableText.line(wanted))”; name one by its address:"
            ]
                + named.map { "  \($0.url)" })
    }

    /// Why nothing was found.
    static func unknown(_ wanted: String, in configuration: NewswatchConfiguration) -> CommandFailure {
        let wanted = PrintableText.line(wanted)
        let near = configuration.feeds.first {
            ($0.name ?? $0.url).localizedCaseInsensitiveContains(wanted)
        }
        let hint = near.map { "did you mean “\(PrintableText.line($0.name ?? $0.url))”?" }
        return CommandFailure(
            .badData,
            "no feed “\(wanted)” is configured; \(hint ?? "`newswatch feeds list` shows them")")
    }
}
