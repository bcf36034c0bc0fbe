import ArgumentParser
import ControlProtocol
import Daemon
import Feeds
import Foundation
import Settings

/// `newswatch feeds add`.
struct FeedsAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Adds a feed, or a feed that a page names.",
        discussion: """
            The address is asked once. A feed is shown and added, under its new address if it has moved for good. \
            The feeds of a page (link rel="alternate") are shown; of several you are asked which one, --first takes \
            the first, and without a terminal nothing is added and the exit code is 65. A feed that is configured \
            already is left as it is.

            Examples:
              newswatch feeds add https://example.org/feed.xml --group News
              newswatch feeds add https://example.org/ --first
              newswatch feeds add feed://example.org/rss --name 'Example News'
            """)

    @Argument(help: ArgumentHelp("Address of a feed or of a page.", valueName: "url"))
    var url: String

    @Option(name: .long, help: "Name for people. (default: the feed's title)")
    var name: String?

    @Option(name: .long, help: "The group to add it to, made if there is none of that name.")
    var group: String?

    @Flag(name: .long, help: "Of several feeds of a page, take the first.")
    var first = false

    @OptionGroup var time: TimeOption
    @OptionGroup var option: ConfigurationOption

    @Flag(name: .long, help: "Print one JSON document instead of text.")
    var json = false

    func validate() throws {
        let address = FeedSelection.address(url)
        if let wrong = WebAddress.fault(in: address) {
            throw ValidationError("“\(WebAddress.withoutCredentials(address))” \(wrong).")
        }
        for (name, value) in [("--name", name), ("--group", group)] {
            if let value, PrintableText.line(value).isEmpty { throw ValidationError("\(name) is empty.") }
        }
    }

    func run() async throws {
        let console = Console.current
        let lists = FeedLists(option, console)
        let configuration = try lists.read(.fileIfAny)
        let list = try lists.first(of: configuration)
        var address = FeedSelection.address(url)
        if let present = present(address, configuration) { return try report(present, console) }
        var trial = try await ask(address, configuration, console)
        let links = FeedProbe.links(in: trial)
        if !links.isEmpty {
            address = try choose(links, configuration, console).url
            if let present = present(address, configuration) { return try report(present, console) }
            trial = try await ask(address, configuration, console)
        }
        if let failure = trial.failure {
            let hint = trial.parsed?.error == nil ? "" : ", and no page that names one"
            throw CommandFailure(
                FeedProbe.exitCode(of: trial),
                "\(WebAddress.withoutCredentials(address)): \(PrintableText.line(failure))\(hint)")
        }
        try report(try add(address, trial, to: list, of: lists), console)
    }

    private func ask(
        _ address: String, _ configuration: NewswatchConfiguration, _ console: Console
    ) async throws -> FeedTrial {
        try await FeedProbe.ask(ConfiguredFeed(url: address), configuration, console)
    }

    // MARK: Which one

    /// The feed that the user wants of several. Throws a ``CommandFailure`` when it cannot be known.
    private func choose(
        _ links: [FeedLink], _ configuration: NewswatchConfiguration, _ console: Console
    ) throws -> FeedLink {
        let page = PrintableText.line(url)
        console.note("\(page) names \(Quantity.phrase(links.count, "feed", "feeds")):")
        for (index, link) in links.enumerated() {
            let title = link.title.map { "  " + PrintableText.line($0) } ?? ""
            let known = present(link.url, configuration) == nil ? "" : "  (configured already)"
            console.note("  \(index + 1)  \(link.url)\(title)\(known)")
        }
        if links.count == 1 || first { return links[0] }
        guard console.standardInput.isTerminal else {
            if json { try console.print(json: Outcome(candidates: links.map(\.url))) }
            throw CommandFailure(.badData, "nothing was added: name one of them, or say --first")
        }
        console.note("Which one (1 to \(links.count))? Anything else adds nothing.")
        guard let number = console.standardInput.readLine().flatMap({ Int($0.filter { !$0.isWhitespace }) }),
            links.indices.contains(number - 1)
        else {
            if json { try console.print(json: Outcome(candidates: links.map(\.url))) }
            throw CommandFailure(.badData, "nothing was added")
        }
        return links[number - 1]
    }

    private func present(_ address: String, _ configuration: NewswatchConfiguration) -> Outcome? {
        let key = WebAddress.key(of: address)
        guard let feed = configuration.feeds.first(where: { WebAddress.key(of: $0.url) == key }) else {
            return nil
        }
        let origin = configuration.feedOrigins[feed.url]
        return Outcome(
            group: origin?.groups.last, list: origin?.file, name: feed.name, url: feed.url,
            place: origin?.place)
    }

    // MARK: Adding

    private func add(
        _ address: String, _ trial: FeedTrial, to list: String, of lists: FeedLists
    ) throws -> Outcome {
        let feed = trial.parsed?.feed ?? Feed()
        let newest = trial.parsed?.entries.compactMap { $0.published ?? $0.updated }.max()
        var outcome = Outcome(
            added: true, entries: trial.parsed?.entries.count, format: trial.parsed?.format?.rawValue,
            group: group.map(PrintableText.line), list: list,
            name: name.map(PrintableText.line) ?? FeedProbe.title(of: feed), newest: newest,
            url: trial.document?.permanentlyMovedTo ?? address)
        try lists.changeFirst(list) { document, configuration in
            // Another one may have been quicker.
            if let present = present(outcome.url ?? address, configuration) {
                outcome = present
                return nil
            }
            return try FeedLists.telling(list) { () throws(OPMLError) in
                var document =
                    if let document { document } else { try OPMLDocument.empty(title: "newswatch") }
                let page = feed.link.flatMap { WebAddress.fault(in: $0) == nil ? $0 : nil }
                try document.add(
                    .init(
                        xmlURL: outcome.url ?? address, title: outcome.name, htmlURL: page,
                        language: feed.language.map(PrintableText.line)),
                    toGroup: outcome.group)
                return document
            }
        }
        return outcome
    }

    private func report(_ outcome: Outcome, _ console: Console) throws {
        if json { return try console.print(json: outcome) }
        let url = outcome.url ?? ""
        let name = outcome.name ?? url
        guard outcome.added else {
            return try console.print(
                PrintableText.line("\(name) is configured already, at \(outcome.place ?? "")"))
        }
        let facts = [
            outcome.format, outcome.entries.map { Quantity.phrase($0, "entry", "entries") },
            outcome.newest.map { "newest \(time.minute($0, console))" },
        ]
        try console.print("\(name): \(facts.compactMap { $0 }.joined(separator: ", "))")
        let group = outcome.group.map { ", group \($0)" } ?? ""
        try console.print("\(url) added to \(outcome.list ?? "")\(group)")
        try console.print(FeedLists.reloadHint)
    }

    /// What `--json` prints.
    private struct Outcome: Encodable {
        var added = false
        /// Addresses of which none was chosen.
        var candidates: [String] = []
        var entries: Int?
        var format: String?
        var group: String?
        var list: String?
        var name: String?
        var newest: Date?
        var url: String?
        /// Where a feed stands that was there before, for people.
        var place: String?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(added, forKey: .added)
            try container.encode(candidates, forKey: .candidates)
            try container.encode(entries, forKey: .entries)
            try container.encode(format, forKey: .format)
            try container.encode(group, forKey: .group)
            try container.encode(list, forKey: .list)
            try container.encode(name, forKey: .name)
            try container.encode(newest, forKey: .newest)
            try container.encode(url, forKey: .url)
        }

        private enum Key: CodingKey {
            case added, candidates, entries, format, group, list, name, newest, url
        }
    }
}
