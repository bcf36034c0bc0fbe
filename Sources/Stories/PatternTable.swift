import Normalization

/// Patterns of words, stems and gaps, found in one pass over a text's tokens.
struct PatternTable: Sendable {
    private enum Element: Sendable {
        case word(UInt64)
        case stem(UInt64, byteCount: Int)
        case suffixed([UInt8], isStem: Bool)
        case gap
    }

    private struct Pattern: Sendable {
        var label: LexiconLabel
        var rest: [Element]

        /// Words and stems, the first one among them.
        var spelled: Int {
            rest.reduce(1) { if case .gap = $1 { $0 } else { $0 + 1 } }
        }
    }

    /// Words that a `~` may skip; Han, Kana and Thai tokens are single characters, so more of them.
    private static let gapWords = 4
    private static let gapCharacters = 12
    /// Letters that a leading `*` may stand for.
    private static let longestPrefix = 6

    private var byWord = HashedLists<Pattern>()
    private var byStem = HashedLists<Pattern>()
    private var stemLengths: Set<Int> = []
    private var sortedStemLengths: [Int] = []
    /// Patterns whose first word may have something before it, in the order in which they were added.
    private var suffixed: [(isStem: Bool, pattern: Pattern)] = []
    /// Places in `suffixed` by the word's hash: a language of clitics has thousands, too many to try each on every token.
    private var suffixedPlaces = HashedLists<Int>()
    /// For each number of bytes, whether a pattern of it is among these.
    private var suffixedLengths: [Bool] = []

    var isEmpty: Bool { byWord.isEmpty && byStem.isEmpty && suffixed.isEmpty }

    /// Adds one pattern in the lexicon's syntax; one without any word is ignored.
    mutating func add(_ pattern: String, as label: LexiconLabel) {
        var elements: [Element] = []
        for part in pattern.split(separator: " ") {
            if part == "~" {
                elements.append(.gap)
                continue
            }
            let isStem = part.utf8.last == 0x2A
            let isSuffixed = part.utf8.first == 0x2A && part.utf8.count > 1
            let letters = Substring(
                part.unicodeScalars.dropFirst(isSuffixed ? 1 : 0).dropLast(isStem ? 1 : 0))
            // Most words of a lexicon are tokens as they stand.
            if Tokenizer.isPlain(letters) {
                elements.append(Self.element(letters.utf8, isSuffixed: isSuffixed, isStem: isStem))
                continue
            }
            let tokens = Token.tokens(of: String(part.filter { $0 != "*" }))
            for (index, token) in tokens.enumerated() {
                let isLast = index == tokens.count - 1
                elements.append(
                    Self.element(
                        token.text.utf8[...], isSuffixed: isSuffixed && index == 0,
                        isStem: isStem && isLast && !token.isCharacter))
            }
        }
        while case .gap? = elements.last { elements.removeLast() }
        while case .gap? = elements.first { elements.removeFirst() }
        guard let first = elements.first else { return }
        let rest = Pattern(label: label, rest: Array(elements.dropFirst()))
        switch first {
        case .word(let hash): byWord.append(rest, for: hash)
        case .stem(let hash, let byteCount):
            byStem.append(rest, for: hash)
            if stemLengths.insert(byteCount).inserted { sortedStemLengths = stemLengths.sorted() }
        case .suffixed(let bytes, let isStem):
            suffixedPlaces.append(suffixed.count, for: FixedHash.of(bytes))
            while suffixedLengths.count <= bytes.count { suffixedLengths.append(false) }
            suffixedLengths[bytes.count] = true
            suffixed.append((isStem, rest))
        case .gap: break
        }
    }

    private static func element(_ text: Substring.UTF8View, isSuffixed: Bool, isStem: Bool) -> Element {
        if isSuffixed { return .suffixed(Array(text), isStem: isStem) }
        return isStem ? .stem(FixedHash.of(text), byteCount: text.count) : .word(FixedHash.of(text))
    }

    /// All hits, by start; of the same label, and of kinds of event, at the same start only the longest.
    func hits(in tokens: [Token]) -> [LexiconHit] {
        guard !isEmpty else { return [] }
        var found: [LexiconHit] = []
        for start in tokens.indices {
            let first = found.count
            collect(at: start, tokens, into: &found)
            keepLongest(from: first, &found)
        }
        return withoutParts(found)
    }

    private func collect(at start: Int, _ tokens: [Token], into found: inout [LexiconHit]) {
        let token = tokens[start]
        match(byWord[token.hash], from: start, tokens, into: &found)
        guard !token.isCharacter else { return }
        if !byStem.isEmpty {
            var hash = FixedHash()
            var length = 0
            var next = 0
            for byte in token.text.utf8 {
                hash.add(byte: byte)
                length += 1
                while next < sortedStemLengths.count, sortedStemLengths[next] < length { next += 1 }
                guard next < sortedStemLengths.count else { break }
                if sortedStemLengths[next] == length {
                    match(byStem[hash.value], from: start, tokens, into: &found)
                }
            }
        }
        if !suffixed.isEmpty, !token.isASCII {
            for place in suffixes(of: token) {
                match([suffixed[place].pattern], from: start, tokens, into: &found)
            }
        }
    }

    /// Places of the patterns that `holds` is true of, ascending.
    private func suffixes(of token: Token) -> [Int] {
        let text = Array(token.text.utf8)
        var places: Set<Int> = []
        for offset in 0...min(Self.longestPrefix, text.count) {
            // A word begins with a character.
            guard offset < text.count, text[offset] & 0xC0 != 0x80 else { continue }
            var hash = FixedHash()
            for end in offset..<min(text.count, offset + suffixedLengths.count - 1) {
                hash.add(byte: text[end])
                guard suffixedLengths[end + 1 - offset] else { continue }
                for place in suffixedPlaces[hash.value]
                where suffixed[place].isStem || end + 1 == text.count {
                    places.insert(place)
                }
            }
        }
        return places.sorted()
    }

    private func match(
        _ patterns: [Pattern], from start: Int, _ tokens: [Token], into found: inout [LexiconHit]
    ) {
        for pattern in patterns {
            if let end = Self.end(of: pattern.rest, from: start + 1, tokens) {
                found.append(
                    LexiconHit(label: pattern.label, start: start, end: end, spelled: pattern.spelled))
            }
        }
    }

    private static func end(of rest: [Element], from start: Int, _ tokens: [Token]) -> Int? {
        var position = start
        var index = 0
        while index < rest.count {
            if case .gap = rest[index] {
                guard index + 1 < rest.count else { return position }
                let next = rest[index + 1]
                var limit = position
                var spent = 0.0
                while limit < tokens.count, spent <= 1, tokens[limit].sentence == tokens[start - 1].sentence {
                    if matches(next, tokens[limit]) { break }
                    spent += 1 / Double(tokens[limit].isCharacter ? gapCharacters : gapWords)
                    limit += 1
                }
                guard limit < tokens.count, matches(next, tokens[limit]) else { return nil }
                position = limit + 1
                index += 2
            } else {
                guard position < tokens.count, tokens[position].sentence == tokens[start - 1].sentence,
                    matches(rest[index], tokens[position])
                else { return nil }
                position += 1
                index += 1
            }
        }
        return position
    }

    private static func matches(_ element: Element, _ token: Token) -> Bool {
        switch element {
        case .word(let hash): token.hash == hash
        case .stem(let hash, let byteCount):
            token.text.utf8.count >= byteCount && FixedHash.of(token.text.utf8.prefix(byteCount)) == hash
        case .suffixed(let bytes, let isStem): holds(token, bytes, isStem: isStem)
        case .gap: false
        }
    }

    private static func holds(_ token: Token, _ bytes: [UInt8], isStem: Bool) -> Bool {
        let text = Array(token.text.utf8)
        guard text.count >= bytes.count else { return false }
        let offsets =
            isStem ? Array(0...min(longestPrefix, text.count - bytes.count)) : [text.count - bytes.count]
        return offsets.contains { $0 <= longestPrefix && text[$0..<$0 + bytes.count].elementsEqual(bytes) }
    }

    /// Without the kinds of event that are words of another one's phrase: "not coming back" is no coming back. Of a phrase
    /// with a gap these are words that it ends with, if it spells out more: "sent ~ into retirement" is no retirement.
    private func withoutParts(_ found: [LexiconHit]) -> [LexiconHit] {
        // Only phrases that reach beyond a hit's start can hold it.
        var phrases: [LexiconHit] = []
        return found.filter { hit in
            guard case .kind = hit.label else { return true }
            phrases.removeAll { $0.end <= hit.start }
            let isPart = phrases.contains { phrase in
                phrase.start < hit.start && phrase.label != hit.label
                    && (phrase.isContiguous
                        ? hit.end <= phrase.end
                        : hit.end == phrase.end && phrase.spelled > hit.spelled)
            }
            if hit.end > hit.start + 1 { phrases.append(hit) }
            return !isPart
        }
    }

    private func keepLongest(from first: Int, _ found: inout [LexiconHit]) {
        guard found.count - first > 1 else { return }
        var kept: [LexiconHit] = []
        for hit in found[first...] {
            if let place = kept.firstIndex(where: { $0.label == hit.label }) {
                if (hit.end, hit.spelled) > (kept[place].end, kept[place].spelled) { kept[place] = hit }
            } else {
                kept.append(hit)
            }
        }
        // "Appointed again" is a return, not an appointment; and what is spelled out beats what has a gap.
        let longest = kept.reduce((end: 0, spelled: 0)) { best, hit in
            if case .kind = hit.label, (hit.end, hit.spelled) > best { (hit.end, hit.spelled) } else { best }
        }
        kept.removeAll { hit in
            if case .kind = hit.label { (hit.end, hit.spelled) < longest } else { false }
        }
        found.replaceSubrange(first..., with: kept)
    }
}
