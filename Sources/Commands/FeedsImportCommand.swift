import ArgumentParser
import ControlProtocol
import Feeds
import Settings

/// `newswatch feeds import`.
struct FeedsImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes another program's list of feeds in (OPML).",
        discussion: """
            Groups, comments and attributes are kept as they are. Feeds that are configured already are left out, \
            and so are addresses that cannot be used; these are told as FILE:LINE:COLUMN, and the exit code is 65. \
            A list that is empty so far becomes the imported file, byte for byte.

            Examples:
              newswatch feeds import subscriptions.opml
              curl -s https://example.org/blogroll.opml | newswatch feeds import -
            """)

    @Argument(help: ArgumentHelp("The list to import; - reads stdin.", valueName: "file"))
    var file: String

    @OptionGroup var option: ConfigurationOption

    @Flag(name: .long, help: "Print one JSON document instead of text.")
    var json = false

    func run() async throws {
        let console = Console.current
        let lists = FeedLists(option, console)
        let list = try lists.first(of: lists.read(.fileIfAny))
        let imported = try FeedLists.document(
            [UInt8](try InputFile.read(file, maximumBytes: TextFile.maxListBytes)), file)
        var outcome = Outcome(list: list)
        var faults: [String] = []
        try lists.changeFirst(list) { document, configuration in
            try FeedLists.telling(file) { () throws(OPMLError) in
                try merge(imported, into: document, configuration, &outcome, &faults)
            }
        }
        for fault in faults { console.note(fault) }
        if json {
            try console.print(json: outcome)
        } else {
            try report(outcome, console)
        }
        if !faults.isEmpty { throw CommandFailure(.badData) }
    }

    /// What is to stand in the first list; nil when nothing is new.
    private func merge(
        _ imported: OPMLDocument, into document: OPMLDocument?, _ configuration: NewswatchConfiguration,
        _ outcome: inout Outcome, _ faults: inout [String]
    ) throws(OPMLError) -> OPMLDocument? {
        let known = Set(configuration.feeds.map { WebAddress.key(of: $0.url) })
        var new: Set<String> = []
        var present: Set<String> = []
        for feed in imported.feeds {
            if let wrong = WebAddress.fault(in: feed.xmlURL) {
                let url = WebAddress.withoutCredentials(feed.xmlURL)
                faults.append(
                    PrintableText.line("\(file):\(feed.line):\(feed.column): xmlUrl \"\(url)\" \(wrong)"))
                continue
            }
            let key = WebAddress.key(of: feed.xmlURL)
            if known.contains(key) { present.insert(key) } else { new.insert(key) }
        }
        (outcome.added, outcome.alreadyThere, outcome.leftOut) = (new.count, present.count, faults.count)
        guard !new.isEmpty else { return nil }
        var imported = imported
        try imported.remove(pruning: true) {
            WebAddress.fault(in: $0.xmlURL) != nil || known.contains(WebAddress.key(of: $0.xmlURL))
        }
        guard var document, !document.isEmpty else { return imported }
        try document.append(bodyOf: imported)
        return document
    }

    private func report(_ outcome: Outcome, _ console: Console) throws {
        let added = Quantity.phrase(outcome.added, "feed", "feeds")
        let rest = [(outcome.alreadyThere, "configured already"), (outcome.leftOut, "left out")]
            .filter { $0.0 > 0 }.map { ", \($0.0) \($0.1)" }
        try console.print(PrintableText.line("\(file): \(added) added to \(outcome.list)\(rest.joined())"))
        if outcome.added > 0 { try console.print(FeedLists.reloadHint) }
    }

    /// What `--json` prints. A feed in several groups counts once.
    private struct Outcome: Encodable {
        var added = 0
        var alreadyThere = 0
        var leftOut = 0
        var list: String

        enum CodingKeys: String, CodingKey {
            case added, list
            case alreadyThere = "already_there"
            case leftOut = "left_out"
        }
    }
}
