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

    let tokens: [Token]
    let hits: [LexiconHit]
    /// Key and range of everyone named.
    let actors: [(key: UInt64, start: Int, end: Int)]
    /// Keys of those who are people.
    let persons: Set<UInt64>

    /// Keys of those named outside what is recalled, with their places, once for each place.
    func subjects(place: (Int) -> Claim.Place) -> [(key: UInt64, place: Claim.Place)] {
        let recalled = backgroundSpans()
        var result: [(key: UInt64, place: Claim.Place)] = []
        for actor in actors where !recalled.contains(where: { $0.contains(actor.start) }) {
            let found = (key: actor.key, place: place(actor.start))
            if found.place != .body, !result.contains(where: { $0 == found }) { result.append(found) }
        }
        return result
    }

    func claims(place: (Int) -> Claim.Place) -> [Claim] {
        let recalled = backgroundSpans()
        var result: [Claim] = []
        for hit in hits {
            guard case .kind(let kind) = hit.label else { continue }
            let sentence = tokens[hit.start].sentence
            var flags: Claim.Flags = []
            let isRecalled = recalled.contains { $0.contains(hit.start) }
            if isRecalled { flags.insert(.background) }
            if !Self.unaffected.contains(kind), isNegated(hit) { flags.insert(.negated) }
            if tokens[hit.start].isAsked || marker(.hedge, near: hit) { flags.insert(.hedged) }
            if marker(.again, near: hit) { flags.insert(.again) }
            if !Self.governing.contains(kind), !isRecalled {
                let governors = hits.filter { other in
                    guard case .kind(let governor) = other.label, tokens[other.start].sentence == sentence,
                        other.start != hit.start, !recalled.contains(where: { $0.contains(other.start) })
                    else { return false }
                    return Self.governing.contains(governor)
                }
                if !governors.isEmpty { flags.insert(.embedded) }
                if !Self.unaffected.contains(kind),
                    governors.contains(where: { $0.label == .kind(.denial) || $0.label == .kind(.correction) }
                    )
                {
                    flags.insert(.negated)
                }
            }
            var claim = Claim(
                kind: kind, flags: flags, place: place(hit.start), actors: nearest(hit, recalled: recalled))
            for (index, actor) in claim.actors.enumerated() where persons.contains(actor) {
                claim.persons |= 1 << UInt8(index)
            }
            result.append(claim)
        }
        embedWhatTalksAreAbout(&result)
        return result
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
    private func backgroundSpans() -> [Range<Int>] {
        var spans: [Range<Int>] = []
        for hit in hits {
            if hit.label == .marker(.epithet) {
                spans.append(hit.start..<hit.end)
            } else if hit.label == .marker(.background), !isWithinEvent(hit) {
                var end = hit.end
                while end < tokens.count, tokens[end].clause == tokens[hit.start].clause { end += 1 }
                let opensClause = hit.start == 0 || tokens[hit.start - 1].clause != tokens[hit.start].clause
                if opensClause {
                    let events = hits.filter { event in
                        guard case .kind(let kind) = event.label else { return false }
                        return !kind.isWeak && event.start >= hit.end && event.start < end
                    }
                    if events.count > 1 { end = min(end, events[1].start) }
                    if !tokens[hit.start].isCharacter { end = min(end, hit.end + 8) }
                }
                spans.append(hit.start..<end)
            } else if hit.label == .marker(.backgroundEnd) {
                var start = hit.start
                while start > 0, tokens[start - 1].clause == tokens[hit.start].clause { start -= 1 }
                if start < hit.start { spans.append(start..<hit.start) }
            }
        }
        return spans
    }

    /// "Looks around after something" holds a word that recalls, but recalls nothing.
    private func isWithinEvent(_ marker: LexiconHit) -> Bool {
        hits.contains { event in
            guard case .kind = event.label else { return false }
            return event.start < marker.start && marker.end <= event.end
        }
    }

    private func isNegated(_ hit: LexiconHit) -> Bool {
        let isCharacter = tokens[hit.start].isCharacter
        let before = isCharacter ? 8 : 4
        let after = isCharacter ? 5 : 1
        return hits.contains { other in
            other.label == .marker(.negation) && tokens[other.start].clause == tokens[hit.start].clause
                && other.start >= hit.start - before && other.start < hit.end + after
                && !(hit.isContiguous && hit.start <= other.start && other.end <= hit.end)
        }
    }

    private func marker(_ marker: LexiconMarker, near hit: LexiconHit) -> Bool {
        hits.contains { $0.label == .marker(marker) && tokens[$0.start].clause == tokens[hit.start].clause }
    }

    /// Up to four actors of the clause, else of the sentence, nearest first; recalled ones only for recalled
    /// claims.
    private func nearest(_ hit: LexiconHit, recalled: [Range<Int>]) -> [UInt64] {
        let isRecalled = recalled.contains { $0.contains(hit.start) }
        func gather(_ belongs: (Int) -> Bool) -> [UInt64] {
            let near = actors.filter { actor in
                belongs(actor.start) && (isRecalled || !recalled.contains { $0.contains(actor.start) })
            }
            .sorted { abs($0.start - hit.start) < abs($1.start - hit.start) }
            var keys: [UInt64] = []
            for actor in near where !keys.contains(actor.key) { keys.append(actor.key) }
            return Array(keys.prefix(4))
        }
        let clause = gather { tokens[$0].clause == tokens[hit.start].clause }
        return clause.isEmpty ? gather { tokens[$0].sentence == tokens[hit.start].sentence } : clause
    }
}
