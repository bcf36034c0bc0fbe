import Markup

/// Reads RSS, RDF, Atom and CDF out of markup as it comes.
///
/// Elements are told apart by namespace and place; what is not known is passed over. Text goes into one arena, and
/// the entries that ended are handed out together with it.
struct MarkupFeedReader: Sendable {
    /// A field being read.
    struct OpenField: Sendable {
        var element = FeedElement.other
        /// Index of its element.
        var frame = 0
        /// Where its text starts in the arena.
        var start = 0
        /// Where its tag starts in the document.
        var offset = 0
        var form = FieldForm()
        /// Rank among sources of the same field.
        var rank: Int8 = 0
        var isCut = false
        /// Open elements of the same name inside it.
        var sameName = 0
        /// Open elements of any name inside it, as far as they are balanced.
        var depth = 0
    }

    let limits: FeedLimits
    private var window = ByteWindow()
    var scanner: MarkupScanner
    var names = ElementNames()
    var elements: OpenElements

    private(set) var problems: [FeedProblem] = []
    var isLimited = false
    var isRootClosed = false
    /// Local name of the first element, for the message about what is no feed.
    var firstElement: String?
    var format: FeedFormat?
    var rootFrame: Int?
    var sawChannelOrEntry = false
    /// Whether the root is a channel without `rss` around it.
    var isBareChannel = false
    /// Elements open beyond `maxDepth`.
    var ignoredDepth = 0

    var arena = FieldArena()
    /// Meaningful while `isReadingField`.
    var field = OpenField()
    var isReadingField = false
    var draft = FeedDraft()
    /// Meaningful while `isInEntry`.
    var entry = EntryLayout()
    /// What the entry's link is resolved against.
    var linkBase: String?
    var isInEntry = false
    var entryFrame = 0
    /// Where the open entry starts in the arena.
    var entryStart = 0
    var entryCount = 0
    var finishedEntries: [EntryLayout] = []
    /// Bytes that making links absolute may still add to the document's fields.
    var linkAllowance: Int

    init(limits: FeedLimits, baseURL: String?) {
        self.limits = limits
        elements = OpenElements(baseURL: baseURL)
        linkAllowance = limits.maxBodyBytes / 2
        scanner = MarkupScanner(
            syntax: .xml, maxAttributes: limits.maxAttributes, maxExpansionBytes: limits.maxExpansionBytes)
        scanner.skipsText = true
    }

    /// The feed's own fields, as far as they were read.
    var feed: Feed { draft.finished }

    /// Reads on and returns the entries that ended.
    mutating func consume(_ more: [UInt8]) -> EntryBatch {
        let cursor = window.append(more, readUpTo: scanner.cursor)
        scanner.move(to: window.origin, cursor: cursor)
        run()
        return takeEntries()
    }

    /// Ends the document.
    mutating func finish() -> EntryBatch {
        scanner.end()
        run()
        if rootFrame != nil, !isRootClosed {
            noteHere("truncated", "the document ends before its root element")
        }
        let entityLimit = MarkupFault.Kind.entityLimit.rawValue
        if scanner.entities.isLimited, !problems.contains(where: { $0.code == entityLimit }) {
            noteHere(entityLimit, "references to declared entities beyond the limit were left as they are")
        }
        if scanner.entities.isLimited { isLimited = true }
        if format == .rss10 || format == .rss090, !sawChannelOrEntry { format = nil }
        return takeEntries()
    }

    private mutating func run() {
        // A copy of the reference only: nothing changes the window while it is read.
        let bytes = window.bytes
        run(bytes.span)
        for fault in scanner.takeFaults() {
            if fault.isLimit { isLimited = true }
            note(fault.offset, fault.kind.rawValue, Self.sentence(fault.kind))
        }
    }

    private mutating func run(_ bytes: Span<UInt8>) {
        while scanner.advance(in: bytes) {
            switch scanner.token.kind {
            case .text, .cdata: if isReadingField { text(bytes) }
            case .startTag: startTag(bytes)
            case .endTag: endTag(bytes)
            }
        }
    }

    private mutating func takeEntries() -> EntryBatch {
        guard !finishedEntries.isEmpty else { return EntryBatch() }
        let start = isInEntry ? entryStart : isReadingField ? field.start : arena.count
        let batch = EntryBatch(arena: arena.split(at: start), layouts: finishedEntries)
        finishedEntries = []
        finishedEntries.reserveCapacity(batch.count + batch.count / 4)
        entry.shift(by: start)
        entryStart -= start
        field.start -= start
        return batch
    }

    // MARK: Problems

    private static func sentence(_ kind: MarkupFault.Kind) -> String {
        switch kind {
        case .strayLessThan: "a < that starts no tag was read as a character"
        case .unclosedQuote: "an attribute's quote is not closed; the tag was ended at its first >"
        case .attributeLimit: "an element has more attributes than are read"
        case .tagLimit: "a tag is longer than is read and was passed over"
        case .entityLimit: "entity declarations beyond the limit were left out"
        case .truncatedMarkup: "the document ends inside markup"
        }
    }

    /// Notes a problem at an offset in the document.
    mutating func note(_ offset: Int, _ code: String, _ message: @autoclosure () -> String) {
        guard problems.count < limits.maxProblems else { return }
        let (line, column) = window.position(of: offset)
        problems.append(FeedProblem(line: line, column: column, code: code, message: message()))
    }

    /// Notes a problem at the end of what was read so far.
    mutating func noteHere(_ code: String, _ message: String) {
        note(window.origin + window.bytes.count, code, message)
    }

    /// Notes at the end of what was read so far that the rest is left out.
    mutating func noteLimit(_ code: String, _ message: String) {
        isLimited = true
        noteHere(code, message)
    }

    /// Notes a problem with the tag or text at hand.
    mutating func noteToken(_ code: String, _ message: String) { note(tokenOffset, code, message) }

    /// Where the tag or text at hand starts in the document.
    var tokenOffset: Int { window.origin + scanner.token.outer.lowerBound }
}
