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
        let weights = reading.terms.map { weight($0, settings) }
        let norm = norm(reading.terms, settings)
        guard !weights.isEmpty else { return [] }
        var shared: [Int32: Double] = [:]
        for (term, weight) in zip(reading.terms, weights) where !term.sort.isTime {
            for slot in postings[term.key] ?? [] { shared[slot, default: 0] += weight * rarity(term.key) }
        }
        let nearest = shared.sorted { ($0.value, $0.key) > ($1.value, $1.key) }.prefix(settings.comparedItems)
        var cosines: [Int: [(value: Double, slot: Int)]] = [:]
        var titles: [Int: Double] = [:]
        for (slot, _) in nearest {
            let item = items[Int(slot)]
            let shared = dot(reading.terms, weights, item.reading.terms, settings)
            let value = shared.whole / max(norm.whole * item.norm.whole, 1e-9)
            let title = min(1, shared.title / max(norm.title * item.norm.title, 1e-9))
            for place in item.developments {
                cosines[place, default: []].append((min(1, value), Int(slot)))
                titles[place] = max(titles[place] ?? 0, title)
            }
        }
        let shapes = Self.shapes(of: reading, settings)
        let wordCount = reading.terms.count { $0.isTextual }
        var result: [Candidate] = []
        for (place, values) in cosines {
            let sorted = values.sorted { ($0.value, $0.slot) > ($1.value, $1.slot) }
            var features = compare(reading, shapes, developments[place], time, settings)
            features.nearest = sorted[0].value
            features.titles = titles[place] ?? 0
            let shorter = min(wordCount, items[sorted[0].slot].reading.terms.count { $0.isTextual })
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

    private func dot(
        _ terms: [Term], _ weights: [Double], _ others: [Term], _ settings: StorySettings
    ) -> Norm {
        var sum = Norm()
        var index = 0
        var other = 0
        while index < terms.count, other < others.count {
            if terms[index].key == others[other].key {
                if terms[index].isTextual {
                    let value = weights[index] * weight(others[other], settings)
                    sum.whole += value
                    if terms[index].place == .title, others[other].place == .title { sum.title += value }
                }
                index += 1
                other += 1
            } else if terms[index].key < others[other].key {
                index += 1
            } else {
                other += 1
            }
        }
        return sum
    }

    /// Something of a whole text, and of its title alone.
    struct Norm: Sendable, Equatable {
        var whole = 0.0
        var title = 0.0
    }

    func norm(_ terms: [Term], _ settings: StorySettings) -> Norm {
        var sum = Norm()
        for term in terms where term.isTextual {
            let value = weight(term, settings)
            sum.whole += value * value
            if term.place == .title { sum.title += value * value }
        }
        return Norm(whole: sum.whole.squareRoot(), title: sum.title.squareRoot())
    }

    private func weight(_ term: Term, _ settings: StorySettings) -> Double {
        settings.factor(term.sort) * Double(term.weight) / 100 * rarity(term.key)
    }
}
