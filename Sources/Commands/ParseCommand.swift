import ArgumentParser
import ControlProtocol
import Feeds
import Foundation

/// `newswatch parse`.
struct ParseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Shows what the daemon would see in feed files.",
        discussion: """
            Reads RSS, Atom, RDF and JSON feeds as tolerantly as the daemon does. A file that is no feed gives \
            an "error"; the others are still read, and the exit code is 65.

            Examples:
              newswatch parse feed.xml
              newswatch parse feed.xml --jsonl | jq -r '.entries[].title'
              curl -s https://example.org/feed.xml | newswatch parse -
              newswatch parse archive/*.xml --stats
            """)

    @Argument(help: ArgumentHelp("Feed files; - reads stdin.", valueName: "file"), completion: .file())
    var files: [String]

    @Flag(name: .long, help: "Print one JSON object per file.")
    var jsonl = false

    @Flag(name: .long, help: "Print one JSON object of totals; every entry is read.")
    var stats = false

    @OptionGroup var time: TimeOption

    func validate() throws {
        if jsonl, stats { throw ValidationError("--jsonl and --stats exclude each other.") }
    }

    func run() async throws {
        let console = Console.current
        var totals = Totals()
        var unusable = 0
        let clock = ContinuousClock()
        let start = clock.now
        for path in files {
            let parsed: ParsedFeed
            do throws(CommandFailure) {
                parsed = try stats ? Self.counted(path, into: &totals) : Self.parsed(path)
            } catch {
                unusable += 1
                try report(error, path, console)
                continue
            }
            totals.files += 1
            totals.entries += parsed.entries.count
            if let error = parsed.error {
                unusable += 1
                console.note("\(path): \(error)")
            }
            if jsonl {
                try console.print(json: ParsedFeedDocument(path: path, parsed: parsed))
            } else if !stats, parsed.error == nil {
                for line in ParsedFeedText.lines(
                    path: path, parsed, minute: { time.minute($0, console) })
                {
                    try console.print(line)
                }
            }
        }
        if stats {
            totals.seconds = (clock.now - start) / .seconds(1)
            try console.print(json: totals)
        }
        if unusable > 0 { throw CommandFailure(.badData) }
    }

    /// Above the largest document that the daemon would read; what is cut is the parser's decision.
    private static let maximumBytes = 256 << 20

    /// Reads a document as it would arrive, so that what is no field costs nothing but its bytes.
    private static func parsed(_ path: String) throws(CommandFailure) -> ParsedFeed {
        var parser = FeedParser(limits: .ownFile)
        var entries: [Entry] = []
        try InputFile.readPieces(path, maximumBytes: maximumBytes) { piece in
            entries += parser.consume(piece)
        }
        var parsed = parser.finish()
        parsed.entries = entries + parsed.entries
        return parsed
    }

    /// The same, but lets the entries go: keeping them costs more than parsing.
    private static func counted(_ path: String, into totals: inout Totals) throws(CommandFailure)
        -> ParsedFeed
    {
        var parser = FeedParser(limits: .ownFile)
        try InputFile.readPieces(path, maximumBytes: maximumBytes) { piece in
            totals.bytes += piece.count
            totals.entries += parser.consume(piece).count
        }
        return parser.finish()
    }

    private func report(_ failure: CommandFailure, _ path: String, _ console: Console) throws {
        for line in failure.lines { console.note(line) }
        if jsonl {
            let reason = failure.lines.first?.replacing("newswatch: \(path): ", with: "")
            try console.print(json: ParsedFeedDocument(path: path, error: reason ?? "cannot be read"))
        }
    }

    /// What `--stats` prints.
    private struct Totals: Encodable {
        var files = 0
        var entries = 0
        var bytes = 0
        var seconds = 0.0
    }
}
