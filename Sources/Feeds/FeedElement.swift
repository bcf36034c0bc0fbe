import Markup

/// What an element of a feed means, whatever namespace and spelling it came in.
enum FeedElement: UInt8, Sendable {
    case other
    // Containers
    case rss, rdf, feed, channel, entry, image, source, media, xhtml
    // Persons
    case author, contributor, name, email
    // Text
    case title, titleAlternative, link, origLink, guid, summary, summaryAlternative, content, fullText,
        creator
    case creatorAlternative, body, language
    // Dates
    case published, created, dcDate, updated, lastBuild
    // Polling
    case ttl, skipHours, hour, updatePeriod, updateFrequency

    /// Looks an element up by its lower-case local name.
    static func named(_ name: MarkupName, in namespace: FeedNamespace) -> FeedElement {
        switch namespace {
        case .core, .atom: core[name] ?? .other
        case .rdf: name == "rdf" ? .rdf : .other
        case .dublinCore: dublinCore[name] ?? .other
        case .terms: terms[name] ?? .other
        case .contentModule: name == "encoded" ? .fullText : .other
        case .itunes: itunes[name] ?? .other
        case .media: mediaRSS[name] ?? .other
        case .xhtml: name == "body" || name == "div" ? .body : .xhtml
        case .syndication:
            name == "updateperiod" ? .updatePeriod : name == "updatefrequency" ? .updateFrequency : .other
        case .feedburner: name == "origlink" ? .origLink : .other
        case .unknown: .other
        }
    }

    private static let core: [MarkupName: FeedElement] = [
        "rss": .rss, "rdf": .rdf, "feed": .feed, "channel": .channel, "item": .entry, "entry": .entry,
        "image": .image, "textinput": .image, "source": .source, "author": .author,
        "contributor": .contributor, "managingeditor": .creatorAlternative, "name": .name, "email": .email,
        "title": .title, "link": .link, "guid": .guid, "id": .guid, "description": .summary,
        "summary": .summary, "abstract": .summary, "content": .content, "fullitem": .fullText, "body": .body,
        "language": .language, "pubdate": .published, "published": .published, "issued": .published,
        "created": .created, "updated": .updated, "modified": .updated, "lastbuilddate": .lastBuild,
        "ttl": .ttl, "skiphours": .skipHours, "hour": .hour,
    ]
    private static let dublinCore: [MarkupName: FeedElement] = [
        "title": .titleAlternative, "creator": .creator, "author": .creator, "date": .dcDate,
        "description": .summaryAlternative, "language": .language,
    ]
    private static let terms: [MarkupName: FeedElement] = [
        "issued": .published, "created": .created, "modified": .updated, "date": .dcDate,
        "title": .titleAlternative, "creator": .creator, "abstract": .summaryAlternative,
    ]
    private static let itunes: [MarkupName: FeedElement] = [
        "author": .creatorAlternative, "summary": .summaryAlternative, "title": .titleAlternative,
    ]
    private static let mediaRSS: [MarkupName: FeedElement] = [
        "title": .titleAlternative, "description": .summaryAlternative, "group": .media, "content": .media,
    ]
}
