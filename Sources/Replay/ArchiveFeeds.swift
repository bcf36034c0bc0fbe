import Daemon
import Foundation
import Synchronization

/// The feeds that an archive's outlets would have had: one RSS 2.0 document per source, empty at first, growing
/// as items are released. Safe from any task.
final class ArchiveFeeds: Sendable {
    /// A document with its validators, as a server would answer.
    struct Document: Sendable {
        var body: String
        var entityTag: String
        /// `Last-Modified`: the release time of the newest item; nil while the feed is empty.
        var lastModified: Date?
    }

    /// One feed of the archive.
    struct Source: Sendable {
        let name: String
        /// Path on the server, `/feeds/N.xml`.
        let path: String
        let language: String?
    }

    /// A feed shows its newest items only, as real ones do.
    static let visibleItems = 50

    let sources: [Source]
    private let pathOfSource: [String: String]
    private let released = Mutex<[String: [ArchiveItem]]>([:])

    init(items: [ArchiveItem]) {
        var sources: [Source] = []
        var paths: [String: String] = [:]
        for item in items where paths[item.source] == nil {
            let path = "/feeds/\(sources.count + 1).xml"
            paths[item.source] = path
            sources.append(Source(name: item.source, path: path, language: item.lang))
        }
        self.sources = sources
        pathOfSource = paths
    }

    /// Puts an item into its feed and returns the feed's path.
    @discardableResult
    func release(_ item: ArchiveItem) -> String {
        let path = pathOfSource[item.source] ?? "/"
        released.withLock { $0[path, default: []].append(item) }
        return path
    }

    /// The document at `path` now; nil where no feed is.
    func document(at path: String) -> Document? {
        guard let source = sources.first(where: { $0.path == path }) else { return nil }
        let items = released.withLock { $0[path, default: []] }
        return Document(
            body: Self.rss(source: source, items: items.suffix(Self.visibleItems).reversed()),
            entityTag: "\"\(items.count)\"", lastModified: items.last?.published)
    }

    private static func rss(source: Source, items: [ArchiveItem]) -> String {
        var xml = """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
            <title>\(escaped(source.name))</title>

            """
        if let language = source.language { xml += "<language>\(escaped(language))</language>\n" }
        for item in items {
            xml += "<item><guid isPermaLink=\"false\">\(escaped(item.id))</guid>"
            xml += "<title>\(escaped(item.title))</title>"
            if let url = item.url { xml += "<link>\(escaped(url))</link>" }
            if let published = item.published { xml += "<dc:date>\(published.formatted(.iso8601))</dc:date>" }
            if let language = item.lang { xml += "<dc:language>\(escaped(language))</dc:language>" }
            xml += "<description>\(escaped(item.text))</description></item>\n"
        }
        return xml + "</channel></rss>\n"
    }

    /// Character data: what XML reserves, and the controls that XML 1.0 cannot carry left out.
    private static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\r": result += "&#13;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20: break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
