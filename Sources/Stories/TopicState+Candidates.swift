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
        var cosines: [Int: [(value: Double, slot: Int)]] = [:]
        var titles: [Int: Double] = [:]
        for slot in nearest(to: query, settings) {
            let item = items[slot]
            let shared = dot(query, self.reading(of: slot), settings)
            let value = shared.whole / max(norm.whole * item.norm.whole, 1e-9)
            let title = min(1, shared.title / max(norm.title * item.norm.title, 1e-9))
            item.developments.forEach { place in
                cosines[place, default: []].append((min(1, value), slot))
                titles[place] = max(titles[place] ?? 0, title)
            }
        }
        let shapes = Self.shapes(of: reading, settings)
        let claims = query.parts.filter(\.term.isProminent).map { part in
            (
                term: part.term, number: part.number,
                distinctness: distinctness(spread: part.number.map { terms.spread($0) } ?? 0)
            )
        }
        let wordCount = reading.terms.count { $0.isTextual }
        var result: [Candidate] = []
        for (place, values) in cosines {
            let sorted = values.sorted { ($0.value, $0.slot) > ($1.value, $1.slot) }
            var features = compare(reading, claims, shapes, developments[place], time, settings)
            compareMarks(query, developments[place], &features, settings)
            features.nearest = sorted[0].value
            features.titles = titles[place] ?? 0
            let shorter = min(wordCount, self.reading(of: sorted[0].slot).textualCount)
            features.brevity = 1 / (1 + Double(shorter) / 20)
            let top = sorted.prefix(3)
            features.average = top.reduce(0) { $0 + $1.value } / Double(top.count)
            result.append(
                Candidate(
                    place: place, features: features, score: features.score(settings),
                    nearestItem: sorted[0].slot))
        }
        return result.sorted { ($0.score, -$0.place) > ($1.score, -$1.place) }
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
                let rarity = rarity(frequency: number.map { self.terms.frequency($0) } ?? 0)
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
