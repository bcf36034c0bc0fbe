import Markup

/// Push parser for one document: give it the bytes as they come, take the entries as they finish.
///
/// A value with one owner; not to be used after `finish()`.
public struct FeedParser: Sendable {
    private enum Phase: Sendable {
        /// The first bytes, until encoding and syntax are known.
        case start
        case markup
        /// JSON is read when it is whole.
        case json
    }

    private let limits: FeedLimits
    private let charset: String?
    private let baseURL: String?
    private var phase = Phase.start
    private var decoder: TextDecoder?
    /// Bytes not handed on yet: the start, or JSON.
    private var held: [UInt8] = []
    private var bodyBytes = 0
    private var isOverBody = false
    private var ignoredLabel: String?
    /// What the document is by its first bytes when it is no text.
    private var signature: String?
    private var reader: MarkupFeedReader

    /// A parser for one transfer. `contentType` is the HTTP header's value, `baseURL` the address of the document.
    public init(contentType: String? = nil, baseURL: String? = nil, limits: FeedLimits = .standard) {
        self.limits = limits
        self.baseURL = baseURL
        charset = contentType.flatMap { ContentType($0)?.charset }
        reader = MarkupFeedReader(limits: limits, baseURL: baseURL)
    }

    /// Reads on and returns the entries completed by these bytes.
    public mutating func consume(_ bytes: [UInt8]) -> EntryBatch {
        guard !bytes.isEmpty, !isOverBody else { return EntryBatch() }
        guard decoder == nil else { return decode(bytes) }
        held.append(contentsOf: bytes)
        return begin(isWhole: false)
    }

    /// Ends the document and returns the entries not handed out yet, with the feed's own fields.
    public mutating func finish() -> ParsedFeed {
        var entries: [Entry] = []
        if decoder == nil { entries += begin(isWhole: true) }
        if let rest = decoder?.finish(), !rest.isEmpty { entries += handOn(rest) }
        switch phase {
        case .start: return ParsedFeed(error: .empty)
        case .json:
            var parsed = JSONFeedReader.read(held, baseURL: baseURL, limits: limits)
            if isOverBody {
                parsed.isComplete = false
                parsed.problems += reader.problems
            }
            return parsed
        case .markup:
            entries += reader.finish()
            if let ignoredLabel {
                reader.noteHere(
                    "unknown-encoding",
                    "the encoding \"\(ignoredLabel)\" is not known or not true; it was passed over")
            }
            guard let format = reader.format else {
                if let signature { return ParsedFeed(error: .notAFeed(signature)) }
                let found = reader.firstElement.map { "the root element is <\($0)>" } ?? "no markup"
                return ParsedFeed(problems: reader.problems, error: .notAFeed(found))
            }
            return ParsedFeed(
                format: format, feed: reader.feed, entries: entries, problems: reader.problems,
                isComplete: reader.isRootClosed && !reader.isLimited && !isOverBody)
        }
    }

    /// Settles the encoding from what is held.
    private mutating func begin(isWhole: Bool) -> EntryBatch {
        guard let finding = EncodingDetector.detect(held, charset: charset, isWhole: isWhole) else {
            return EntryBatch()
        }
        ignoredLabel = finding.ignoredLabel
        signature = FileSignature.name(of: held)
        decoder = TextDecoder(encoding: finding.encoding)
        var first = held
        held = []
        if finding.markLength > 0 { first.removeFirst(finding.markLength) }
        return decode(first)
    }

    private mutating func decode(_ bytes: [UInt8]) -> EntryBatch {
        guard decoder?.isIdentity != true else { return handOn(bytes) }
        return handOn(decoder?.decode(bytes) ?? [])
    }

    private mutating func handOn(_ bytes: [UInt8]) -> EntryBatch {
        var bytes = bytes
        if bytes.count > limits.maxBodyBytes - bodyBytes {
            isOverBody = true
            bytes.removeSubrange((limits.maxBodyBytes - bodyBytes)...)
        }
        bodyBytes += bytes.count
        if phase == .start {
            guard let first = bytes.first(where: { !$0.isMarkupSpace && $0 != 0 }) else {
                return EntryBatch()
            }
            phase = first == 0x7B || first == 0x5B ? .json : .markup
        }
        var entries = EntryBatch()
        switch phase {
        case .json: held.append(contentsOf: bytes)
        default: entries = reader.consume(bytes)
        }
        if isOverBody { reader.noteLimit("body-limit", "the document is longer than is read") }
        return entries
    }
}

/// Reads a whole document at once; `entries` holds all of them.
public func parseFeed(
    _ bytes: [UInt8], contentType: String? = nil, baseURL: String? = nil, limits: FeedLimits = .standard
) -> ParsedFeed {
    var parser = FeedParser(contentType: contentType, baseURL: baseURL, limits: limits)
    var entries: [Entry] = []
    // In pieces, so that the fields of the whole document are not held as bytes and as strings.
    for start in stride(from: 0, to: bytes.count, by: pieceBytes) {
        entries += parser.consume(Array(bytes[start..<min(start + pieceBytes, bytes.count)]))
    }
    var parsed = parser.finish()
    parsed.entries = entries + parsed.entries
    return parsed
}

/// Few enough for the processor's cache, many enough for the cost of a piece not to show.
private let pieceBytes = 64 << 10
