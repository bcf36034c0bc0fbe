import ControlProtocol
import Foundation
import LoopbackServer
import Testing

/// Every JSON document in `docs/control.md` has exactly the keys of what is printed, at every depth.
@Suite struct DocumentedJSONTests {
    /// The keys of a document: those of an array's elements together, nothing of a value but that it is one.
    private indirect enum Shape: Equatable {
        case value
        case array(Shape?)
        case object([String: Shape])

        init(_ json: Any) {
            switch json {
            case let object as [String: Any]: self = .object(object.mapValues(Shape.init))
            case let array as [Any]:
                self = .array(array.map(Shape.init).reduce(nil as Shape?) { $0?.merged($1) ?? $1 })
            default: self = .value
            }
        }

        /// What either has: an unknown value is null, and an empty array tells nothing of its elements.
        func merged(_ other: Shape) -> Shape {
            switch (self, other) {
            case (.object(let left), .object(let right)):
                // Of elements that leave keys out, all keys count.
                .object(left.merging(right) { $0.merged($1) })
            case (.array(let left?), .array(let right?)): .array(left.merged(right))
            case (.array(nil), _), (.value, _): other
            case (_, _): self
            }
        }
    }

    private func shape(_ json: String) throws -> Shape {
        Shape(try JSONSerialization.jsonObject(with: Data(json.utf8)))
    }

    /// The paragraphs of `docs/control.md`, each with the anchor above it.
    private func paragraphs() throws -> [(anchor: String, text: String)] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/control.md")
        var name = "(none)"
        return try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n\n").map {
            paragraph in
            if let anchor = paragraph.firstMatch(of: /^<a name="([a-z-]+)"><\/a>$/) {
                name = String(anchor.1)
            }
            return (name, paragraph)
        }
    }

    /// Indented blocks that are JSON, by the anchor above them; several documents, each beginning a line, are
    /// several lines of a stream.
    private func documented() throws -> [String: [String]] {
        var blocks: [String: [String]] = [:]
        for (name, paragraph) in try paragraphs()
        where paragraph.hasPrefix("    {") || paragraph.hasPrefix("    [") {
            #expect(blocks[name] == nil, "two blocks below the anchor \(name)")
            var documents: [String] = []
            for line in paragraph.split(separator: "\n") {
                if line.hasPrefix("     "), !documents.isEmpty {
                    documents[documents.count - 1] += line
                } else {
                    documents.append(String(line))
                }
            }
            blocks[name] = documents
        }
        return blocks
    }

    /// The words in code of a table's row, the first cell's apart.
    private func rows(below anchor: String) throws -> [String: Set<String>] {
        let table = try #require(
            try paragraphs().first { $0.anchor == anchor && $0.text.hasPrefix("| `type`") })
        var rows: [String: Set<String>] = [:]
        for line in table.text.split(separator: "\n").dropFirst(2) {
            let cells = line.split(separator: "|")
            // What stands in parentheses are values.
            let keys = (cells.last ?? "").replacing(/\([^)]*\)/, with: "").matches(of: /`([a-z_]+)`/)
            let type = try #require(cells.first?.firstMatch(of: /`([a-z_]+)`/))
            rows[String(type.1)] = Set(keys.map { String($0.1) })
        }
        return rows
    }

    private func encoded(_ document: some Encodable) throws -> String {
        String(decoding: try ControlCoding.encoder().encode(document), as: UTF8.self)
    }

    private func lines(_ arguments: [String]) async -> [String] {
        await CommandRun.newswatch(arguments).output.split(separator: "\n").map(String.init)
    }

    private func firstLine(_ arguments: String...) async -> String {
        await lines(arguments).first ?? ""
    }

    /// What the programs print, by the same names.
    private func printed() async throws -> [String: [String]] {
        let folder = try ConfigurationFolder()
        defer { folder.folder.remove() }
        let feed = try folder.write(
            "feed.xml",
            """
            <rss version="2.0"><channel><title>Desk</title><link>https://desk.example/</link>
            <item><guid>g1</guid><title>One</title><link>https://desk.example/1</link>
            <pubDate>Fri, 17 Nov 2023 20:28:00 GMT</pubDate><description>First.</description></item></channel></rss>
            """)
        let items = try folder.write(
            "items.jsonl", #"{"id":"1","title":"Acme fires chief","text":"Gone."}"# + "\n")
        let database = try StoredEntry.database(in: folder.folder)
        let export = await lines(["db", "export", "--database", database])
        let documents = [
            "problem": try encoded(ProblemDocument(status: 404, title: "Not Found", detail: "no such thing")),
            "status": try encoded(Sample.status), "feeds": try encoded(Sample.feeds),
            "poll": try encoded(PollReceipt(requested: 1, deferred: [Sample.deferral])),
            "pause": try encoded(PauseDocument(paused: true)),
            "developments": try encoded(Sample.developments), "alerts": try encoded(Sample.alerts),
            "reload": try encoded(Sample.reload), "events": try encoded(Sample.events[5]),
            "ruling": try encoded(
                RulingReceipt(development: "dev_1", opened: "dev_2", alerts: ["msg_1", "msg_2"])),
            "dispatch": try encoded(DispatchReceipt(id: "msg_t", sinks: ["desk"])),
            "explanation": try encoded(Sample.explanation),
            "doctor": await firstLine("doctor", "--json", "--config", folder.path + "/none.toml"),
            "db-prune": try encoded(PruneDocument(before: Sample.noon, entries: 1, alerts: 1)),
            "db-check": await firstLine("db", "check", "--json", "--database", database),
            "parse": await firstLine("parse", "--jsonl", feed),
            "parse-error": await firstLine("parse", "--jsonl", folder.path + "/none.xml"),
            "parse-stats": await firstLine("parse", "--stats", feed),
            "backtest": await firstLine("backtest", items, "--jsonl", "--config-dir", folder.path),
            "fingerprint": await firstLine("fingerprint", items),
            "fingerprint-stats": await firstLine("fingerprint", items, "--stats"),
        ]
        return documents.mapValues { [$0] }.merging(["export": export.filter { !$0.contains("\"decision\"") }]
        ) {
            first, _ in first
        }
    }

    /// What the verbs of `feeds` print: a list is taken in, a feed with a fault is tried, added and removed.
    private func printedOfFeeds() async throws -> [String: [String]] {
        let folder = TemporaryFolder()
        defer { folder.remove() }
        let server = try LoopbackServer { _ in
            LoopbackAnswer(
                text: """
                    <rss version="2.0"><channel><title>Desk</title><item><title>One</title><pubDate>soon</pubDate>
                    <link>https://desk.example/1</link></item></channel></rss>
                    """)
        }
        let configuration = try folder.write(
            "newswatchd.toml",
            "[poll]\nallow_networks = [\"127.0.0.0/8\"]\n[feeds]\nopml = [\"feeds.opml\"]\n")
        let list = try folder.write(
            "other.opml",
            """
            <opml version="2.0"><body><outline text="News"><outline text="A" xmlUrl="https://a.example/"/></outline>
            </body></opml>
            """)
        let feed = server.url("/feed.xml")
        var printed: [String: [String]] = [:]
        for (verb, argument) in [
            ("import", list), ("list", nil), ("add", feed), ("test", feed), ("remove", feed),
        ] {
            printed["feeds-\(verb)"] = await lines(
                ["feeds", verb] + [argument].compactMap { $0 } + ["--json", "--config", configuration])
        }
        return printed
    }

    @Test func everyDocumentHasTheKeysThatArePrinted() async throws {
        let documented = try documented()
        let printed = try await printed().merging(printedOfFeeds()) { first, _ in first }
        #expect(Set(documented.keys) == Set(printed.keys), "a document without a test, or without an anchor")
        for (name, lines) in printed {
            let block = try #require(documented[name])
            #expect(try block.map(shape) == lines.map(shape), "\(name): \(block)")
        }
    }

    @Test func everyEventHasTheKeysOfItsRow() throws {
        var printed: [String: Set<String>] = [:]
        for event in Sample.events {
            let keys = try keys(encoded(event))
            printed[try #require(keys.type)] = keys.others.subtracting(["time"])
        }
        #expect(try rows(below: "events") == printed)
    }

    private func keys(_ json: String) throws -> (type: String?, others: Set<String>) {
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] ?? [:]
        return (object["type"] as? String, Set(object.keys).subtracting(["type"]))
    }
}
