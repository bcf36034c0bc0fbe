import FoundationEssentials
import Markup

/// What a start tag opens.
extension MarkupFeedReader {
    mutating func startTag(_ bytes: Span<UInt8>) {
        if isReadingField, !interruptsField(bytes) { return appendMarkup(bytes) }
        if isRootClosed { return }
        guard ignoredDepth == 0, elements.count < limits.maxDepth else { return ignoreElement() }
        let range = scanner.token.range
        var scope = scanner.attributes.isEmpty ? nil : readScope(bytes)
        let meaning = names.meaning(of: scanner.name, bytes, range)
        if firstElement == nil {
            firstElement = bytes.extracting(range).withUnsafeBufferPointer {
                String(decoding: $0, as: UTF8.self)
            }
        }
        if meaning.element == .entry, isInEntry, elements.count == entryFrame + 1, entryFrame != rootFrame {
            // An entry directly inside an entry: the first one was not closed.
            noteToken("unclosed-element", "an entry starts inside another; the first was ended there")
            names.unbind(to: elements.scope.bindings)
            pop(to: entryFrame)
            scope = scanner.attributes.isEmpty ? nil : readScope(bytes)
        }
        elements.push(meaning.element, scanner.name, bytes, range, scope: scope)
        open(meaning, bytes)
        if scanner.token.isSelfClosing { pop(to: elements.count - 1) }
    }

    private mutating func ignoreElement() {
        if !scanner.token.isSelfClosing { ignoredDepth += 1 }
        guard !isLimited else { return }
        isLimited = true
        noteToken("depth-limit", "elements nest deeper than is read")
    }

    /// Namespaces, base and language of the tag, if it has any of its own.
    private mutating func readScope(_ bytes: Span<UInt8>) -> OpenElements.Scope? {
        var opened: OpenElements.Scope?
        for attribute in scanner.attributes where attribute.name.count >= 5 {
            let start = attribute.name.lowerBound
            guard bytes[start] == 0x78, bytes[start + 1] == 0x6D, bytes[start + 2] == 0x6C else { continue }
            var scope = opened ?? elements.scope
            let rest = bytes.extracting((start + 3)..<attribute.name.upperBound)
            if rest.equals(Self.baseSuffix.span) {
                let address = URLReference.resolve(decoded(bytes, attribute.value), against: scope.base)
                // Nested relative bases add up, and each link would copy them.
                guard address.utf8.count <= Self.maxBaseBytes else { continue }
                scope.base = address
                scope.isBaseDeclared = true
            } else if rest.equals(Self.languageSuffix.span) {
                let language = decoded(bytes, attribute.value)
                guard language.utf8.count <= Self.maxLanguageBytes else { continue }
                scope.language = language.isEmpty ? nil : language
            } else if rest[0] == 0x6E, rest[1] == 0x73, rest.count == 2 || rest[2] == 0x3A {
                bind(bytes, attribute)
                scope.bindings = names.bindingCount
            }
            opened = scope
        }
        return opened
    }

    private mutating func bind(_ bytes: Span<UInt8>, _ attribute: MarkupAttribute) {
        let prefix = bytes.extracting(attribute.name).withUnsafeBufferPointer { Array($0.dropFirst(6)) }
        let address = bytes.extracting(attribute.value)
        let known = names.namespace(address)
        let namespace = known ?? FeedNamespace(address: decoded(bytes, attribute.value))
        if known == nil { names.remember(namespace, of: address) }
        if !names.bind(prefix, to: namespace) { isLimited = true }
    }

    /// Bytes of an `xml:base` with those around it.
    private static let maxBaseBytes = 2_048
    private static let baseSuffix = Array(":base".utf8)
    private static let languageSuffix = Array(":lang".utf8)

    /// Whether a start tag inside a field means that the field's end tag is missing.
    private mutating func interruptsField(_ bytes: Span<UInt8>) -> Bool {
        guard field.form.writing != .raw else { return false }
        let meaning = names.meaning(of: scanner.name, bytes, scanner.token.range)
        if meaning.element == .name || meaning.element == .email { return dropEmptyAuthor() }
        guard meaning.element == .entry, meaning.namespace != .unknown else { return false }
        noteToken("unclosed-element", "an entry starts inside a field; the field was ended there")
        pop(to: field.frame)
        return true
    }

    /// Ends the text of an author that turns out to have a name or an address as its child, as Atom's do, in RSS.
    private mutating func dropEmptyAuthor() -> Bool {
        guard elements.element(at: field.frame) == .author, elements.count == field.frame + 1,
            field.depth == 0,
            arena.trimmed(from: field.start).isEmpty
        else { return false }
        arena.truncate(to: field.start)
        isReadingField = false
        scanner.skipsText = true
        return true
    }

    private mutating func open(_ meaning: ElementNames.Meaning, _ bytes: Span<UInt8>) {
        switch meaning.element {
        case .other, .xhtml, .image, .source, .contributor, .media: return
        case .rss, .rdf, .feed: openRoot(meaning.element, bytes)
        case .channel:
            sawChannelOrEntry = true
            if format == nil { openRoot(.channel, bytes) }
        case .entry:
            if format == nil, elements.count == 1, meaning.namespace == .atom { openEntryDocument() }
            openEntry(bytes)
        default: openField(meaning, bytes)
        }
    }

    // MARK: Roots

    private mutating func openRoot(_ element: FeedElement, _ bytes: Span<UInt8>) {
        guard format == nil, elements.count <= 8 else { return }
        rootFrame = elements.count - 1
        let version = value("version", bytes)
        switch element {
        case .feed: format = version == nil || version == "1.0" ? .atom10 : .atom03
        case .rdf: format = rdfFormat(bytes)
        case .channel: openBareChannel(bytes)
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
        draft.language = elements.scope.language
    }

    /// RSS in RDF says by a namespace which one it is; RDF of other kinds has none of them.
    private mutating func rdfFormat(_ bytes: Span<UInt8>) -> FeedFormat {
        for attribute in scanner.attributes {
            let address = decoded(bytes, attribute.value)
            if address.contains("netscape.com/rdf/simple/0.9") {
                sawChannelOrEntry = true
                return .rss090
            }
            if address.contains("purl.org/rss/1.0") { sawChannelOrEntry = true }
        }
        return .rss10
    }

    /// A channel without `rss` around it: CDF, which has its values in attributes, or RSS that lost its root.
    private mutating func openBareChannel(_ bytes: Span<UInt8>) {
        isBareChannel = true
        let link = value("href", bytes)
        let changed = value("lastmod", bytes)
        let isUpperCase = bytes[scanner.token.range.lowerBound] == 0x43
        format = link != nil || changed != nil || isUpperCase ? .cdf : .rss20
        if let link { draft.setLink(link, base: elements.scope.base, rank: 9) }
        if let changed { draft.setChanged(Date(feedDate: changed)) }
    }

    /// An entry alone is an Atom document too (RFC 4287, 2).
    private mutating func openEntryDocument() {
        format = .atom10
        rootFrame = 0
    }

    private mutating func openEntry(_ bytes: Span<UInt8>) {
        guard format != nil, !isInEntry else { return }
        sawChannelOrEntry = true
        guard entryCount < limits.maxEntries else {
            if !isLimited { noteLimit("entry-limit", "the document has more entries than are read") }
            isLimited = true
            return
        }
        entryCount += 1
        entry = EntryLayout()
        if linkBase != nil { linkBase = nil }
        entryFrame = elements.count - 1
        entryStart = arena.count
        isInEntry = true
        if !scanner.attributes.isEmpty { readEntryAttributes(bytes) }
    }

    private mutating func readEntryAttributes(_ bytes: Span<UInt8>) {
        if isBareChannel {
            if let address = attribute("href", bytes) {
                setLink(bytes, address, base: elements.scope.base, rank: 5)
            }
            if let text = value("lastmod", bytes), let date = Date(feedDate: text) {
                entry.updated.set(date.timeIntervalSince1970, rank: 1)
            }
        }
        if let about = attribute("rdf:about", bytes) {
            entry.id = EntryLayout.Piece(range: appendValue(bytes, about), kind: .text, rank: 1)
        }
    }

    // MARK: Attributes

    /// The value of an attribute, as written.
    func attribute(_ name: StaticString, _ bytes: Span<UInt8>) -> Range<Int>? {
        for attribute in scanner.attributes where bytes.matches(name, in: attribute.name) {
            return attribute.value
        }
        return nil
    }

    /// The value of an attribute.
    mutating func value(_ name: StaticString, _ bytes: Span<UInt8>) -> String? {
        attribute(name, bytes).map { decoded(bytes, $0) }
    }

    /// Appends the value at a range to the arena and returns where it stands.
    mutating func appendValue(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        let start = arena.count
        let bounded = range.lowerBound..<min(range.upperBound, range.lowerBound + limits.maxFieldBytes)
        arena.appendDecoded(bytes, bounded, &scanner.entities)
        return arena.trimmed(from: start)
    }

    /// The value at a range.
    mutating func decoded(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        let start = arena.count
        let place = appendValue(bytes, range)
        let text = arena.string(place)
        arena.truncate(to: start)
        return text
    }
}
