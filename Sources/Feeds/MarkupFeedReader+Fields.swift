import Markup

/// What fields open, and how their text is read.
extension MarkupFeedReader {
    private enum Place {
        case document, feed, entry, media, person, skipHours, elsewhere
    }

    /// Where the innermost element stands, by its parent.
    private var place: Place {
        let parent = elements.count - 2
        guard parent >= 0 else { return .document }
        switch elements.element(at: parent) {
        case .entry: return isInEntry && parent == entryFrame ? .entry : .elsewhere
        case .channel, .feed, .rss, .rdf: return .feed
        case .media: return isInEntry ? .media : .elsewhere
        case .author: return .person
        case .skipHours: return .skipHours
        default: return .elsewhere
        }
    }

    // MARK: Opening

    mutating func openField(_ meaning: ElementNames.Meaning, _ bytes: Span<UInt8>) {
        let place = place
        guard format != nil, place != .elsewhere, place != .document else { return }
        var form = FieldForm()
        var rank: Int8 = 1
        switch meaning.element {
        case .link: if openLink(meaning.namespace, place, bytes) { return }
        case .author:
            // An author with children (Atom) or text (RSS): the text is read, children interrupt it.
            guard place == .entry, !isAtom(meaning.namespace) else { return }
            return beginField(.creator, form, rank: 3)
        case .name, .email: guard place == .person else { return }
        case .hour: guard place == .skipHours else { return }
        case .skipHours: return
        case .guid:
            entry.idIsLink =
                !isAtom(meaning.namespace)
                && attribute("ispermalink", bytes).map { !bytes.matches("false", in: $0) } ?? true
        case .title, .titleAlternative, .summary, .summaryAlternative, .content, .fullText, .body:
            form = textForm(meaning, bytes)
            rank = textRank(meaning, place)
        default: break
        }
        if place == .person, meaning.element != .name, meaning.element != .email { return }
        if place == .media, meaning.element != .titleAlternative, meaning.element != .summaryAlternative {
            return
        }
        beginField(meaning.element, form, rank: rank)
    }

    private mutating func beginField(_ element: FeedElement, _ form: FieldForm, rank: Int8) {
        field = OpenField(
            element: element, frame: elements.count - 1, start: arena.count, offset: tokenOffset, form: form,
            rank: rank)
        isReadingField = true
        scanner.skipsText = false
    }

    private func isAtom(_ namespace: FeedNamespace) -> Bool {
        namespace == .atom || (namespace == .core && (format == .atom10 || format == .atom03))
    }

    private mutating func textForm(_ meaning: ElementNames.Meaning, _ bytes: Span<UInt8>) -> FieldForm {
        if meaning.element == .body { return FieldForm(writing: .raw, kind: .xhtml) }
        guard isAtom(meaning.namespace) else { return FieldForm(kind: .html) }
        guard !scanner.attributes.isEmpty else { return FieldForm() }
        return .atom(
            type: value("type", bytes)?.lowercased(), mode: value("mode", bytes)?.lowercased(),
            isAtom03: format == .atom03)
    }

    private func textRank(_ meaning: ElementNames.Meaning, _ place: Place) -> Int8 {
        switch meaning.element {
        case .titleAlternative: place == .media ? 1 : meaning.namespace == .itunes ? 2 : 3
        case .summaryAlternative:
            place == .media ? 1 : meaning.namespace == .itunes || meaning.namespace == .media ? 2 : 3
        case .summary, .title, .fullText: 5
        case .content: 4
        default: 3
        }
    }

    // MARK: Links

    /// Takes a link that stands in attributes. Returns whether its text need not be read.
    private mutating func openLink(
        _ namespace: FeedNamespace, _ place: Place, _ bytes: Span<UInt8>
    ) -> Bool {
        guard place == .entry || place == .feed else { return true }
        let isForeign = namespace == .atom && format != .atom10 && format != .atom03
        if scanner.attributes.isEmpty { return isForeign }
        if let relation = attribute("rel", bytes), !isAlternate(bytes, relation) { return true }
        guard let address = attribute("href", bytes) else { return isForeign }
        let isPage = attribute("type", bytes).map { isPageType(bytes, $0) } ?? true
        let rank: Int8 = isForeign ? 2 : isPage ? 5 : 4
        if place == .entry {
            setLink(bytes, address, base: elements.scope.base, rank: rank)
        } else {
            draft.setLink(decoded(bytes, address), base: elements.scope.base, rank: rank)
        }
        return true
    }

    private mutating func isAlternate(_ bytes: Span<UInt8>, _ relation: Range<Int>) -> Bool {
        if bytes.matches("alternate", in: relation) { return true }
        let relation = decoded(bytes, relation).lowercased()
        // The long form of a registered relation (RFC 4287, 4.2.7.2).
        return relation == "alternate" || relation == "http://www.iana.org/assignments/relation/alternate"
    }

    private mutating func isPageType(_ bytes: Span<UInt8>, _ type: Range<Int>) -> Bool {
        if bytes.matches("text/html", in: type) { return true }
        let type = decoded(bytes, type).lowercased()
        return type == "text/html" || type == "application/xhtml+xml" || type.isEmpty
    }

    /// Keeps the link at a range of the document if it is as good as the one so far.
    mutating func setLink(_ bytes: Span<UInt8>, _ range: Range<Int>, base: String?, rank: Int8) {
        guard rank >= entry.link.rank else { return }
        let start = arena.count
        if !setLink(appendValue(bytes, range), base: base, rank: rank) { arena.truncate(to: start) }
    }

    /// Keeps the link at a range of the arena if it is as good as the one so far. It is made absolute when the entry
    /// ends, however many links there were.
    mutating func setLink(_ range: Range<Int>, base: String?, rank: Int8) -> Bool {
        // Control characters alone are nothing once they are left out.
        guard rank >= entry.link.rank, arena.bytes[range].contains(where: { $0 > 0x20 }) else { return false }
        entry.link = EntryLayout.Piece(range: range, kind: .text, rank: rank)
        linkBase = base
        return true
    }

    // MARK: Characters

    mutating func text(_ bytes: Span<UInt8>) {
        guard !field.isCut else { return }
        var rest = scanner.token.range
        while !rest.isEmpty {
            let room = limits.maxFieldBytes - (arena.count - field.start)
            guard room > 0 else { return cutField() }
            let piece = rest.lowerBound..<pieceEnd(bytes, rest, room: room)
            let start = arena.count
            if scanner.token.kind == .cdata {
                arena.append(bytes, piece)
            } else {
                arena.appendDecoded(bytes, piece, &scanner.entities)
            }
            if field.form.writing == .raw { arena.escape(from: start) }
            rest = piece.upperBound..<rest.upperBound
        }
        if arena.count - field.start > limits.maxFieldBytes { cutField() }
    }

    /// Where to stop reading characters that may not all fit: behind `room` bytes, but not inside a reference, so
    /// that where a field is cut does not hang on how the document came.
    private func pieceEnd(_ bytes: Span<UInt8>, _ range: Range<Int>, room: Int) -> Int {
        guard range.count > room else { return range.upperBound }
        let end = range.lowerBound + room
        guard scanner.token.kind == .text,
            let reference = CharacterReferences.unfinished(in: bytes, from: range.lowerBound, to: end)
        else { return end }
        if reference > range.lowerBound { return reference }
        let whole = min(range.upperBound, reference + CharacterReferences.maxBytes)
        return CharacterReferences.unfinished(in: bytes, from: reference + 1, to: whole) ?? whole
    }

    /// A tag inside a field.
    mutating func appendMarkup(_ bytes: Span<UInt8>) {
        let token = scanner.token
        if token.kind == .endTag {
            field.depth -= 1
        } else if !token.isSelfClosing {
            field.depth += 1
            if elements.hasName(field.frame, scanner.name, bytes, token.range) { field.sameName += 1 }
        }
        guard !field.isCut else { return }
        guard token.outer.count <= limits.maxFieldBytes - (arena.count - field.start) else {
            return cutField()
        }
        // Prefixes of XHTML elements are of no use to who reads the field as HTML.
        if let colon = bytes.firstIndex(of: 0x3A, in: token.range),
            field.form.kind == .xhtml || isXHTML(bytes, token.range)
        {
            arena.append(bytes, token.outer.lowerBound..<token.range.lowerBound)
            arena.append(bytes, (colon + 1)..<token.outer.upperBound)
        } else {
            arena.append(bytes, token.outer)
        }
    }

    private mutating func isXHTML(_ bytes: Span<UInt8>, _ name: Range<Int>) -> Bool {
        names.meaning(of: scanner.name, bytes, name).namespace == .xhtml
    }

    private mutating func cutField() {
        arena.cut(from: field.start, to: limits.maxFieldBytes)
        field.isCut = true
        isLimited = true
        note(field.offset, "field-limit", "a field is longer than is read and was cut")
    }
}
