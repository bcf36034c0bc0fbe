import Foundation

@testable import Alerting

/// What a feed may write to make a receiver do something. Each is a title, an outlet's name, and an address.
struct HostileText: Sendable {
    var name: String
    var title: String
    var outlet = "example.org"
    var url: String? = "https://example.org/a"

    static let all = [
        HostileText(name: "pings of a whole channel", title: "@everyone @here @channel @room look"),
        HostileText(
            name: "mentions as Slack writes them", title: "<!channel> <@U024BE7LH> <#C024BE7LR|desk>"),
        HostileText(
            name: "mentions, times and emoji as Discord writes them",
            title: "<@80351110224678912> <@&165511591545143296> <#1> <t:0:R> <a:x:1> :skull:"),
        HostileText(
            name: "a mention as Teams writes it",
            title: "<at>General</at> {{DATE(2024-01-01T00:00:00Z)}} ${x}"),
        HostileText(
            name: "links in every markup",
            title:
                "[bank](https://evil.example) <https://evil.example|bank> <a href='//evil.example'>bank</a>"),
        HostileText(name: "a bare address", title: "Sign in at https://evil.example/bank now"),
        HostileText(
            name: "the marks of Markdown",
            title: "# a *b* **c** _d_ __e__ ~f~ ~~g~~ `h` ```i``` ||j|| > k - l 1. m \\n | o"),
        HostileText(
            name: "a forged second message", title: "a\r\n\n*newswatch*: all is well\n> dev_forged high"),
        HostileText(
            name: "characters that turn or hide text",
            title: "a\u{202E}b\u{2066}c\u{200B}d\u{FEFF}e\u{AD}f\u{E0041}g\u{200F}h"),
        HostileText(
            name: "control sequences of terminals", title: "\u{1B}[2J\u{1B}]0;x\u{7}\u{9B}31mred\u{0}"),
        HostileText(
            name: "HTML", title: "</strong><script>alert(1)</script><img src=x onerror=\"a('b')\"> &lt; &#60;"
        ),
        HostileText(name: "the marks of JSON", title: #"","text":"x"}],"a":{"b":"\u0040everyone\"#),
        HostileText(
            name: "the separator of text lines",
            title: "a · evil.example (en) · https://evil.example/ · dev_x high"),
        HostileText(
            name: "an address that is a script", title: "a", url: "javascript:alert(document.cookie)"),
        HostileText(
            name: "an address with a host before it", title: "a", url: "https://example.org@evil.example/"),
        HostileText(name: "a host that looks like another", title: "a", url: "https://ex\u{430}mple.org/a"),
        HostileText(
            name: "an address that breaks out of markup", title: "a",
            url: "https://example.org/)](https://evil.example)|x><b>\"'*`\u{202E}\n@everyone"),
        HostileText(
            name: "an outlet that is called like another", title: "a",
            outlet: "bank.example\n <!here> [x](y)",
            url: "https://evil.example/a"),
        HostileText(name: "no title and no address", title: "", url: nil),
        HostileText(
            name: "marks without end on one letter", title: "a" + String(repeating: "\u{301}", count: 50_000)),
        HostileText(name: "a title without end", title: String(repeating: "<&*", count: 50_000)),
    ]

    func alert() throws -> Alert {
        var item = Samples.item()
        item.title = title
        item.outlet = outlet
        item.url = url
        return try Samples.alert(item: item, opening: Samples.opening(headline: title))
    }
}
