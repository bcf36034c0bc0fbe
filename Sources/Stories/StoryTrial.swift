import Foundation

/// An archive in memory, read once and decided as often as other numbers are tried on it: what the fit of
/// `StorySettings` runs.
package struct StoryTrial: Sendable {
    /// An entry and a development told before it, and how they compare.
    package struct Comparison: Sendable, Encodable {
        /// Place of the entry in the archive.
        package var item: Int
        /// Label of the development.
        package var label: String
        /// Whether the entry carries it.
        package var isSame: Bool
        /// `Features`, in their order.
        package var values: [Double]
    }

    private let profile: TopicProfile
    private let lexicon: Lexicon
    /// As the shipped numbers read them; limits of reading are not tried.
    private let items: [PreparedItem]

    /// Items in the order in which the engine gets them, each with an identity of its own.
    package init(profile: TopicProfile, lexicon: Lexicon, items: [StoryItem]) {
        self.profile = profile
        self.lexicon = lexicon
        self.items = items.map(StoryEngine(profiles: [profile], lexicon: lexicon).prepare)
    }

    /// What the engine decides with these numbers, one decision an item; the item at place n is entry n + 1.
    package func decisions(_ settings: StorySettings) -> [Decision] {
        var engine = StoryEngine(profiles: [profile], lexicon: lexicon, settings: settings)
        var decisions: [Decision] = []
        for item in items {
            let item = engine.reread(item)
            let verdict = engine.decide(
                item, number: Self.number(at: decisions.count),
                evidence: Evidence(texts: texts(of: engine.candidates(for: item))))
            engine.apply(verdict.change)
            engine.reclaim()
            decisions += verdict.decisions
        }
        return decisions
    }

    /// Every comparison of an entry with the developments before it, the archive told as labelled: `labels` has the
    /// developments of every item, and one without any tells nothing.
    package func comparisons(_ settings: StorySettings, labels: [[String]]) -> [Comparison] {
        let engine = StoryEngine(profiles: [profile], lexicon: lexicon, settings: settings)
        var state = TopicState(settings: settings)
        var comparisons: [Comparison] = []
        for (place, (item, labels)) in zip(items, labels).enumerated() {
            let reading = engine.reread(item).readings[0].reading
            let time = item.item.engineTime
            guard !labels.isEmpty, !reading.terms.isEmpty else { continue }
            for candidate in state.candidates(for: reading, time: time, settings: settings) {
                let label = state.developments[candidate.place].id.rawValue
                comparisons.append(
                    Comparison(
                        item: place, label: label, isSame: labels.contains(label),
                        values: candidate.features.values))
            }
            let parts = labels.map { label in
                let id = DevelopmentID(rawValue: label)
                return Change.Part(development: id, isOpened: state.development(id) == nil)
            }
            state.apply(
                Change.Topic(topic: profile.id, reading: reading, parts: parts, counts: true),
                entry: Self.number(at: place), time: time, settings: settings)
            state.reclaim()
        }
        return comparisons
    }

    private static func number(at place: Int) -> EntryNumber { EntryNumber(rawValue: Int64(place + 1)) }

    private func texts(of entries: [EntryNumber]) -> [EntryNumber: StoredText] {
        var texts: [EntryNumber: StoredText] = [:]
        for entry in entries {
            let item = items[Int(entry.rawValue) - 1].item
            texts[entry] = StoredText(title: item.title, text: item.text)
        }
        return texts
    }
}
