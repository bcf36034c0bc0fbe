import ArgumentParser
import ControlProtocol
import Foundation
import Normalization
import Shingling

/// `newswatch fingerprint`.
struct FingerprintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fingerprint",
        abstract: "Finds copies among texts, and how fast that is.",
        discussion: """
            Items are JSON objects, one per line: {"id","text"}. Each one is compared with all before it: \
            shingles, MinHash, LSH, and a confirmation by true containment. A copy shares at least half of the \
            shorter text.

            Examples:
              newswatch fingerprint items.jsonl
              newswatch fingerprint items.jsonl --stats
            """)

    @Argument(
        help: ArgumentHelp("The texts, JSON Lines; - reads stdin.", valueName: "items"),
        completion: .file(extensions: ["jsonl"]))
    var items: String

    @Flag(name: .long, help: "Print one JSON object of totals only; one core is used.")
    var stats = false

    /// What texts that are worth comparing have at least: so many are made room for.
    private static let fewestBytes = 512
    /// Room is made for no more than these, which is 1.2 GiB.
    private static let mostExpected = 1 << 20

    /// Texts compared in one go with `--stats`: between two lines of JSON every cache would be cold.
    private static let timedAtOnce = 8192

    func run() async throws {
        let console = Console.current
        let data = try InputFile.read(items)
        var run = FingerprintRun(capacity: min(data.count / Self.fewestBytes, Self.mostExpected))
        var faults = 0
        var batch: [FingerprintRun.Item] = []
        for line in JSONLines(data) {
            do {
                let item = try line.decode(FingerprintRun.Item.self)
                if stats {
                    batch.append(item)
                    if batch.count == Self.timedAtOnce { run.measure(&batch) }
                } else {
                    try console.print(json: run.add(item))
                }
            } catch let error as DecodingError {
                faults += 1
                console.note("\(items):\(line.number): \(DecodingReason.sentence(error))")
            }
        }
        if stats {
            run.measure(&batch)
            try console.print(json: run.totals)
        }
        if faults > 0 { throw CommandFailure(.badData) }
    }
}
