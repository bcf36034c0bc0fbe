import Feeds
import Foundation

/// Reads `[feeds]` and every `[[feed]]`.
enum FeedsReader {
    /// Headers that the daemon writes itself, in lower case: a second one would break conditional requests,
    /// framing or the record of who asks.
    static let reservedHeaders: Set<String> = [
        "host", "connection", "content-length", "transfer-encoding", "te", "upgrade", "expect",
        "accept-encoding",
        "if-none-match", "if-modified-since", "range", "user-agent",
    ]

    /// What the configuration says of feeds.
    struct Settings {
        /// No address twice.
        var feeds: [ConfiguredFeed] = []
        /// By the address as it stands in `feeds`.
        var origins: [String: FeedOrigin] = [:]
        /// Paths of the lists.
        var lists: [String] = []
    }

    /// Reads them; `firstList` is what to take for the first list.
    static func read(_ root: inout TableReader, firstList: FirstFeedList) -> Settings {
        var seen: [String: FeedOrigin] = [:]
        var settings = Settings()
        for var table in root.tables("feed") {
            let feed = feed(&table, seen: &seen)
            table.finish(elsewhere: KeyHomes.home(of:))
            if let feed { settings.feeds.append(feed) }
        }
        let lists = lists(&root)
        for (index, list) in lists.enumerated() {
            let source = index == 0 ? firstList : .file
            settings.feeds += outlines(of: list, source, root, seen: &seen)
        }
        settings.lists = lists.map(\.path)
        for feed in settings.feeds { settings.origins[feed.url] = seen[WebAddress.key(of: feed.url)] }
        return settings
    }

    private static func feed(
        _ table: inout TableReader, seen: inout [String: FeedOrigin]
    ) -> ConfiguredFeed? {
        let url = table.text("url")
        if table.table["url"] == nil { table.missing("url") }
        var feed = ConfiguredFeed(url: url?.value ?? "")
        feed.name = table.text("name")?.value
        feed.interval = table.duration("interval", in: PollReader.intervals)
        feed.allowPrivate = table.boolean("allow_private") ?? false
        feed.headers = headers(&table)
        feed.credentials = credentials(&table)
        feed.timeout = table.duration("timeout", in: .seconds(1)...(.seconds(600)))
        guard let url else { return nil }
        if let wrong = WebAddress.fault(in: url.value) {
            let hint = wrong == "holds credentials" ? ": they belong in user and password_file" : ""
            table.fault(url.position, "url \"\(WebAddress.withoutCredentials(url.value))\" \(wrong)\(hint)")
            return nil
        }
        let place = FeedOrigin(file: table.file, position: url.position, groups: [])
        if let first = seen.updateIfAbsent(place, for: WebAddress.key(of: url.value)) {
            table.fault(
                url.position, "duplicate feed \"\(url.value)\", first at \(text(first, from: table.file))")
            return nil
        }
        return feed
    }

    private static func lists(
        _ root: inout TableReader
    ) -> [(path: String, position: SourcePosition)] {
        guard var table = root.table("feeds") else { return [] }
        let names = table.strings("opml") ?? []
        table.finish(elsewhere: KeyHomes.home(of:))
        var lists: [(path: String, position: SourcePosition)] = []
        for name in names {
            let path = TextFile.resolve(name.value, beside: root.file)
            if let first = lists.first(where: { $0.path == path }) {
                root.fault(
                    name.position, "opml \"\(name.value)\" is already named in line \(first.position.line)")
            } else {
                lists.append((path, name.position))
            }
        }
        return lists
    }

    private static func outlines(
        of list: (path: String, position: SourcePosition), _ source: FirstFeedList, _ root: TableReader,
        seen: inout [String: FeedOrigin]
    ) -> [ConfiguredFeed] {
        let faults = root.faults
        guard let bytes = bytes(of: list, source, root) else { return [] }
        faults.began(list.path)
        let outlines: [OPML.Outline]
        do {
            outlines = try OPML.parse(bytes).outlines
        } catch {
            faults.add(list.path, SourcePosition(line: error.line, column: error.column), error.message)
            return []
        }
        return outlines.compactMap { outline in
            let place = FeedOrigin(
                file: list.path, position: SourcePosition(line: outline.line, column: outline.column),
                groups: outline.groups)
            if let wrong = WebAddress.fault(in: outline.xmlURL) {
                faults.add(
                    place.file, place.position,
                    "xmlUrl \"\(WebAddress.withoutCredentials(outline.xmlURL))\" \(wrong)")
                return nil
            }
            if let first = seen.updateIfAbsent(place, for: WebAddress.key(of: outline.xmlURL)) {
                // Within one list it is no mistake: exports write a feed once for each of its folders.
                if first.file != place.file {
                    faults.add(
                        place.file, place.position,
                        "duplicate feed \"\(outline.xmlURL)\", first at \(text(first, from: place.file))")
                }
                return nil
            }
            return ConfiguredFeed(url: outline.xmlURL, name: outline.title)
        }
    }

    /// Nil when there is nothing to read, which is told unless it is no fault.
    private static func bytes(
        of list: (path: String, position: SourcePosition), _ source: FirstFeedList, _ root: TableReader
    ) -> [UInt8]? {
        if case .content(let bytes) = source { return bytes }
        let mayBeMissing = if case .fileIfAny = source { true } else { false }
        if mayBeMissing, !FileManager.default.fileExists(atPath: list.path) { return nil }
        let bytes = TextFile.read(
            list.path, maxBytes: TextFile.maxListBytes, referrer: root.file, position: list.position,
            what: "opml", faults: root.faults)
        return mayBeMissing && bytes?.allSatisfy { $0 <= 0x20 } == true ? nil : bytes
    }

    private static func headers(_ table: inout TableReader) -> [ConfiguredFeed.Header] {
        guard let headers = table.table("headers")?.table else { return [] }
        return headers.items.compactMap { item in
            guard case .string(let value) = item.value else {
                table.fault(item.position, "header \(item.key) is \(item.value.kindName), must be a string")
                return nil
            }
            // RFC 9110 section 5.6.2, token.
            let isToken = !item.key.isEmpty && item.key.utf8.allSatisfy(isTokenByte)
            guard isToken else {
                table.fault(item.keyPosition, "\"\(item.key)\" is not the name of a header")
                return nil
            }
            guard !reservedHeaders.contains(item.key.lowercased()) else {
                table.fault(item.keyPosition, "header \(item.key) is written by the daemon itself")
                return nil
            }
            guard value.utf8.allSatisfy({ $0 == 0x09 || ($0 >= 0x20 && $0 != 0x7F) }) else {
                table.fault(item.position, "header \(item.key) holds a control character")
                return nil
            }
            return ConfiguredFeed.Header(name: item.key, value: value)
        }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    private static func credentials(_ table: inout TableReader) -> ConfiguredFeed.Credentials? {
        let user = table.text("user")
        let file = table.text("password_file")
        if let user, user.value.contains(":") { table.fault(user.position, "user holds a colon") }
        switch (user, file) {
        case (let user?, let file?):
            let path = TextFile.resolve(file.value, beside: table.file)
            let isThere = TextFile.read(
                path, referrer: table.file, position: file.position, what: "password_file",
                faults: table.faults)
            return isThere == nil ? nil : ConfiguredFeed.Credentials(user: user.value, passwordFile: path)
        case (let user?, nil) where table.table["password_file"] == nil:
            table.fault(user.position, "user needs password_file")
        case (nil, let file?) where table.table["user"] == nil:
            table.fault(file.position, "password_file needs user")
        default: break
        }
        return nil
    }

    private static func text(_ place: FeedOrigin, from file: String) -> String {
        place.file == file ? "line \(place.position.line)" : place.place
    }
}

extension Dictionary {
    /// The value already there, or nil after storing `value`.
    fileprivate mutating func updateIfAbsent(_ value: Value, for key: Key) -> Value? {
        if let present = self[key] { return present }
        self[key] = value
        return nil
    }
}
