import Commands
import Foundation
import LoopbackServer
import Synchronization
import Testing

/// What is asked on a terminal when a page names several feeds; the rest is tested from outside (EndToEndTests).
@Suite struct FeedsAddCommandTests {
    private static let page = """
        <link rel=alternate type=application/rss+xml href=/a><link rel=alternate type=application/rss+xml href=/b>
        """

    /// A terminal at which these lines are typed.
    private func terminal(_ lines: String...) -> InputChannel {
        let rest = Rest(lines)
        return InputChannel(isTerminal: true, readLine: { rest.next() }, readAll: { _ in Data() })
    }

    private final class Rest: Sendable {
        private let lines: Mutex<[String]>
        init(_ lines: [String]) { self.lines = Mutex(lines) }
        func next() -> String? { lines.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
    }

    private func add(_ input: InputChannel) async throws -> (run: CommandRun, list: String?, site: String) {
        let server = try LoopbackServer { request in
            LoopbackAnswer(
                text: request.path == "/"
                    ? Self.page : "<rss version='2.0'><channel><title>\(request.path)</title></channel></rss>"
            )
        }
        let folder = try ConfigurationFolder()
        defer { folder.folder.remove() }
        let path = try folder.write(
            "newswatchd.toml",
            """
            [poll]
            allow_networks = ["127.0.0.0/8"]
            [stories]
            lexicon = "lexicon"
            [feeds]
            opml = ["feeds.opml"]
            """)
        let run = await CommandRun.newswatch(
            ["feeds", "add", server.url("/"), "--config", path], input: input)
        let file = URL(fileURLWithPath: folder.path).appending(path: "feeds.opml")
        let list =
            FileManager.default.fileExists(atPath: file.path)
            ? try String(contentsOf: file, encoding: .utf8) : nil
        return (run, list, server.url(""))
    }

    @Test func theFeedOfTheNumberIsAdded() async throws {
        let (run, list, site) = try await add(terminal(" 2 "))
        #expect(run.code == 0)
        #expect(
            run.errors == """
                \(site)/ names 2 feeds:
                  1  \(site)/a
                  2  \(site)/b
                Which one (1 to 2)? Anything else adds nothing.

                """)
        #expect(run.output.hasPrefix("/b: rss-2.0, 0 entries\n\(site)/b added to "))
        #expect(list?.contains("xmlUrl=\"\(site)/b\"") == true)
        #expect(list?.contains("xmlUrl=\"\(site)/a\"") == false)
    }

    @Test(arguments: ["", "0", "3", "-1", "both", "99999999999999999999"])
    func anythingElseAddsNothing(_ answer: String) async throws {
        let (run, list, _) = try await add(terminal(answer))
        #expect(run.code == 65)
        #expect(run.output == "")
        #expect(run.errors.hasSuffix("newswatch: nothing was added\n"))
        #expect(list == nil)
    }

    @Test func theEndOfTheInputAddsNothing() async throws {
        let (run, list, _) = try await add(terminal())
        #expect(run.code == 65)
        #expect(list == nil)
    }
}
