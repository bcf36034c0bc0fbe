import FoundationEssentials
import Markup

/// What becomes of fields and entries that end.
extension MarkupFeedReader {
    /// Ends the field; nothing of it stays in the arena unless the entry keeps it.
    mutating func closeField() {
        isReadingField = false
        scanner.skipsText = true
        if field.form.writing == .base64 { arena.decodeBase64(from: field.start) }
        var range = arena.trimmed(from: field.start)
        if field.form.writing == .raw, field.form.kind == .xhtml { range = arena.withoutOuterDiv(range) }
        var isKept = false
        if !range.isEmpty {
            range = withAbsoluteLinks(range)
            if isInEntry {
                isKept = keepInEntry(range)
            } else {
                keepInFeed(range)
            }
        }
        if !isKept { arena.truncate(to: field.start) }
    }

    /// The range, or where its text stands after the links in it were made absolute under an `xml:base`.
    private mutating func withAbsoluteLinks(_ range: Range<Int>) -> Range<Int> {
        guard field.form.kind != .text, elements.scope(of: field.frame).isBaseDeclared,
            let base = elements.scope(of: field.frame).base, arena.bytes[range].contains(0x3C)
        else { return range }
        let room = min(linkAllowance, limits.maxFieldBytes - range.count)
        guard let absolute = HTMLLinks.absolute(arena.bytes[range], base: base, maxGrowth: room) else {
            return range
        }
        linkAllowance -= max(0, absolute.count - range.count)
        arena.replace(from: range.lowerBound, with: absolute)
        return range.lowerBound..<arena.count
    }

    private mutating func keepInEntry(_ range: Range<Int>) -> Bool {
        let text = EntryLayout.Piece(range: range, kind: field.form.kind, rank: field.rank)
        func piece(_ rank: Int8) -> EntryLayout.Piece { .init(range: range, kind: .text, rank: rank) }
        switch field.element {
        case .title, .titleAlternative: return EntryLayout.keep(text, in: &entry.title)
        case .summary:
            if EntryLayout.keep(text, in: &entry.summary) { return true }
            // A second text, `description` beside `summary`, is kept as the content.
            return EntryLayout.keep(.init(range: range, kind: text.kind, rank: 1), in: &entry.content)
        case .summaryAlternative: return EntryLayout.keep(text, in: &entry.summary)
        case .content, .fullText, .body: return EntryLayout.keep(text, in: &entry.content)
        case .guid: return EntryLayout.keep(piece(3), in: &entry.id)
        case .link: return setLink(range, base: elements.scope(of: field.frame).base, rank: 5)
        case .origLink: return setLink(range, base: nil, rank: 1)
        case .creator: return EntryLayout.keep(piece(4), in: &entry.author)
        case .creatorAlternative: return EntryLayout.keep(piece(1), in: &entry.author)
        case .name, .email:
            // The author of an entry's source counts only where the entry names none (RFC 4287, 4.2.1).
            let rank: Int8 = field.frame - 2 != entryFrame ? 1 : field.element == .name ? 5 : 2
            return EntryLayout.keep(piece(rank), in: &entry.author)
        case .language:
            guard range.count <= Self.maxLanguageBytes else { return false }
            entry.language = piece(1)
            return true
        case .published, .created, .dcDate, .updated, .lastBuild: keepDate(range)
        default: break
        }
        return false
    }

    /// Bytes of a language's name, which every entry carries; RFC 5646 (4.4.1) finds 35 enough for all.
    static let maxLanguageBytes = 128

    private mutating func keepDate(_ range: Range<Int>) {
        guard let date = FeedDate.parse(arena.bytes[range]) else {
            return note(field.offset, "unreadable-date", "a date could not be read and was left out")
        }
        let seconds = date.timeIntervalSince1970
        switch field.element {
        case .published: entry.published.set(seconds, rank: 3)
        case .dcDate: entry.published.set(seconds, rank: 2)
        case .created: entry.published.set(seconds, rank: 1)
        default: entry.updated.set(seconds, rank: 1)
        }
    }

    private mutating func keepInFeed(_ range: Range<Int>) {
        switch field.element {
        case .title, .titleAlternative: draft.setTitle(arena.string(range), rank: field.rank)
        case .link: draft.setLink(arena.string(range), base: elements.scope(of: field.frame).base, rank: 5)
        case .language: if range.count <= Self.maxLanguageBytes { draft.language = arena.string(range) }
        case .published: keepFeedDate(range, rank: 2)
        case .dcDate, .created: keepFeedDate(range, rank: 1)
        case .updated: keepFeedDate(range, rank: 4)
        case .lastBuild: keepFeedDate(range, rank: 3)
        case .ttl: draft.setTimeToLive(arena.string(range))
        case .updateFrequency: draft.setUpdateFrequency(arena.string(range))
        case .updatePeriod: draft.setUpdatePeriod(arena.string(range))
        case .hour: draft.addSkipHour(arena.string(range))
        default: break
        }
    }

    private mutating func keepFeedDate(_ range: Range<Int>, rank: Int8) {
        if let date = FeedDate.parse(arena.bytes[range]) { draft.setUpdated(date, rank: rank) }
    }

    mutating func closeEntry() {
        isInEntry = false
        let isLink = entry.id.rank == 1 || (entry.id.rank > 0 && entry.idIsLink)
        if entry.link.rank == 0, isLink, URLReference.isAbsolute(arena.bytes.span.extracting(entry.id.range))
        {
            entry.link = EntryLayout.Piece(range: entry.id.range, kind: .text, rank: 1)
        } else if let linkBase, entry.link.rank > 0 {
            makeLinkAbsolute(linkBase)
        }
        if entry.author.rank > 0 {
            entry.author.range = Person.name(in: arena.bytes.span, entry.author.range)
        }
        if entry.language.rank == 0, let language = elements.scope(of: entryFrame).language ?? draft.language
        {
            let start = arena.count
            arena.append(language)
            entry.language = EntryLayout.Piece(range: start..<arena.count, kind: .text, rank: 1)
        }
        finishedEntries.append(entry)
    }

    private mutating func makeLinkAbsolute(_ base: String) {
        guard !URLReference.isAbsolute(arena.bytes.span.extracting(entry.link.range)) else { return }
        let start = arena.count
        arena.append(URLReference.resolve(arena.string(entry.link.range), against: base))
        entry.link.range = start..<arena.count
    }
}
