import Feeds
import Foundation
import Normalization
import Shingling

/// The decision on one entry in one topic, in the order that DESIGN 3 gives.
struct EntryJudge {
    let state: TopicState
    let reader: TopicReader
    let settings: StorySettings
    let item: PreparedItem
    let reading: TopicReading
    let number: EntryNumber
    let known: KnownEntry?
    /// What the entry copies, nearest first.
    let copies: [FoundCopy]
    /// Reads a part of the text again, as a text of its own.
    let reread: (String) -> TopicReading

    private var topic: String { reader.profile.id }
    private var time: Date { item.item.engineTime }
    /// The nearest original that the topic knows: what is off topic, whenever it came, decides nothing here.
    private var copy: FoundCopy? { copies.first { state.isOnTopic($0.entry) } }

    func verdict() -> (Decision, Change.Topic?) {
        let relevance = reading.relevance
        guard reader.profile.takesEverything || relevance.score >= settings.relevance else {
            let names = relevance.words.joined(separator: ", ")
            return (
                decision(
                    .offTopic, onTopic: false, score: relevance.score,
                    reasons: [
                        "Relevance \(number(relevance.score)) is below \(number(settings.relevance)): \(names)."
                    ]),
                nil
            )
        }
        if let known, state.isOnTopic(known.number) {
            if known.contentHash == item.item.identity.contentHash {
                let earlier = state.developments(of: known.number) ?? []
                return (
                    decision(
                        .duplicate, developments: earlier, score: 1,
                        reasons: ["Same identity and same content as \(known.number)."]),
                    nil
                )
            }
            return added(to: known.number, original: shingles(of: known), as: .sameDevelopment)
        }
        if let copy { return added(to: copy.entry, original: copy.shingles, as: .nearDuplicate) }
        return fresh(reading, reasons: relevanceReason)
    }

    private var relevanceReason: [String] {
        let words = reading.relevance.words.joined(separator: ", ")
        return ["Relevance \(number(reading.relevance.score)) of \(number(settings.relevance)) by \(words)."]
    }

    private func shingles(of known: KnownEntry) -> ShingleSet {
        ShingleSet(units: ShingleUnits.units(of: known.title + "\n" + known.text))
    }

    // MARK: Copies and revisions

    /// A copy or a revision: the original's developments, and what the added sentences tell.
    private func added(
        to original: EntryNumber, original shingles: ShingleSet, as outcome: Outcome
    ) -> (Decision, Change.Topic?) {
        let earlier = state.developments(of: original)
        var reasons: [String] = []
        if let copy, outcome == .nearDuplicate {
            reasons.append(
                "Containment \(number(copy.containment)) with \(original) is at least \(number(settings.copyRule.containment))."
            )
        } else {
            reasons.append("Revision of \(original).")
        }
        let extra = addition(to: shingles)
        if !extra.isEmpty {
            let more = reread(extra)
            let claims = more.reading.claims.filter { $0.isNews && !$0.kind.isWeak && $0.place != .body }
            if !claims.isEmpty, more.relevance.score >= settings.relevance || reader.profile.takesEverything {
                let candidates = state.candidates(for: more.reading, time: time, settings: settings)
                let best = candidates.first
                if best?.score ?? 0 < max(settings.join, settings.joinFurther) {
                    let opening = open(more, ordinal: 0, claims: claims, best: best)
                    let all = (earlier ?? []) + [opening.id]
                    return (
                        decision(
                            .newDevelopment, developments: all, opened: [opening], score: best?.score ?? 0,
                            reasons: reasons + ["It adds: \"\(extra.prefix(160))\"."]),
                        Change.Topic(
                            topic: topic, reading: more.reading,
                            parts: (earlier ?? []).map { Change.Part(development: $0, isOpened: false) } + [
                                Change.Part(development: opening.id, isOpened: true)
                            ], counts: false)
                    )
                }
            }
        }
        guard let earlier else {
            // The topic came to know the original without deciding on it: decided on its own, still named a copy.
            return fresh(reading, reasons: reasons + relevanceReason)
        }
        return (
            decision(outcome, developments: earlier, score: copy?.containment ?? 1, reasons: reasons),
            Change.Topic(
                topic: topic, reading: ItemReading(),
                parts: earlier.map { Change.Part(development: $0, isOpened: false) }, counts: false)
        )
    }

    /// Sentences whose shingles the original lacks.
    private func addition(to original: ShingleSet) -> String {
        let text = item.item.text
        var extra: [String] = []
        for sentence in text.split(whereSeparator: { ".!?\n。！？".contains($0) }) {
            let units = ShingleUnits.units(of: String(sentence))
            guard units.count >= settings.copyAddedWords else { continue }
            let set = ShingleSet(units: units)
            if set.containment(with: original) < 0.3 { extra.append(String(sentence)) }
        }
        return extra.prefix(12).joined(separator: ".\n")
    }

    // MARK: Texts of their own

    private func fresh(_ reading: TopicReading, reasons: [String]) -> (Decision, Change.Topic?) {
        var reasons = reasons
        let candidates = state.candidates(for: reading.reading, time: time, settings: settings)
        let best = candidates.first
        if let best {
            reasons.append(
                "Nearest told: \(state.developments[best.place].id) with \(number(best.score)) "
                    + "(joins from \(number(settings.join))).")
        }
        let looksBack = !reader.profile.takesEverything && (item.isRecap || item.isOpinion)
        if looksBack, best?.score ?? 0 < settings.recapJoin || reading.primary.first?.place != .title {
            reasons.append(
                item.isRecap ? "The title announces a recapitulation." : "The title announces comment.")
            return (
                decision(.recap, score: 0, reasons: reasons),
                nothingTold
            )
        }
        if let best, best.score >= settings.join {
            return joined(to: best, reading, tellsNothing: looksBack, reasons: reasons)
        }
        if !reader.profile.takesEverything, item.text.language != nil, reading.primary.isEmpty,
            novelty(reading) < settings.openNovelty
        {
            reasons.append("No claim of its own, and \(number(novelty(reading))) of its terms are new.")
            return (
                decision(.recap, score: best?.score ?? 0, reasons: reasons),
                nothingTold
            )
        }
        let opening = open(reading, ordinal: 0, claims: reading.primary, best: best)
        return (
            decision(
                .newDevelopment, developments: [opening.id], opened: [opening], score: best?.score ?? 0,
                reasons: reasons + [opening.why]),
            Change.Topic(
                topic: topic, reading: reading.reading,
                parts: [Change.Part(development: opening.id, isOpened: true)], counts: true)
        )
    }

    private var nothingTold: Change.Topic {
        Change.Topic(topic: topic, reading: ItemReading(), parts: [], counts: false)
    }

    /// The entry joins its nearest development; claims of its title that this one does not tell join or open
    /// another.
    private func joined(
        to best: TopicState.Candidate, _ reading: TopicReading, tellsNothing: Bool, reasons: [String]
    ) -> (Decision, Change.Topic?) {
        var reasons = reasons
        var parts = [Change.Part(development: state.developments[best.place].id, isOpened: false)]
        var openings: [Opening] = []
        if !reader.profile.takesEverything, !tellsNothing {
            let groups = titleGroups(reading)
            var left = Set(groups.flatMap(\.claims))
            for group in groups where groups.count > 1 {
                guard !tells(best.place, group.shape) else { continue }
                let part = TopicState.part(group.claims, of: reading.reading)
                let other = state.candidates(for: part, time: time, settings: settings)
                    .first { $0.place != best.place && tells($0.place, group.shape) }
                if let other, other.score >= settings.joinFurther {
                    parts.append(
                        Change.Part(
                            development: state.developments[other.place].id, isOpened: false,
                            claims: group.claims))
                    left.subtract(group.claims)
                    reasons.append(
                        "Its \(group.kind.rawValue) joins \(state.developments[other.place].id) "
                            + "with \(number(other.score)).")
                } else if other == nil, left.count > group.claims.count,
                    settings.opensFurther.contains(group.kind)
                {
                    let opening = open(
                        reading, ordinal: openings.count + 1,
                        claims: group.claims.map { reading.reading.claims[$0] }, best: nil)
                    openings.append(opening)
                    parts.append(Change.Part(development: opening.id, isOpened: true, claims: group.claims))
                    left.subtract(group.claims)
                    reasons.append(opening.why)
                }
            }
            if parts.count > 1 { parts[0].claims = left.sorted() }
        }
        let counts = !tellsNothing && (best.score >= settings.learn || !openings.isEmpty)
        let growth = counts && parts.count == 1 ? growth(of: best.place, by: reading) : nil
        if let growth { reasons.append("Its figure has grown from \(growth.from) to \(growth.to).") }
        return (
            decision(
                !openings.isEmpty ? .newDevelopment : tellsNothing ? .recap : .sameDevelopment,
                developments: parts.map(\.development),
                opened: openings, growth: growth, score: best.score, reasons: reasons),
            Change.Topic(
                topic: topic, reading: reading.reading, parts: parts,
                counts: counts)
        )
    }

    /// The figure of a title that tells what the development tells, if it is greater than all told of it.
    private func growth(of place: Int, by reading: TopicReading) -> Growth? {
        guard let told = state.developments[place].figure, let figure = reading.reading.figure,
            figure.hasGrown(from: told),
            titleGroups(reading).contains(where: { tells(place, $0.shape) })
        else { return nil }
        return Growth(from: told, to: figure)
    }

    /// News of the title by shape, in order of appearance.
    private func titleGroups(_ reading: TopicReading) -> [(shape: UInt16, kind: EventKind, claims: [Int])] {
        var groups: [(shape: UInt16, kind: EventKind, claims: [Int])] = []
        for (index, claim) in reading.reading.claims.enumerated()
        where claim.place == .title && claim.isNews && !claim.kind.isWeak {
            if let place = groups.firstIndex(where: { $0.shape == claim.shape }) {
                groups[place].claims.append(index)
            } else {
                groups.append((claim.shape, claim.kind, [index]))
            }
        }
        return groups
    }

    /// Whether a development tells this shape of claim with some weight.
    private func tells(_ place: Int, _ shape: UInt16) -> Bool {
        let development = state.developments[place]
        return (development.shapes[shape] ?? 0) >= settings.tells * development.shapeTotal
            && development.shapeTotal > 0
    }

    /// Share of the entry's terms, by rarity and prominence, that nothing told so far has.
    private func novelty(_ reading: TopicReading) -> Double {
        var unseen = 0.0
        var all = 0.0
        for term in reading.reading.terms where term.sort != .kind && term.sort != .claim && !term.sort.isTime {
            let weight = Double(term.weight)
            all += weight
            if !state.seen(term.key) { unseen += weight }
        }
        return all > 0 ? unseen / all : 0
    }

    // MARK: Words

    private func open(
        _ reading: TopicReading, ordinal: Int, claims: [Claim], best: TopicState.Candidate?
    ) -> Opening {
        let claim = claims.first
        let who = (claim?.actors ?? []).compactMap { reading.actorNames[$0] }.prefix(3).joined(
            separator: ", ")
        let kind = claim.map { ($0.flags.contains(.negated) ? "not " : "") + $0.kind.rawValue } ?? "other"
        let confidence: Confidence =
            claim == nil ? .low : best?.score ?? 0 > settings.join / 2 ? .medium : .high
        let nearest =
            best.map {
                "nearest \(state.developments[$0.place].id) at \(number($0.score)), below \(number(settings.join))"
            }
            ?? "nothing told is near"
        let why =
            "New: \(kind)\(who.isEmpty ? "" : " (\(who))"); \(nearest)."
        return Opening(
            id: identifier(ordinal: ordinal), kind: claim?.kind.rawValue ?? "other",
            headline: item.item.title, gloss: claim?.gloss(names: reading.actorNames),
            firstPublished: time, confidence: confidence, why: why)
    }

    /// `dev_` and 16 digits of a hash over topic, the opener's identity and the ordinal.
    private func identifier(ordinal: Int) -> DevelopmentID {
        var hash = FixedHash()
        hash.add(topic)
        hash.add(item.item.identity.canonicalURL ?? item.item.identity.guid ?? "")
        hash.add(item.item.identity.contentHash)
        hash.add(UInt64(ordinal))
        return DevelopmentID(hash: hash.value)
    }

    private func decision(
        _ outcome: Outcome, onTopic: Bool = true, developments: [DevelopmentID] = [], opened: [Opening] = [],
        growth: Growth? = nil, score: Double, reasons: [String]
    ) -> Decision {
        Decision(
            entry: number, topic: topic, onTopic: onTopic, outcome: outcome, developments: developments,
            opened: opened, growth: growth, nearDuplicateOf: (copy ?? copies.first)?.entry, revisionOf: known?.number,
            score: score,
            reasons: reasons)
    }

    private func number(_ value: Double) -> String { String(format: "%.2f", value) }
}
