import FoundationEssentials
import Markup

/// Reads RSS, RDF, Atom and CDF out of markup as it comes.
///
/// Elements are told apart by namespace and place; what is not known is passed over. Text goes into one arena per
/// entry and becomes strings when the entry ends.
struct MarkupFeedReader: Sendable {
    /// An open element.
    private struct Frame: Sendable {
        let element: FeedElement
        /// Its name in `names`.
        let name: Range<Int>
        /// Sizes of the stacks before it.
        let bindings: Int
        /// Indexes of the base and the language in force.
        let base: Int
        let language: Int
    }

    /// A field being read.
    private struct Capture: Sendable {
        enum Form: Sendable {
            /// Characters, references decoded. Markup in it is kept as written.
            case decoded
            /// Markup as written.
            case raw
            /// Base64 of characters.
            case base64
        }

        let element: FeedElement
        let namespace: FeedNamespace
        /// Index of its frame.
        let frame: Int
        let start: Int
        /// Where its tag starts in the document.
        let offset: Int
        let form: Form
        let kind: FeedText.Kind
        /// Rank among sources of the same field.
        let rank: Int
        var isCut = false
        /// Open elements of the same name inside it.
        var sameName = 0
        /// Open elements of any name inside it, as far as they are balanced.
        var depth = 0
    }

    private struct Binding: Sendable {
        let prefix: [UInt8]
        let namespace: FeedNamespace
    }

    /// A remembered meaning of a name, valid while `epoch` is the same.
    private struct CachedName: Sendable {
        var low: UInt64 = 0
        var middle: UInt64 = 0
        var high: UInt64 = 0
        var count = 0
        var epoch = -1
        var element = FeedElement.other
        var namespace = FeedNamespace.unknown
    }

    private var tokenizer: MarkupTokenizer
    private let limits: FeedLimits

    private(set) var feed = Feed()
    private(set) var format: FeedFormat?
    private(set) var problems: [FeedProblem] = []
    private(set) var isLimited = false
    private(set) var isRootClosed = false
    /// Local name of the first element, for the message about what is no feed.
    private(set) var firstElement: String?
    private var sawChannelOrEntry = false
    private var isBareChannel = false

    private var frames: [Frame] = []
    private var names: [UInt8] = []
    private var bindings: [Binding] = []
    /// Bases of `xml:base` so far open; the first is the document's own address.
    private var bases: [String?]
    /// Languages of `xml:lang` so far open; the first is none.
    private var languages: [String?] = [nil]
    private var epoch = 0
    private var cache = [CachedName](repeating: CachedName(), count: 256)
    /// Elements open beyond `maxDepth`.
    private var ignoredDepth = 0
    private var rootFrame: Int?

    private var arena: [UInt8] = []
    private var capture: Capture?
    private var draft = EntryDraft()
    private var isInEntry = false
    private var entryFrame = 0
    private var entryCount = 0
    private var finished: [Entry] = []

    /// Namespace declarations open at once; each unknown name is looked up in all of them.
    private static let maxBindings = 256
    /// Bytes of an `xml:base` with those around it.
    private static let maxBaseBytes = 2_048
    /// Bytes that making links absolute may still add to the document's fields.
    private var linkAllowance: Int

    private var feedRanks = FeedRanks()

    /// How good the source of each feed field was.
    private struct FeedRanks: Sendable {
        var title = 0
        var link = 0
        /// What the feed's link is resolved against at the end.
        var linkBase: String?
        var updated = 0
        var updateBase: Int?
        var updateFrequency = 1
        var ttl: Int?
    }

    init(limits: FeedLimits, baseURL: String?) {
        self.limits = limits
        bases = [baseURL]
        linkAllowance = limits.maxBodyBytes / 2
        tokenizer = MarkupTokenizer(
            syntax: .xml, maxAttributes: limits.maxAttributes, maxExpansionBytes: limits.maxExpansionBytes)
    }

    // MARK: Driving

    /// Reads on and returns the entries that ended.
    mutating func consume(_ bytes: [UInt8]) -> [Entry] {
        tokenizer.append(bytes)
        run()
        return takeEntries()
    }

    /// Ends the document.
    mutating func finish() -> [Entry] {
        tokenizer.end()
        run()
        if rootFrame != nil, !isRootClosed {
            note(
                tokenizer.offset(of: tokenizer.bytes.count), "truncated",
                "the document ends before its root element")
        }
        if tokenizer.entities.isLimited,
            !problems.contains(where: { $0.code == MarkupFault.Kind.entityLimit.rawValue })
        {
            noteLimit(
                MarkupFault.Kind.entityLimit.rawValue,
                "references to declared entities beyond the limit were left as they are")
        }
        if tokenizer.entities.isLimited { isLimited = true }
        if format == .rss10 || format == .rss090, !sawChannelOrEntry { format = nil }
        feed.link = feed.link.map { URLReference.resolve($0, against: feedRanks.linkBase) }
        if feed.timeToLive == nil, let minutes = feedRanks.ttl { feed.timeToLive = .seconds(minutes * 60) }
        if feed.timeToLive == nil, let base = feedRanks.updateBase {
            feed.timeToLive = .seconds(base / max(1, feedRanks.updateFrequency))
        }
        return takeEntries()
    }

    /// Notes a problem at the end of what was read so far.
    mutating func noteHere(_ code: String, _ message: String) {
        note(tokenizer.offset(of: tokenizer.bytes.count), code, message)
    }

    mutating func noteLimit(_ code: String, _ message: String) {
        isLimited = true
        noteHere(code, message)
    }

    private mutating func takeEntries() -> [Entry] {
        defer { finished.removeAll() }
        return finished
    }

    private mutating func run() {
        while tokenizer.advance() {
            switch tokenizer.token.kind {
            case .text, .cdata: if capture != nil { text() }
            case .startTag: startTag()
            case .endTag: endTag()
            }
        }
        for fault in tokenizer.takeFaults() {
            if fault.isLimit { isLimited = true }
            note(fault.offset, fault.kind.rawValue, Self.sentence(fault.kind))
        }
    }

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

    private mutating func note(_ offset: Int, _ code: String, _ message: @autoclosure () -> String) {
        guard problems.count < limits.maxProblems else { return }
        let (line, column) = tokenizer.position(of: offset)
        problems.append(FeedProblem(line: line, column: column, code: code, message: message()))
    }

    /// The base in force.
    private var base: String? { bases[frames.last?.base ?? 0] }

    private func base(of frame: Int) -> String? { bases[frames[frame].base] }

    // MARK: Names

    private mutating func resolve(_ range: Range<Int>) -> (FeedElement, FeedNamespace) {
        let count = range.count
        guard count <= 24 else { return classify(range) }
        var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
        let start = range.lowerBound
        for index in start..<(start + min(count, 8)) {
            words.2 = words.2 << 8 | UInt64(tokenizer.bytes[index])
        }
        if count > 8 {
            for index in (start + 8)..<(start + min(count, 16)) {
                words.1 = words.1 << 8 | UInt64(tokenizer.bytes[index])
            }
        }
        if count > 16 {
            for index in (start + 16)..<range.upperBound {
                words.0 = words.0 << 8 | UInt64(tokenizer.bytes[index])
            }
        }
        let mixed = (words.0 &* 31 &+ words.1 &* 131 &+ words.2) &* 0x9E37_79B9_7F4A_7C15
        let slot = Int(mixed >> 56)
        let found = cache[slot]
        if found.epoch == epoch, found.low == words.2, found.middle == words.1, found.high == words.0,
            found.count == count
        {
            return (found.element, found.namespace)
        }
        let (element, namespace) = classify(range)
        cache[slot] = CachedName(
            low: words.2, middle: words.1, high: words.0, count: count, epoch: epoch, element: element,
            namespace: namespace)
        return (element, namespace)
    }

    private func classify(_ range: Range<Int>) -> (FeedElement, FeedNamespace) {
        let name = tokenizer.bytes[range]
        var local = name
        var namespace: FeedNamespace
        if let colon = name.firstIndex(of: 0x3A) {
            let prefix = name[..<colon]
            local = name[(colon + 1)...]
            namespace =
                bindings.last { $0.prefix.elementsEqual(prefix) }?.namespace
                ?? FeedNamespace(undeclared: String(decoding: prefix, as: UTF8.self).lowercased())
        } else {
            namespace = bindings.last { $0.prefix.isEmpty }?.namespace ?? .core
            // An unknown default namespace is usually a misspelt one of RSS.
            if namespace == .unknown { namespace = .core }
        }
        let lowered = String(decoding: local.map(\.asciiLowered), as: UTF8.self)
        var element = FeedElement.named(lowered, in: namespace)
        // RDF as a default namespace, with RSS elements in none.
        if element == .other, namespace == .rdf { element = FeedElement.named(lowered, in: .core) }
        return (element, namespace)
    }

    private func attribute(_ name: String) -> Range<Int>? {
        let wanted = name.utf8
        for attribute in tokenizer.attributes where attribute.name.count == wanted.count {
            if zip(tokenizer.bytes[attribute.name], wanted).allSatisfy({ $0.asciiLowered == $1 }) {
                return attribute.value
            }
        }
        return nil
    }

    /// Whether an attribute has this value, in any case.
    private func attribute(_ name: String, is value: StaticString) -> Bool {
        guard !tokenizer.attributes.isEmpty, let range = attribute(name) else { return false }
        return value.withUTF8Buffer { wanted in
            wanted.count == range.count
                && zip(tokenizer.bytes[range], wanted).allSatisfy { $0.asciiLowered == $1 }
        }
    }

    private mutating func value(_ name: String) -> String? {
        if tokenizer.attributes.isEmpty { return nil }
        guard let range = attribute(name) else { return nil }
        return decoded(range)
    }

    private mutating func decoded(_ range: Range<Int>) -> String {
        var output: [UInt8] = []
        let bounded = range.lowerBound..<min(range.upperBound, range.lowerBound + limits.maxFieldBytes)
        CharacterReferences.decode(
            tokenizer.bytes, in: bounded, context: .xml, entities: &tokenizer.entities, into: &output)
        return UTF8Writer.string(Self.trimmed(output[...])).text
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var start = bytes.startIndex
        var end = bytes.endIndex
        while start < end, bytes[start].isMarkupSpace { start += 1 }
        while end > start, bytes[end - 1].isMarkupSpace { end -= 1 }
        return bytes[start..<end]
    }

    // MARK: Start tags

    private mutating func startTag() {
        if capture != nil, !interruptsCapture() {
            appendMarkup()
            return
        }
        if isRootClosed {
            return
        }
        if ignoredDepth > 0 || frames.count >= limits.maxDepth {
            if !tokenizer.token.isSelfClosing { ignoredDepth += 1 }
            if !isLimited {
                isLimited = true
                note(
                    tokenizer.offset(of: tokenizer.token.outer.lowerBound), "depth-limit",
                    "elements nest deeper than is read")
            }
            return
        }
        var bindingCount = bindings.count
        var base = frames.last?.base ?? 0
        var language = frames.last?.language ?? 0
        if !tokenizer.attributes.isEmpty { readScope(&base, &language) }
        let (element, namespace) = resolve(tokenizer.token.range)
        if firstElement == nil {
            firstElement = String(decoding: tokenizer.bytes[tokenizer.token.range], as: UTF8.self)
        }
        if element == .entry, let open = openEntryParent() {
            // An entry directly inside an entry: the first one was not closed.
            note(
                tokenizer.offset(of: tokenizer.token.outer.lowerBound), "unclosed-element",
                "an entry starts inside another; the first was ended there")
            closeScope(bindings: bindingCount)
            pop(to: open)
            bindingCount = bindings.count
            base = frames.last?.base ?? 0
            language = frames.last?.language ?? 0
            if !tokenizer.attributes.isEmpty { readScope(&base, &language) }
        }
        let nameStart = names.count
        names.append(contentsOf: tokenizer.bytes[tokenizer.token.range])
        frames.append(
            Frame(
                element: element, name: nameStart..<names.count, bindings: bindingCount, base: base,
                language: language))
        open(element, namespace)
        if tokenizer.token.isSelfClosing { pop(to: frames.count - 1) }
    }

    /// Index of the open entry's frame when an entry may not start here.
    private func openEntryParent() -> Int? {
        isInEntry && frames.count == entryFrame + 1 ? entryFrame : nil
    }

    /// Namespaces, base and language.
    private mutating func readScope(_ base: inout Int, _ language: inout Int) {
        for attribute in tokenizer.attributes where attribute.name.count >= 5 {
            let name = tokenizer.bytes[attribute.name]
            guard name.starts(with: [0x78, 0x6D, 0x6C]) else { continue }
            let rest = name.dropFirst(3)
            if rest.elementsEqual(":base".utf8) {
                let address = URLReference.resolve(decoded(attribute.value), against: bases[base])
                // Nested relative bases add up, and each link would copy them.
                guard address.utf8.count <= Self.maxBaseBytes else { continue }
                bases.append(address)
                base = bases.count - 1
            } else if rest.elementsEqual(":lang".utf8) {
                let value = decoded(attribute.value)
                languages.append(value.isEmpty ? nil : value)
                language = languages.count - 1
            } else if rest.starts(with: [0x6E, 0x73]) {
                let prefix = rest.dropFirst(2)
                guard prefix.isEmpty || prefix.first == 0x3A else { continue }
                guard bindings.count < Self.maxBindings else {
                    isLimited = true
                    continue
                }
                bindings.append(
                    Binding(
                        prefix: Array(prefix.dropFirst()),
                        namespace: FeedNamespace(address: decoded(attribute.value))))
                epoch += 1
            }
        }
    }

    /// Whether a start tag inside a field means that the field's end tag is missing.
    private mutating func interruptsCapture() -> Bool {
        guard let open = capture, open.form != .raw else { return false }
        let (element, namespace) = resolve(tokenizer.token.range)
        guard element == .entry, namespace != .unknown else { return false }
        note(
            tokenizer.offset(of: tokenizer.token.outer.lowerBound), "unclosed-element",
            "an entry starts inside a field; the field was ended there")
        pop(to: open.frame)
        return true
    }

    private enum Place {
        case document, feed, entry, media, person, skipHours, elsewhere
    }

    /// Where the innermost frame's content stands, by its parent.
    private func place() -> Place {
        let parent = frames.count - 2
        guard parent >= 0 else { return .document }
        switch frames[parent].element {
        case .entry: return isInEntry && parent == entryFrame ? .entry : .elsewhere
        case .channel, .feed, .rss, .rdf: return .feed
        case .media: return isInEntry ? .media : .elsewhere
        case .author: return .person
        case .skipHours: return .skipHours
        default: return .elsewhere
        }
    }

    private mutating func open(_ element: FeedElement, _ namespace: FeedNamespace) {
        switch element {
        case .other, .xhtml, .image, .source, .contributor, .media: return
        case .rss, .rdf, .feed: openRoot(element)
        case .channel:
            sawChannelOrEntry = true
            if format == nil { openRoot(element) }
        case .entry: openEntry()
        default: openField(element, namespace, at: tokenizer.offset(of: tokenizer.token.outer.lowerBound))
        }
    }

    private mutating func openRoot(_ element: FeedElement) {
        guard format == nil, frames.count <= 8 else { return }
        rootFrame = frames.count - 1
        let version = value("version")
        switch element {
        case .feed:
            let isAtom1 = bindings.last { $0.prefix.isEmpty } != nil && version == nil
            format = isAtom1 || version == "1.0" ? .atom10 : version == nil ? .atom10 : .atom03
        case .rdf: format = rdfFormat()
        case .channel: openBareChannel()
        default:
            format =
                switch version {
                case "0.90": .rss090
                case "0.91": .rss091
                case "0.92": .rss092
                case "0.93": .rss093
                case "0.94": .rss094
                default: .rss20
                }
        }
        feed.language = frames.last.flatMap { languages[$0.language] }
    }

    /// RSS in RDF says by a namespace which one it is; RDF of other kinds has none of them.
    private mutating func rdfFormat() -> FeedFormat {
        for attribute in tokenizer.attributes {
            let address = decoded(attribute.value)
            if address.contains("netscape.com/rdf/simple/0.9") {
                sawChannelOrEntry = true
                return .rss090
            }
            if address.contains("purl.org/rss/1.0") { sawChannelOrEntry = true }
        }
        return .rss10
    }

    /// A channel without `rss` around it: CDF, which has its values in attributes, or RSS that lost its root.
    private mutating func openBareChannel() {
        isBareChannel = true
        let link = value("href")
        let changed = value("lastmod")
        let isUpperCase = frames.last.map { names[$0.name.lowerBound] == 0x43 } ?? false
        format = link != nil || changed != nil || isUpperCase ? .cdf : .rss20
        if let link { setLink(link, base: base, rank: 9, .feed) }
        if let changed { feed.updated = FeedDate.parse(Array(changed.utf8)[...]) }
    }

    private mutating func openEntry() {
        guard format != nil, !isInEntry else { return }
        sawChannelOrEntry = true
        guard entryCount < limits.maxEntries else {
            if !isLimited { noteLimit("entry-limit", "the document has more entries than are read") }
            isLimited = true
            return
        }
        entryCount += 1
        arena.removeAll(keepingCapacity: true)
        var entry = EntryDraft()
        entryFrame = frames.count - 1
        if !tokenizer.attributes.isEmpty {
            if isBareChannel {
                if let address = value("href") {
                    entry.setLink(address, base: base, rank: 5)
                }
                if let text = value("lastmod"), let date = FeedDate.parse(Array(text.utf8)[...]) {
                    entry.setUpdated(date, rank: 1)
                }
            }
            if let about = value("rdf:about") {
                let start = arena.count
                arena.append(contentsOf: about.utf8)
                entry.id = EntryDraft.Piece(range: start..<arena.count, kind: .text, rank: 1)
            }
        }
        draft = entry
        isInEntry = true
    }

    // MARK: Fields

    private mutating func openField(_ element: FeedElement, _ namespace: FeedNamespace, at offset: Int) {
        let place = place()
        guard format != nil, place != .elsewhere, place != .document else { return }
        var form = Capture.Form.decoded
        var kind = isAtom(namespace) ? FeedText.Kind.text : .html
        var rank = 1
        switch element {
        case .link:
            if openLink(namespace, place) { return }
            kind = .text
        case .author: return openAuthor(namespace, place, at: offset)
        case .name, .email:
            guard place == .person else { return }
            kind = .text
        case .hour: guard place == .skipHours else { return }
        case .skipHours: return
        case .guid:
            kind = .text
            draft.idIsLink = !isAtom(namespace) && !attribute("ispermalink", is: "false")
        case .title, .titleAlternative, .summary, .summaryAlternative, .content, .fullText, .body:
            (form, kind) = textForm(element, namespace, default: kind)
            rank = textRank(element, namespace, place)
            guard rank > 0 else { return }
        default: kind = .text
        }
        if place == .person, element != .name, element != .email { return }
        if place == .media, element != .titleAlternative, element != .summaryAlternative { return }
        if !isInEntry { arena.removeAll(keepingCapacity: true) }
        capture = Capture(
            element: element, namespace: namespace, frame: frames.count - 1, start: arena.count,
            offset: offset, form: form,
            kind: kind, rank: rank)
    }

    private func isAtom(_ namespace: FeedNamespace) -> Bool {
        namespace == .atom || (namespace == .core && (format == .atom10 || format == .atom03))
    }

    /// How a text construct is written, by its attributes (RFC 4287, 3.1 and 4.1.3; Atom 0.3, 3.1).
    private mutating func textForm(
        _ element: FeedElement, _ namespace: FeedNamespace, default kind: FeedText.Kind
    ) -> (Capture.Form, FeedText.Kind) {
        if element == .body { return (.raw, .xhtml) }
        guard isAtom(namespace) else { return (.decoded, kind == .text ? .html : kind) }
        let type = value("type")?.lowercased()
        let mode = value("mode")?.lowercased()
        if mode == "base64" { return (.base64, type == "text/plain" ? .text : .html) }
        switch type {
        case nil, "text", "text/plain", "": return (.decoded, .text)
        case "html": return (.decoded, .html)
        case "xhtml": return (.raw, .xhtml)
        case "text/html":
            return mode == "xml" || (mode == nil && format == .atom03) ? (.raw, .xhtml) : (.decoded, .html)
        case "application/xhtml+xml": return mode == "escaped" ? (.decoded, .html) : (.raw, .xhtml)
        case let other?:
            if mode == "escaped" || other.hasPrefix("text/") { return (.decoded, .text) }
            if other.hasSuffix("+xml") || other.hasSuffix("/xml") { return (.raw, .xhtml) }
            let isBinary =
                other == "application/octet-stream" || other.hasPrefix("image/")
                || other.hasPrefix("audio/") || other.hasPrefix("video/")
            return (isBinary ? .base64 : .decoded, .text)
        }
    }

    private func textRank(_ element: FeedElement, _ namespace: FeedNamespace, _ place: Place) -> Int {
        let inMedia = place == .media
        switch element {
        case .titleAlternative: return inMedia ? 1 : namespace == .itunes ? 2 : 3
        case .summaryAlternative: return inMedia ? 1 : namespace == .itunes ? 2 : namespace == .media ? 2 : 3
        case .summary: return 5
        case .title: return 5
        case .fullText: return 5
        case .content: return 4
        case .body: return 3
        default: return 1
        }
    }

    /// Takes a link that stands in attributes. Returns whether its text need not be read.
    private mutating func openLink(_ namespace: FeedNamespace, _ place: Place) -> Bool {
        guard place == .entry || place == .feed else { return true }
        let isForeign = namespace == .atom && format != .atom10 && format != .atom03
        if tokenizer.attributes.isEmpty { return isForeign }
        var relation = value("rel")?.lowercased() ?? "alternate"
        // The long form of a registered relation (RFC 4287, 4.2.7.2).
        let registry = "http://www.iana.org/assignments/relation/"
        if relation.hasPrefix(registry) { relation.removeFirst(registry.count) }
        guard relation == "alternate" else { return true }
        guard let address = value("href") else { return isForeign }
        let type = value("type")?.lowercased()
        let isPage = type == nil || type == "text/html" || type == "application/xhtml+xml" || type == ""
        setLink(address, base: base, rank: isForeign ? 2 : isPage ? 5 : 4, place)
        return true
    }

    private mutating func setLink(_ link: String, base: String?, rank: Int, _ place: Place) {
        if place == .entry {
            draft.setLink(link, base: base, rank: rank)
        } else if rank >= feedRanks.link, !link.isEmpty {
            feed.link = link
            feedRanks.linkBase = base
            feedRanks.link = rank
        }
    }

    /// An author with children (Atom) or text (RSS): the text is read, children interrupt it.
    private mutating func openAuthor(_ namespace: FeedNamespace, _ place: Place, at offset: Int) {
        guard place == .entry, !isAtom(namespace) else { return }
        capture = Capture(
            element: .creator, namespace: namespace, frame: frames.count - 1, start: arena.count,
            offset: offset, form: .decoded, kind: .text, rank: 3)
    }

    // MARK: Characters

    private mutating func text() {
        guard let open = capture, !open.isCut else { return }
        var rest = tokenizer.token.range
        while !rest.isEmpty {
            let room = limits.maxFieldBytes - (arena.count - open.start)
            guard room > 0 else { return cutField() }
            let piece = rest.lowerBound..<pieceEnd(of: rest, room: room)
            if open.form == .raw {
                appendEscaped(piece, isDecoded: tokenizer.token.kind == .cdata)
            } else if tokenizer.token.kind == .text {
                CharacterReferences.decode(
                    tokenizer.bytes, in: piece, context: .xml, entities: &tokenizer.entities, into: &arena)
            } else {
                arena.append(contentsOf: tokenizer.bytes[piece])
            }
            rest = piece.upperBound..<rest.upperBound
        }
        if arena.count - open.start > limits.maxFieldBytes { cutField() }
    }

    /// Where to stop reading characters that may not all fit: behind `room` bytes, but not inside a reference, so
    /// that where a field is cut does not hang on how the document came.
    private func pieceEnd(of range: Range<Int>, room: Int) -> Int {
        guard range.count > room else { return range.upperBound }
        let end = range.lowerBound + room
        guard tokenizer.token.kind == .text,
            let reference = CharacterReferences.unfinished(
                in: tokenizer.bytes, from: range.lowerBound, to: end)
        else { return end }
        if reference > range.lowerBound { return reference }
        let whole = min(range.upperBound, reference + CharacterReferences.maxBytes)
        return CharacterReferences.unfinished(in: tokenizer.bytes, from: reference + 1, to: whole) ?? whole
    }

    /// Characters of a raw field: only what would be markup stays escaped.
    private mutating func appendEscaped(_ range: Range<Int>, isDecoded: Bool) {
        let start = arena.count
        if isDecoded {
            arena.append(contentsOf: tokenizer.bytes[range])
        } else {
            CharacterReferences.decode(
                tokenizer.bytes, in: range, context: .xml, entities: &tokenizer.entities, into: &arena)
        }
        guard let first = arena[start...].firstIndex(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E }) else {
            return
        }
        let plain = Array(arena[first...])
        arena.removeSubrange(first...)
        for byte in plain {
            switch byte {
            case 0x26: arena.append(contentsOf: "&amp;".utf8)
            case 0x3C: arena.append(contentsOf: "&lt;".utf8)
            case 0x3E: arena.append(contentsOf: "&gt;".utf8)
            default: arena.append(byte)
            }
        }
    }

    private mutating func cutField() {
        guard let open = capture else { return }
        let end = min(arena.count, open.start + limits.maxFieldBytes)
        arena.removeSubrange(end...)
        // Not in the middle of a character.
        var lead = arena.count - 1
        while lead > open.start, arena.count - lead < 4, arena[lead] & 0xC0 == 0x80 { lead -= 1 }
        if lead >= open.start, arena[lead] >= 0xC0 {
            let length = arena[lead] >= 0xF0 ? 4 : arena[lead] >= 0xE0 ? 3 : 2
            if arena.count - lead < length { arena.removeSubrange(lead...) }
        }
        capture?.isCut = true
        isLimited = true
        note(open.offset, "field-limit", "a field is longer than is read and was cut")
    }

    /// A tag inside a field.
    private mutating func appendMarkup() {
        guard let open = capture else { return }
        if tokenizer.token.kind == .startTag, !tokenizer.token.isSelfClosing,
            matches(tokenizer.token.range, frames[open.frame].name)
        {
            capture?.sameName += 1
        }
        if tokenizer.token.kind == .endTag {
            capture?.depth -= 1
        } else if !tokenizer.token.isSelfClosing {
            capture?.depth += 1
        }
        guard !open.isCut else { return }
        guard tokenizer.token.outer.count <= limits.maxFieldBytes - (arena.count - open.start) else {
            cutField()
            return
        }
        // Prefixes of XHTML elements are of no use to who reads the field as HTML.
        let name = tokenizer.bytes[tokenizer.token.range]
        if let colon = name.firstIndex(of: 0x3A),
            resolve(tokenizer.token.range).1 == .xhtml || open.kind == .xhtml
        {
            arena.append(
                contentsOf: tokenizer.bytes[
                    tokenizer.token.outer.lowerBound..<tokenizer.token.range.lowerBound])
            arena.append(contentsOf: tokenizer.bytes[(colon + 1)..<tokenizer.token.outer.upperBound])
        } else {
            arena.append(contentsOf: tokenizer.bytes[tokenizer.token.outer])
        }
    }

    private func matches(_ token: Range<Int>, _ name: Range<Int>) -> Bool {
        guard token.count == name.count else { return false }
        var (left, right) = (token.lowerBound, name.lowerBound)
        while left < token.upperBound {
            if tokenizer.bytes[left] != names[right],
                tokenizer.bytes[left].asciiLowered != names[right].asciiLowered
            {
                return false
            }
            left += 1
            right += 1
        }
        return true
    }

    // MARK: End tags

    private mutating func endTag() {
        if isRootClosed { return }
        if ignoredDepth > 0 {
            ignoredDepth -= 1
            return
        }
        if let open = capture, open.sameName > 0, matches(tokenizer.token.range, frames[open.frame].name) {
            capture?.sameName -= 1
            appendMarkup()
            return
        }
        if let top = frames.last, matches(tokenizer.token.range, top.name) {
            pop(to: frames.count - 1)
            return
        }
        guard let index = frames.lastIndex(where: { matches(tokenizer.token.range, $0.name) }) else {
            if let open = capture, open.form != .raw || open.depth > 0 {
                appendMarkup()
            } else if let open = capture {
                // Everything inside is closed, so this is the field's own end tag under a wrong name.
                note(
                    tokenizer.offset(of: tokenizer.token.outer.lowerBound), "misnamed-end-tag",
                    "a field's end tag has the wrong name")
                pop(to: open.frame)
            } else {
                note(
                    tokenizer.offset(of: tokenizer.token.outer.lowerBound), "unmatched-end-tag",
                    "an end tag without its element was passed over")
            }
            return
        }
        if index < frames.count - 1 {
            note(
                tokenizer.offset(of: tokenizer.token.outer.lowerBound), "unclosed-element",
                "elements were not closed before the end of the one around them")
        }
        pop(to: index)
    }

    /// Takes back namespaces, base and language to what the innermost frame has.
    private mutating func closeScope(bindings count: Int) {
        let (base, language) = (frames.last?.base ?? 0, frames.last?.language ?? 0)
        if bases.count > base + 1 { bases.removeSubrange((base + 1)...) }
        if languages.count > language + 1 { languages.removeSubrange((language + 1)...) }
        if bindings.count > count {
            bindings.removeSubrange(count...)
            epoch += 1
        }
    }

    /// Closes every frame from `index` up.
    private mutating func pop(to index: Int) {
        while frames.count > index, let frame = frames.last {
            let depth = frames.count - 1
            if let open = capture, open.frame == depth {
                closeField(open)
                capture = nil
            }
            if isInEntry, depth == entryFrame {
                closeEntry()
                isInEntry = false
            }
            if rootFrame == depth { isRootClosed = true }
            frames.removeLast()
            names.removeLast(frame.name.count)
            closeScope(bindings: frame.bindings)
        }
    }

    // MARK: Closing fields

    private func trimmedRange(from start: Int) -> Range<Int> {
        let slice = Self.trimmed(arena[start...])
        return slice.startIndex..<slice.endIndex
    }

    private mutating func closeField(_ open: Capture) {
        if open.form == .base64 { decodeBase64(from: open.start) }
        var range = trimmedRange(from: open.start)
        if open.kind == .xhtml, open.form == .raw { range = withoutOuterDiv(range) }
        guard !range.isEmpty else { return }
        if open.kind != .text, frames[open.frame].base > 0, let base = base(of: open.frame),
            isMarkupField(open.element), arena[range].contains(0x3C)
        {
            let room = min(linkAllowance, limits.maxFieldBytes - range.count)
            if let absolute = HTMLLinks.absolute(arena[range], base: base, maxGrowth: room) {
                linkAllowance -= max(0, absolute.count - range.count)
                arena.replaceSubrange(range.lowerBound..., with: absolute)
                range = range.lowerBound..<arena.count
            }
        }
        if isInEntry {
            closeEntryField(open, range)
        } else {
            closeFeedField(open, range)
        }
    }

    private func isMarkupField(_ element: FeedElement) -> Bool {
        switch element {
        case .title, .titleAlternative, .summary, .summaryAlternative, .content, .fullText, .body: true
        default: false
        }
    }

    private mutating func closeEntryField(_ open: Capture, _ range: Range<Int>) {
        let piece = EntryDraft.Piece(range: range, kind: open.kind, rank: open.rank)
        switch open.element {
        case .title, .titleAlternative: Self.keep(piece, in: &draft.title)
        case .summary:
            // A second text, `description` beside `summary`, is kept as the content.
            if draft.summary.rank == piece.rank {
                Self.keep(EntryDraft.Piece(range: range, kind: open.kind, rank: 1), in: &draft.content)
            }
            Self.keep(piece, in: &draft.summary)
        case .summaryAlternative: Self.keep(piece, in: &draft.summary)
        case .content, .fullText, .body: Self.keep(piece, in: &draft.content)
        case .guid: Self.keep(EntryDraft.Piece(range: range, kind: .text, rank: 3), in: &draft.id)
        case .link:
            let link = string(range)
            draft.setLink(link, base: base(of: open.frame), rank: 5)
        case .origLink:
            let link = string(range)
            draft.setLink(link, base: nil, rank: 1)
        case .creator: Self.keep(EntryDraft.Piece(range: range, kind: .text, rank: 4), in: &draft.author)
        case .creatorAlternative:
            Self.keep(EntryDraft.Piece(range: range, kind: .text, rank: 1), in: &draft.author)
        case .name, .email:
            // The author of an entry's source counts only where the entry names none (RFC 4287, 4.2.1).
            let rank = open.frame - 2 != entryFrame ? 1 : open.element == .name ? 5 : 2
            Self.keep(EntryDraft.Piece(range: range, kind: .text, rank: rank), in: &draft.author)
        case .language:
            let language = string(range)
            draft.language = language
        case .published, .created, .dcDate, .updated, .lastBuild:
            guard let date = FeedDate.parse(arena[range]) else {
                note(open.offset, "unreadable-date", "a date could not be read and was left out")
                return
            }
            switch open.element {
            case .published: draft.setPublished(date, rank: 3)
            case .dcDate: draft.setPublished(date, rank: 2)
            case .created: draft.setPublished(date, rank: 1)
            default: draft.setUpdated(date, rank: 1)
            }
        default: break
        }
    }

    private static func keep(_ piece: EntryDraft.Piece, in field: inout EntryDraft.Piece) {
        if piece.rank > field.rank { field = piece }
    }

    private mutating func closeFeedField(_ open: Capture, _ range: Range<Int>) {
        switch open.element {
        case .title, .titleAlternative:
            guard open.rank > feedRanks.title else { return }
            feedRanks.title = open.rank
            feed.title = string(range)
        case .link:
            setLink(string(range), base: base(of: open.frame), rank: 5, .feed)
        case .language: feed.language = string(range)
        case .published: setFeedUpdated(range, rank: 2)
        case .dcDate, .created: setFeedUpdated(range, rank: 1)
        case .updated: setFeedUpdated(range, rank: 4)
        case .lastBuild: setFeedUpdated(range, rank: 3)
        case .ttl: feedRanks.ttl = number(range)
        case .updateFrequency: feedRanks.updateFrequency = number(range) ?? 1
        case .updatePeriod:
            feedRanks.updateBase =
                switch string(range).lowercased() {
                case "hourly": 3_600
                case "daily": 86_400
                case "weekly": 604_800
                case "monthly": 2_592_000
                case "yearly": 31_536_000
                default: nil
                }
        case .hour:
            // RSS 0.91 counts 1…24, 2.0 counts 0…23.
            if let hour = number(range), hour <= 24 { feed.skipHours.insert(hour % 24) }
        default: break
        }
    }

    private mutating func setFeedUpdated(_ range: Range<Int>, rank: Int) {
        guard rank > feedRanks.updated, let date = FeedDate.parse(arena[range]) else { return }
        feed.updated = date
        feedRanks.updated = rank
    }

    /// A whole number from 0 to a million.
    private func number(_ range: Range<Int>) -> Int? {
        guard let value = Int(string(range)), value >= 0, value <= 1_000_000 else { return nil }
        return value
    }

    private func string(_ range: Range<Int>) -> String {
        UTF8Writer.string(arena[range]).text
    }

    private func text(_ piece: EntryDraft.Piece) -> FeedText? {
        piece.rank > 0 ? FeedText(value: string(piece.range), kind: piece.kind) : nil
    }

    private mutating func closeEntry() {
        let id = draft.id.rank > 0 ? string(draft.id.range) : nil
        if draft.link == nil, let id, draft.id.rank == 1 || draft.idIsLink, URLReference.isAbsolute(id) {
            draft.setLink(id, base: nil, rank: 1)
        }
        finished.append(
            Entry(
                id: id, title: text(draft.title),
                link: draft.link.map { URLReference.resolve($0, against: draft.linkBase) },
                published: draft.published,
                updated: draft.updated, summary: text(draft.summary), content: text(draft.content),
                author: draft.author.rank > 0 ? Person.name(in: string(draft.author.range)) : nil,
                language: draft.language ?? languages[frames[entryFrame].language] ?? feed.language))
    }

    // MARK: Forms

    private mutating func decodeBase64(from start: Int) {
        var output: [UInt8] = []
        var (bits, count) = (UInt32(0), 0)
        for byte in arena[start...] {
            let digit: UInt32
            switch byte {
            case 0x41...0x5A: digit = UInt32(byte - 0x41)
            case 0x61...0x7A: digit = UInt32(byte - 0x61 + 26)
            case 0x30...0x39: digit = UInt32(byte - 0x30 + 52)
            case 0x2B: digit = 62
            case 0x2F: digit = 63
            case 0x3D: continue
            default:
                if byte.isMarkupSpace { continue }
                // Not base64 at all: keep what is there.
                return
            }
            bits = bits << 6 | digit
            count += 6
            if count >= 8 {
                count -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        arena.replaceSubrange(start..., with: output)
    }

    /// The inside of an XHTML construct's `div` (RFC 4287, 3.1.1.3).
    private func withoutOuterDiv(_ range: Range<Int>) -> Range<Int> {
        let opening = Array("<div".utf8)
        let closing = Array("</div>".utf8)
        guard range.count >= opening.count + closing.count,
            arena[range.lowerBound..<(range.lowerBound + 4)].elementsEqual(opening),
            arena[(range.upperBound - 6)..<range.upperBound].elementsEqual(closing)
        else { return range }
        let after = arena[range.lowerBound + 4]
        guard after == 0x3E || after.isMarkupSpace else { return range }
        guard let close = arena[range].firstIndex(of: 0x3E), close + 1 <= range.upperBound - 6 else {
            return range
        }
        // `<div>a</div><div>b</div>` has no outer one.
        let inside = (close + 1)..<(range.upperBound - 6)
        guard !isUnbalanced(inside) else { return range }
        let slice = Self.trimmed(arena[inside])
        return slice.startIndex..<slice.endIndex
    }

    /// Whether a `div` ends in the range that does not begin in it.
    private func isUnbalanced(_ range: Range<Int>) -> Bool {
        var depth = 0
        var index = range.lowerBound
        while index + 5 <= range.upperBound {
            if arena[index] == 0x3C {
                if arena[(index + 1)..<(index + 4)].elementsEqual("div".utf8) { depth += 1 }
                if arena[(index + 1)..<(index + 5)].elementsEqual("/div".utf8) { depth -= 1 }
                if depth < 0 { return true }
            }
            index += 1
        }
        return false
    }
}
