import Foundation

extension TopicState {
    /// A development that the entry may belong to.
    struct Candidate: Sendable {
        var place: Int
        var features: Features
        var score: Double
        /// The member that is nearest.
        var nearestItem: Int?
    }

    /// Developments that share rare terms with the entry, best first; ties by age.
    func candidates(for reading: ItemReading, time: Date, settings: StorySettings) -> [Candidate] {
        let query = query(reading.terms, settings)
        let norm = norm(query)
        guard !query.parts.isEmpty else { return [] }
        // The nearest member of each development first: one sort of all costs less than one for each.
        let members = members(nearestTo: query, norm, settings).sorted {
            ($1.place, $0.whole, $0.slot) > ($0.place, $1.whole, $1.slot)
        }
        let shapes = Self.shapes(of: reading, settings)
        let claims = query.parts.filter(\.term.isProminent).map { part in
            let spread = part.number.map { terms.spread($0) } ?? 0
            return (
                term: part.term, number: part.number, distinctness: distinctness(spread: spread, settings)
            )
        }
        let news = TitleNews(reading)
        let wordCount = reading.terms.count { $0.isTextual }
        var result: [Candidate] = []
        var first = 0
        while first < members.count {
            let nearest = members[first]
            let end = members[first...].firstIndex { $0.place != nearest.place } ?? members.count
            let own = members[first..<end]
            first = end
            var features = compare(
                reading, claims, shapes, news, developments[nearest.place], time, settings)
            compareMarks(query, developments[nearest.place], &features, settings)
            features.nearest = nearest.whole
            features.titles = own.reduce(0) { max($0, $1.title) }
            let shorter = min(wordCount, self.reading(of: nearest.slot).textualCount)
            features.brevity = 1 / (1 + Double(shorter) / 20)
            let top = own.prefix(3)
            features.average = top.reduce(0) { $0 + $1.whole } / Double(top.count)
            features.leaveOut(settings.leftOut)
            result.append(
                Candidate(
                    place: nearest.place, features: features, score: features.score(settings),
                    nearestItem: nearest.slot))
        }
        return result.sorted { ($0.score, -$0.place) > ($1.score, -$1.place) }
    }

    /// An entry of a development and the cosines with it, of whole texts and of titles.
    private struct Member {
        var place: Int
        var slot: Int
        var whole: Double
        var title: Double
    }

    private func members(nearestTo query: TermQuery, _ norm: Norm, _ settings: StorySettings) -> [Member] {
        var members: [Member] = []
        members.reserveCapacity(settings.comparedItems)
        for slot in nearest(to: query, settings) {
            let shared = dot(query, reading(of: slot), settings)
            let whole = min(1, shared.whole / max(norm.whole * items[slot].norm.whole, 1e-9))
            let title = min(1, shared.title / max(norm.title * items[slot].norm.title, 1e-9))
            items[slot].developments.forEach {
                members.append(Member(place: $0, slot: slot, whole: whole, title: title))
            }
        }
        return members
    }

    /// Entries that share the most and rarest terms, by the lists of these.
    private func nearest(to query: TermQuery, _ settings: StorySettings) -> [Int] {
        let listed = query.parts.reduce(0) { $0 + ($1.number.map { terms.listed($0) } ?? 0) }
        var scores = SlotScores(capacity: listed)
        for part in query.parts where !part.term.sort.isTime {
            guard let number = part.number else { continue }
            let value = part.weight * part.rarity
            terms.forEachSlot(number) { scores.add(value, to: $0) }
        }
        return scores.greatest(settings.comparedItems).map { Int($0) }
    }

    /// Something of a whole text, and of its title alone.
    struct Norm: Sendable, Equatable {
        var whole = 0.0
        var title = 0.0
    }

    /// The terms of a reading with what they weigh here and now.
    func query(_ terms: [Term], _ settings: StorySettings) -> TermQuery {
        TermQuery(
            terms.map { term in
                let number = self.terms.number(of: term.key)
                let rarity = rarity(frequency: number.map { self.terms.frequency($0) } ?? 0, settings)
                let weight = settings.factor(term.sort) * Double(term.weight) / 100 * rarity
                return TermQuery.Part(term: term, number: number, rarity: rarity, weight: weight)
            })
    }

    func norm(_ query: TermQuery) -> Norm {
        var sum = Norm()
        for part in query.parts where part.term.isTextual {
            let value = part.weight
            sum.whole += value * value
            if part.term.place == .title { sum.title += value * value }
        }
        return Norm(whole: sum.whole.squareRoot(), title: sum.title.squareRoot())
    }

    /// By the terms that both have, in the order of their keys.
    private func dot(_ query: TermQuery, _ other: StoredReading, _ settings: StorySettings) -> Norm {
        var sum = Norm()
        for term in other.terms {
            guard let own = query.part(term.number), own.term.isTextual else { continue }
            let factor = settings.sortFactors[term.sortPlace]
            let value = own.weight * (factor * Double(term.weight) / 100 * own.rarity)
            sum.whole += value
            if own.term.place == .title, term.isInTitle { sum.title += value }
        }
        return sum
    }
}
