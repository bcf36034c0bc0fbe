import Markup

/// Push parser for one document: give it the bytes as they come, take the entries as they finish.
///
/// A value with one owner; not to be used after `finish()`.
public struct FeedParser: Sendable {
    private enum Phase: Sendable {
        /// White space, until the syntax is known.
        case start
        case markup
        /// JSON is read when it is whole.
        case json
    }

    private let limits: FeedLimits
    private let baseURL: String?
    private var phase = Phase.start
    private var decoder: DocumentDecoder
    /// The document's first bytes as they came.
    private var beginning: [UInt8] = []
    /// JSON, decoded.
    private var held: [UInt8] = []
    private var bodyBytes = 0
    private var isOverBody = false
    private var isDecisionNoted = false
    private var reader: MarkupFeedReader

    /// A parser for one transfer. `contentType` is the HTTP header's value, `baseURL` the address of the document.
    public init(contentType: String? = nil, baseURL: String? = nil, limits: FeedLimits = .standard) {
        self.limits = limits
        self.baseURL = baseURL
        decoder = DocumentDecoder(charset: contentType.flatMap { ContentType($0)?.charset })
        reader = MarkupFeedReader(limits: limits, baseURL: baseURL)
    }

    /// Reads on and returns the entries completed by these bytes.
    public mutating func consume(_ bytes: [UInt8]) -> EntryBatch {
        guard !bytes.isEmpty, !isOverBody else { return EntryBatch() }
        if beginning.count < FileSignature.length {
            beginning += bytes.prefix(FileSignature.length - beginning.count)
        }
        return handOn(decoder.decode(bytes))
    }

    /// Ends the document and returns the entries not handed out yet, with the feed's own fields.
    public mutating func finish() -> ParsedFeed {
        var entries: [Entry] = []
        if !isOverBody { entries += handOn(decoder.finish()) }
        switch phase {
        case .start: return ParsedFeed(error: .empty)
        case .json:
            var parsed = JSONFeedReader.read(held, baseURL: baseURL, limits: limits)
            if isOverBody {
                parsed.isComplete = false
                parsed.problems += reader.problems
            }
            if let decision = decoder.decision {
                var window = ByteWindow()
                _ = window.append(held, readUpTo: 0)
                let (line, column) = window.position(of: decision.offset)
                parsed.problems.append(
                    FeedProblem(line: line, column: column, code: Self.guessCode, message: decision.message))
            }
            return parsed
        case .markup:
            entries += reader.finish()
            if let ignoredLabel = decoder.ignoredLabel {
                reader.noteHere(
                    "unknown-encoding",
                    "the encoding \"\(ignoredLabel)\" is not known or not true; it was passed over")
            }
            guard let format = reader.format else {
                if let signature = FileSignature.name(of: beginning) {
                    return ParsedFeed(error: .notAFeed(signature))
                }
                let found = reader.firstElement.map { "the root element is <\($0)>" } ?? "no markup"
                return ParsedFeed(problems: reader.problems, error: .notAFeed(found))
            }
            return ParsedFeed(
                format: format, feed: reader.feed, entries: entries, problems: reader.problems,
                isComplete: reader.isRootClosed && !reader.isLimited && !isOverBody)
        }
    }

    private static let guessCode = "guessed-encoding"

    private mutating func handOn(_ bytes: [UInt8]) -> EntryBatch {
        guard !bytes.isEmpty else { return EntryBatch() }
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
        if phase == .markup, !isDecisionNoted, let decision = decoder.decision {
            isDecisionNoted = true
            reader.note(decision.offset, Self.guessCode, decision.message)
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
