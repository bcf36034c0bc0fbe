/// Reads claims off annotated tokens: which kinds of event, told as news or recalled, denied or embedded,
/// beside whom.
struct ClaimReader {
    /// Kinds whose content is not itself said to happen: talks about a return are no return.
    static let governing: Set<EventKind> = [
        .talks, .threat, .letter, .refusal, .denial, .correction, .regret, .lawsuit, .investigation, .thanks,
        .welcome,
        .reason,
        .warning, .criticism, .memo, .collapse, .support, .disclosure, .plan,
    ]

    /// Kinds that a "not" beside them does not turn into another happening: "not candid" is a reason all the
    /// same.
    static let unaffected: Set<EventKind> = [
        .reason, .criticism, .warning, .support, .denial, .correction, .refusal, .collapse, .plan, .thanks,
        .welcome,
        .statement, .report, .threat, .disclosure,
    ]

    /// Someone named at tokens `start..<end`.
    typealias Actor = (key: UInt64, start: Int, end: Int)

    private let tokens: [Token]
    private let hits: [LexiconHit]
    private let actors: [Actor]
    private let persons: Set<UInt64>
    private let hitsBySentence: TextGroups<LexiconHit>
    private let hitsByClause: TextGroups<LexiconHit>
    private let actorsBySentence: TextGroups<Actor>
    private let actorsByClause: TextGroups<Actor>
    /// For each token, whether what it says is recalled.
    private var isRecalled: [Bool]

    /// Hits and actors, key and range of everyone named, in the order of the text; keys of those who are people.
    init(
        tokens: [Token], hits: [LexiconHit], actors: [Actor], persons: Set<UInt64>
    ) {
        self.tokens = tokens
        self.hits = hits
        self.actors = actors
        self.persons = persons
        hitsBySentence = TextGroups(hits) { tokens[$0.start].sentence }
        hitsByClause = TextGroups(hits) { tokens[$0.start].clause }
        actorsBySentence = TextGroups(actors) { tokens[$0.start].sentence }
        actorsByClause = TextGroups(actors) { tokens[$0.start].clause }
        isRecalled = Array(repeating: false, count: tokens.count)
        markRecalled()
    }

    /// Keys of those named outside what is recalled, with their places, once for each place.
    func subjects(place: (Int) -> Claim.Place) -> [(key: UInt64, place: Claim.Place)] {
        var result: [(key: UInt64, place: Claim.Place)] = []
        for actor in actors where !isRecalled[actor.start] {
            let found = (key: actor.key, place: place(actor.start))
            if found.place != .body, !result.contains(where: { $0 == found }) { result.append(found) }
        }
        return result
    }

    /// One claim for each hit on a kind of event, in the order of the text.
    func claims(place: (Int) -> Claim.Place) -> [Claim] {
        var result: [Claim] = []
        for hit in hits {
            guard case .kind(let kind) = hit.label else { continue }
            var flags: Claim.Flags = []
            if isRecalled[hit.start] { flags.insert(.background) }
            if !Self.unaffected.contains(kind), isNegated(hit) { flags.insert(.negated) }
            if tokens[hit.start].isAsked || isMarked(hit, .hedge, unless: isWithinEvent) {
                flags.insert(.hedged)
            }
            if isMarked(hit, .again) { flags.insert(.again) }
            if !Self.governing.contains(kind), !isRecalled[hit.start] {
                let governors = governors(of: hit)
                if !governors.isEmpty { flags.insert(.embedded) }
                if !Self.unaffected.contains(kind),
                    governors.contains(.denial) || governors.contains(.correction)
                {
                    flags.insert(.negated)
                }
            }
            var claim = Claim(kind: kind, flags: flags, place: place(hit.start), actors: nearest(hit))
            for (index, actor) in claim.actors.enumerated() where persons.contains(actor) {
                claim.persons |= 1 << UInt8(index)
            }
            result.append(claim)
        }
        embedWhatTalksAreAbout(&result)
        return result
    }

    /// Kinds told elsewhere in the sentence whose content the hit is.
    private func governors(of hit: LexiconHit) -> [EventKind] {
        hitsBySentence[tokens[hit.start].sentence].compactMap { other in
            guard case .kind(let governor) = other.label, other.start != hit.start, !isRecalled[other.start],
                Self.governing.contains(governor)
            else { return nil }
            return governor
        }
    }

    /// "Will she return? Talks under way": what is only asked or supposed beside talks, in the same title or
    /// lead, is what the talks are about.
    private func embedWhatTalksAreAbout(_ claims: inout [Claim]) {
        let talks = claims.filter { $0.kind == .talks && $0.flags.isDisjoint(with: [.background, .negated]) }
        for index in claims.indices {
            let claim = claims[index]
            guard claim.flags.contains(.hedged), claim.isNews, claim.place != .body,
                !Self.governing.contains(claim.kind), talks.contains(where: { $0.place == claim.place })
            else { continue }
            claims[index].flags.insert(.embedded)
        }
    }

    /// An epithet alone; from a marker to the end of its clause; before a closing marker from the start of its
    /// clause. A marker that opens its clause ends before the second event or after eight words: many languages
    /// put no comma there.
    private mutating func markRecalled() {
        for hit in hits {
            if hit.label == .marker(.epithet) {
                for index in hit.start..<hit.end { isRecalled[index] = true }
            } else if hit.label == .marker(.background), !isWithinEvent(hit) {
                var end = hit.end
                while end < tokens.count, tokens[end].clause == tokens[hit.start].clause { end += 1 }
                let opensClause = hit.start == 0 || tokens[hit.start - 1].clause != tokens[hit.start].clause
                if opensClause {
                    let events = hitsByClause[tokens[hit.start].clause].filter { event in
                        guard case .kind(let kind) = event.label else { return false }
                        return !kind.isWeak && event.start >= hit.end && event.start < end
                    }
                    if events.count > 1 { end = min(end, events[1].start) }
                    if !tokens[hit.start].isCharacter { end = min(end, hit.end + 8) }
                }
                for index in hit.start..<end { isRecalled[index] = true }
            } else if hit.label == .marker(.backgroundEnd) {
                var start = hit.start
                while start > 0, tokens[start - 1].clause == tokens[hit.start].clause { start -= 1 }
                for index in start..<hit.start { isRecalled[index] = true }
            }
        }
    }

    /// "Looks around after something" holds a word that recalls, but recalls nothing; "denies rumours" supposes nothing.
    private func isWithinEvent(_ marker: LexiconHit) -> Bool {
        hitsBySentence[tokens[marker.start].sentence].contains { event in
            guard case .kind = event.label else { return false }
            return event.start < marker.start && marker.end <= event.end
        }
    }

    private func isNegated(_ hit: LexiconHit) -> Bool {
        let isCharacter = tokens[hit.start].isCharacter
        let before = isCharacter ? 8 : 4
        let after = isCharacter ? 5 : 1
        return hitsByClause[tokens[hit.start].clause].contains { other in
            other.label == .marker(.negation)
                && other.start >= hit.start - before && other.start < hit.end + after
                && !(hit.isContiguous && hit.start <= other.start && other.end <= hit.end)
        }
    }

    /// Whether the marker stands in the hit's clause, other than where it marks nothing.
    private func isMarked(
        _ hit: LexiconHit, _ marker: LexiconMarker, unless isPart: (LexiconHit) -> Bool = { _ in false }
    ) -> Bool {
        hitsByClause[tokens[hit.start].clause].contains { $0.label == .marker(marker) && !isPart($0) }
    }

    /// Up to four actors of the clause, else of the sentence, nearest first; recalled ones only for recalled
    /// claims.
    private func nearest(_ hit: LexiconHit) -> [UInt64] {
        func gather(_ near: ArraySlice<Actor>) -> [UInt64] {
            let sorted = near.filter { isRecalled[hit.start] || !isRecalled[$0.start] }
                .sorted { abs($0.start - hit.start) < abs($1.start - hit.start) }
            var keys: [UInt64] = []
            for actor in sorted where !keys.contains(actor.key) { keys.append(actor.key) }
            return Array(keys.prefix(4))
        }
        let clause = gather(actorsByClause[tokens[hit.start].clause])
        return clause.isEmpty ? gather(actorsBySentence[tokens[hit.start].sentence]) : clause
    }
}
