import ControlProtocol
import Foundation
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

    /// Indented blocks that are JSON, by the anchor above them.
    private func documented() throws -> [String: String] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/control.md")
        var blocks: [String: String] = [:]
        var name = "(none)"
        for paragraph in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n\n") {
            if let anchor = paragraph.firstMatch(of: /^<a name="([a-z-]+)"><\/a>$/) {
                name = String(anchor.1)
            }
            guard paragraph.hasPrefix("    {") || paragraph.hasPrefix("    [") else { continue }
            #expect(blocks[name] == nil, "two documents below the anchor \(name)")
            blocks[name] = paragraph
        }
        return blocks
    }

    private func encoded(_ document: some Encodable) throws -> String {
        String(decoding: try ControlCoding.encoder().encode(document), as: UTF8.self)
    }

    private func firstLine(_ arguments: String...) async -> String {
        let run = await CommandRun.newswatch(arguments)
        return run.output.split(separator: "\n").first.map(String.init) ?? ""
    }

    /// What the programs print, by the same names.
    private func printed() async throws -> [String: String] {
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
        return [
            "problem": try encoded(ProblemDocument(status: 404, title: "Not Found", detail: "no such thing")),
            "status": try encoded(Sample.status), "feeds": try encoded(Sample.feeds),
            "poll": try encoded(PollReceipt(requested: 1, deferred: [Sample.deferral])),
            "pause": try encoded(PauseDocument(paused: true)),
            "developments": try encoded(Sample.developments), "alerts": try encoded(Sample.alerts),
            "dispatch": try encoded(DispatchReceipt(id: "msg_t", sinks: ["desk"])),
            "explanation": try encoded(Sample.explanation),
            "doctor": await firstLine("doctor", "--json", "--config", folder.path + "/none.toml"),
            "db-check": await firstLine("db", "check", "--json", "--database", database),
            "parse": await firstLine("parse", "--jsonl", feed),
            "parse-error": await firstLine("parse", "--jsonl", folder.path + "/none.xml"),
            "parse-stats": await firstLine("parse", "--stats", feed),
            "backtest": await firstLine("backtest", items, "--jsonl", "--config-dir", folder.path),
            "fingerprint": await firstLine("fingerprint", items),
            "fingerprint-stats": await firstLine("fingerprint", items, "--stats"),
        ]
    }

    @Test func everyDocumentHasTheKeysThatArePrinted() async throws {
        let documented = try documented()
        let printed = try await printed()
        #expect(Set(documented.keys) == Set(printed.keys), "a document without a test, or without an anchor")
        for (name, json) in printed {
            let block = try #require(documented[name])
            let expected = try shape(json)
            let told = try shape(block)
            #expect(told == expected, "\(name): \(block)")
        }
    }
}
