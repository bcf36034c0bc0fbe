import Feeds
import Foundation
import Normalization
import Shingling

/// Turns a stream of entries into developments: what happened, told once.
///
/// A value. `decide` changes nothing; the caller stores the verdict and then applies its change, so memory
/// and disk agree
/// whatever happens in between.
package struct StoryEngine: Sendable {
    let settings: StorySettings
    /// Which profiles and lexicon this is, among those of one process: items prepared by another revision are not
    /// understood here, and are to be prepared anew.
    package let revision: Int
    private let lexicon: Lexicon
    private let readers: [TopicReader]
    private var copies = CopyIndex()
    private var topics: [TopicState]
    /// Times of the indexed entries in the order of their numbers, for expiry.
    private var arrivals: [Arrival] = []

    private struct Arrival: Sendable {
        var entry: EntryNumber
        var time: Date
    }

    /// An engine that has seen nothing.
    package init(
        profiles: [TopicProfile], lexicon: Lexicon, settings: StorySettings = .fitted, revision: Int = 0
    ) {
        self.settings = settings
        self.revision = revision
        self.lexicon = lexicon
        readers = profiles.map { TopicReader(profile: $0) }
        topics = profiles.map { _ in TopicState() }
    }

    /// Reads and fingerprints an item; the costly part of a decision, independent of what was seen before.
    package func prepare(_ item: StoryItem) -> PreparedItem {
        var clean = item
        clean.title = Self.plain(item.title)
        clean.text = Self.plain(item.text)
        let text = ReadText(
            title: clean.title, text: clean.text, language: item.language, lexicon: lexicon,
            settings: settings)
        let units = ShingleUnits.units(of: clean.title + "\n" + clean.text)
        let whole = ShingleSet(units: units)
        let lead = ShingleSet(units: Array(units.prefix(settings.leadUnits)))
        let signatures =
            whole.count == 0
            ? nil : Change.Signatures(whole: MinHashSignature(whole), lead: MinHashSignature(lead))
        func marked(_ marker: LexiconMarker) -> Bool {
            text.hits.contains { $0.label == .marker(marker) && $0.start < text.titleCount }
        }
        return PreparedItem(
            item: clean, revision: revision, whole: whole, signatures: signatures, text: text,
            readings: readers.map { $0.read(text, settings: settings) },
            isRecap: marked(.recap), isOpinion: marked(.opinion), isLive: marked(.live))
    }

    /// Entries whose texts `decide` wants to see, ascending.
    package func candidates(for item: PreparedItem) -> [EntryNumber] {
        guard let signatures = item.signatures else { return [] }
        return copies.candidates(
            whole: signatures.whole, lead: signatures.lead, limit: settings.copyCandidates
        )
        .map { EntryNumber(rawValue: $0) }
    }

    /// What the entry is in every topic. Mutates nothing; the same state, item and evidence give the same
    /// verdict.
    package func decide(_ item: PreparedItem, number: EntryNumber, evidence: Evidence) -> Verdict {
        let copy = nearestCopy(of: item, number: number, evidence: evidence)
        var decisions: [Decision] = []
        var remembered: [Change.Topic] = []
        for index in readers.indices {
            let judge = EntryJudge(
                state: topics[index], reader: readers[index], settings: settings, item: item,
                reading: item.readings[index], number: number, known: evidence.known, copy: copy,
                reread: { [lexicon, settings, reader = readers[index]] text in
                    reader.read(
                        ReadText(
                            title: "", text: text, language: item.item.language, lexicon: lexicon,
                            settings: settings), settings: settings)
                })
            let (decision, change) = judge.verdict()
            decisions.append(decision)
            if let change { remembered.append(change) }
        }
        let isDuplicate = decisions.contains { $0.outcome == .duplicate }
        let change = Change(
            entry: number, engineTime: item.item.engineTime, signatures: isDuplicate ? nil : item.signatures,
            topics: remembered)
        return Verdict(decisions: decisions, change: change)
    }

    /// Remembers an entry that has been stored.
    package mutating func apply(_ change: Change) {
        if let signatures = change.signatures {
            copies.insert(document: change.entry.rawValue, whole: signatures.whole, lead: signatures.lead)
            arrivals.append(Arrival(entry: change.entry, time: change.engineTime))
        }
        for topic in change.topics {
            guard let index = topicIndex(topic.topic) else { continue }
            topics[index].apply(topic, entry: change.entry, time: change.engineTime, settings: settings)
        }
    }

    /// The state now, for `restore`. Cheap: it shares storage with the engine.
    package var mark: EngineMark {
        EngineMark(copies: copies.mark, topics: topics, arrivalCount: arrivals.count)
    }

    /// Forgets every `apply` since the mark was taken.
    package mutating func restore(_ mark: EngineMark) {
        copies.truncate(to: mark.copies)
        topics = mark.topics
        arrivals.removeLast(max(0, arrivals.count - mark.arrivalCount))
    }

    /// Takes entries older than the copy window out of the copy index and out of comparison; developments
    /// stay.
    package mutating func expire(before limit: Date) {
        for index in topics.indices { topics[index].expire(before: limit) }
        let end = arrivals.firstIndex { $0.time >= limit } ?? arrivals.count
        guard end > 0 else { return }
        let bound = end < arrivals.count ? arrivals[end].entry.rawValue : arrivals[end - 1].entry.rawValue + 1
        copies.expire(before: bound)
        arrivals.removeFirst(end)
    }

    func topicIndex(_ id: String) -> Int? { readers.firstIndex { $0.profile.id == id } }

    func state(at index: Int) -> TopicState { topics[index] }

    /// Development ids that a topic knows, oldest first.
    package func developments(inTopic id: String) -> [DevelopmentID] {
        guard let index = topicIndex(id) else { return [] }
        return topics[index].developments.map(\.id)
    }

    /// The candidate with the greatest true containment, if it is enough; ties go to the earliest.
    private func nearestCopy(of item: PreparedItem, number: EntryNumber, evidence: Evidence) -> FoundCopy? {
        var best: FoundCopy?
        var texts = evidence.texts
        // An earlier revision is an original like any other, whether or not the index names it.
        if let known = evidence.known {
            texts[known.number] = StoredText(title: known.title, text: known.text)
        }
        for candidate in texts.keys.sorted() where candidate != number {
            guard let stored = texts[candidate] else { continue }
            let set = ShingleSet(
                units: ShingleUnits.units(of: Self.plain(stored.title) + "\n" + Self.plain(stored.text)))
            guard let match = settings.copyRule.isCopy(a: item.whole, b: set) else { continue }
            if match.containment > best?.containment ?? 0 {
                best = FoundCopy(entry: candidate, containment: match.containment, shingles: set)
            }
        }
        return best
    }

    /// Plain text: entries arrive plain, but some outlets escape their markup twice.
    private static func plain(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x3C || $0 == 0x26 }) else { return text }
        return FeedText(value: text, kind: .html).plainText
    }
}

/// A stored text that the entry copies.
struct FoundCopy: Sendable {
    var entry: EntryNumber
    var containment: Double
    var shingles: ShingleSet
}

/// A state of `StoryEngine` to which it can go back.
package struct EngineMark: Sendable {
    let copies: CopyIndex.Mark
    let topics: [TopicState]
    let arrivalCount: Int
}
