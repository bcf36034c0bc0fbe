import Foundation
import LoopbackServer
import Synchronization

/// A folder with a configuration and its lists of feeds, and a web of pages and feeds on loopback that they come
/// from.
///
/// Owned by one test.
final class Desk {
    let folder: URL
    let server: LoopbackServer

    private static let feed = """
        <?xml version="1.0"?>
        <rss version="2.0"><channel><title>Harbour &amp; Courier\u{202E}</title>
        <link>https://harbour.example/</link><language>en</language><ttl>60</ttl>
        <item><title>Second</title><link>https://harbour.example/2</link><pubDate>Fri, 17 Nov 2023 20:28:00 GMT</pubDate></item>
        <item><title>Newest \u{1B}[31m</title><link>https://harbour.example/7</link><pubDate>Fri, 17 Nov 2023 21:28:00 GMT</pubDate></item>
        <item><title>Undated</title></item>
        </channel></rss>
        """

    private static let pages: [String: LoopbackAnswer] = [
        "/feed.xml": LoopbackAnswer(
            headers: [
                ("Content-Type", "application/rss+xml"), ("ETag", "\"v1\""),
                ("Last-Modified", "Fri, 17 Nov 2023 21:30:00 GMT"),
            ], text: feed),
        "/atom.xml": LoopbackAnswer(
            headers: [("Content-Type", "application/atom+xml"), ("Cache-Control", "max-age=7200")],
            text: """
                <feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title><entry><id>1</id><title>One</title>
                <updated>2023-11-17T20:28:00Z</updated></entry></feed>
                """),
        "/moved.xml": .redirect(301, to: "/feed.xml"), "/elsewhere.xml": .redirect(302, to: "/feed.xml"),
        "/one.html": page("<link rel=alternate type=application/rss+xml href=feed.xml>"),
        "/two.html": page(
            """
            <base href="/"><link rel="alternate" type="application/rss+xml" title="News\u{1B}[2J" href="feed.xml">
            <LINK TYPE="application/atom+xml" HREF="atom.xml" REL="home ALTERNATE">
            """),
        "/none.html": page("nothing"), "/broken": LoopbackAnswer(status: 503),
        "/gone": LoopbackAnswer(status: 410),
        "/cut.xml": LoopbackAnswer(text: feed, behaviour: .cut(after: 200)),
        "/half.xml": LoopbackAnswer(text: String(feed.prefix(400))),
    ]

    private static func page(_ head: String) -> LoopbackAnswer {
        LoopbackAnswer(
            headers: [("Content-Type", "text/html")],
            text: "<!doctype html><html><head>\(head)</head><body>x</body></html>")
    }

    /// Writes a configuration that names the lists; `more` is appended, `SITE` in it is the server's address.
    init(lists: [String] = ["feeds.opml"], more: String = "") throws {
        folder = try Repository.temporaryFolder("desk")
        server = try LoopbackServer { Self.pages[$0.path] ?? LoopbackAnswer(status: 404) }
        let names = lists.map { "\"\($0)\"" }.joined(separator: ", ")
        try write(
            "newswatchd.toml",
            """
            [database]
            path = "newswatch.db"
            [poll]
            allow_networks = ["127.0.0.0/8"]
            contact = "desk@harbour.example"
            [stories]
            lexicon = "\(Repository.etc.appending(path: "lexicon").path)"
            [feeds]
            opml = [\(names)]
            \(more)

            """)
    }

    deinit {
        // A folder left behind in the temporary directory harms no result.
        try? FileManager.default.removeItem(at: folder)
    }

    /// Writes a file; `SITE` in it is the server's address.
    func write(_ name: String, _ text: String) throws {
        try Data(text.replacing("SITE", with: server.url("")).utf8).write(to: folder.appending(path: name))
    }

    func text(_ name: String) throws -> String { masked(String(decoding: try bytes(name), as: UTF8.self)) }
    func bytes(_ name: String) throws -> Data { try Data(contentsOf: folder.appending(path: name)) }

    /// Runs `newswatch feeds …`. In the arguments `SITE` is the server's address and `DIR` the folder; in what is
    /// printed these two stand for them again, and `N` for how long it took.
    func feeds(_ arguments: String..., input: String? = nil) async throws -> RunningProgram.Result {
        let words = arguments.map {
            $0.replacing("SITE", with: server.url("")).replacing("DIR", with: folder.path)
        }
        var result = try await RunningProgram.run(
            "newswatch", ["feeds"] + words,
            environment: ["NEWSWATCH_CONFIG": folder.appending(path: "newswatchd.toml").path],
            input: input.map { folder.appending(path: $0) })
        result.standardOutput = masked(result.standardOutput)
        result.standardError = masked(result.standardError)
        return result
    }

    private func masked(_ text: String) -> String {
        text.replacing(server.url(""), with: "SITE").replacing(folder.path, with: "DIR")
            .replacing(/[0-9]+ ms/, with: "N ms").replacing(/"seconds":[-+.e0-9]+/, with: "\"seconds\":N")
    }

    /// Names in the folder, hidden ones too.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }
}
