import ArgumentParser
import ControlProtocol
import Feeds
import Settings

/// `newswatch feeds export`.
struct FeedsExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes every configured feed as one list (OPML 2.0).",
        discussion: """
            The first list as it is, byte for byte, with what the other lists and the configuration's [[feed]] \
            tables add. Passwords, headers and intervals stay behind.

            Examples:
              newswatch feeds export > feeds.opml
              newswatch feeds export feeds-2024.opml
            """)

    @Argument(
        help: ArgumentHelp("The file to write, which must not exist. (default: stdout)", valueName: "file"))
    var file: String?

    @OptionGroup var option: ConfigurationOption

    func validate() throws {
        if file?.isEmpty == true { throw ValidationError("The file is empty: name the file to write.") }
    }

    func run() async throws {
        let console = Console.current
        let configuration = try FeedLists(option, console).read()
        let bytes = try Self.list(of: configuration)
        guard let file else { return try console.standardOutput.add(bytes) }
        try ReplaceableFile(file).create(bytes)
        let count = Quantity.phrase(configuration.feeds.count, "feed", "feeds")
        try console.print(PrintableText.line("\(file): \(count)"))
    }

    private static func list(of configuration: NewswatchConfiguration) throws -> [UInt8] {
        let lists = configuration.feedLists
        let own = configuration.feeds.filter { feed in
            configuration.feedOrigins[feed.url].map { !lists.contains($0.file) } ?? false
        }
        var contents: [(path: String, bytes: [UInt8])] = []
        for path in lists {
            contents.append((path, [UInt8](try InputFile.read(path, maximumBytes: TextFile.maxListBytes))))
        }
        if contents.count == 1, own.isEmpty { return contents[0].bytes }
        var whole: OPMLDocument?
        for (path, bytes) in contents {
            let list = try FeedLists.document(bytes, path)
            try FeedLists.telling(path) { () throws(OPMLError) in
                if whole == nil { whole = list } else { try whole?.append(bodyOf: list) }
            }
        }
        return try FeedLists.telling(lists.first ?? "newswatch") { () throws(OPMLError) in
            var list = if let whole { whole } else { try OPMLDocument.empty(title: "newswatch") }
            for feed in own { try list.add(.init(xmlURL: feed.url, title: feed.name)) }
            return list.bytes
        }
    }
}
