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
    private(set) var copies = CopyMemory()
    private var topics: [TopicState]

    /// An engine that has seen nothing.
    package init(
        profiles: [TopicProfile], lexicon: Lexicon, settings: StorySettings = .fitted, revision: Int = 0
    ) {
        self.settings = settings
        self.revision = revision
        self.lexicon = lexicon
        readers = profiles.map { TopicReader(profile: $0) }
        topics = profiles.map { _ in TopicState(settings: settings) }
    }

    /// Reads and fingerprints an item; the costly part of a decision, independent of what was seen before.
    package func prepare(_ item: StoryItem) -> PreparedItem {
        var clean = item
        clean.title = Self.plain(item.title)
        clean.text = Self.plain(item.text)
        let text = ReadText(
            title: clean.title, text: clean.text, language: item.language, lexicon: lexicon,
            settings: settings)
        let whole = ShingleSet(units: ShingleUnits.units(of: clean.title + "\n" + clean.text))
        func marked(_ marker: LexiconMarker) -> Bool {
            text.hits.contains { $0.label == .marker(marker) && $0.start < text.titleCount }
        }
        return PreparedItem(
            item: clean, revision: revision, whole: whole, signatures: CopySignatures(whole), text: text,
            readings: readers.map { $0.read(text, settings: settings) },
            isRecap: marked(.recap), isOpinion: marked(.opinion), isLive: marked(.live))
    }

    /// The item as this engine's profiles and numbers read it; the text itself was read by another one, with the same
    /// lexicon and limits.
    func reread(_ item: PreparedItem) -> PreparedItem {
        var item = item
        item.readings = readers.map { $0.read(item.text, settings: settings) }
        return item
    }

    /// Entries whose texts `decide` wants to see, ascending.
    package func candidates(for item: PreparedItem) -> [EntryNumber] {
        guard let signatures = item.signatures else { return [] }
        return copies.candidates(for: signatures, limit: settings.copyCandidates)
    }

    /// What the entry is in every topic. Mutates nothing; the same state, item and evidence give the same
    /// verdict.
    package func decide(_ item: PreparedItem, number: EntryNumber, evidence: Evidence) -> Verdict {
        let copies = copies(of: item, number: number, evidence: evidence)
        var decisions: [Decision] = []
        var remembered: [Change.Topic] = []
        for index in readers.indices {
            let judge = EntryJudge(
                state: topics[index], reader: readers[index], settings: settings, item: item,
                reading: item.readings[index], number: number, known: evidence.known, copies: copies,
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
        // What was indexed under its identity with this content already need not be found twice.
        let isDuplicate = evidence.known?.contentHash == item.item.identity.contentHash
        let change = Change(
            entry: number, engineTime: item.item.engineTime, signatures: isDuplicate ? nil : item.signatures,
            topics: remembered)
        return Verdict(decisions: decisions, change: change)
    }

    /// Remembers an entry that has been stored.
    package mutating func apply(_ change: Change) {
        copies.apply(change)
        for topic in change.topics {
            guard let index = topicIndex(topic.topic) else { continue }
            topics[index].apply(topic, entry: change.entry, time: change.engineTime, settings: settings)
        }
    }

    /// The state now, for `restore`. Taking it costs nothing.
    package var mark: EngineMark {
        EngineMark(copies: copies.mark, topics: topics.map(\.mark))
    }

    /// Forgets every `apply` of a change and every `expire` since the mark was taken, if nothing was reclaimed and nothing
    /// ruled meanwhile.
    package mutating func restore(_ mark: EngineMark) {
        copies.restore(mark.copies)
        for (index, mark) in mark.topics.enumerated() { topics[index].restore(mark) }
    }

    /// Takes entries older than the copy window out of the copy index and out of comparison; developments
    /// stay.
    package mutating func expire(before limit: Date) {
        for index in topics.indices { topics[index].expire(before: limit) }
        copies.expire(before: limit)
    }

    /// Gives memory of expired entries back, and of what `restore` needs; marks taken before lose their worth. To be called
    /// whenever no mark is needed any more.
    package mutating func reclaim() {
        copies.reclaim()
        for index in topics.indices { topics[index].reclaim() }
    }

    /// A change whose signatures are of another version, with those of this one: made from the entry's text, or none
    /// for an entry from before `limit` or without a text. Nil if there is nothing to renew.
    ///
    /// Renewing decides nothing: what was told stays told.
    package func renewed(_ change: Change, text: StoredText?, since limit: Date) -> Change? {
        guard change.signatures != nil, change.signatureVersion != MinHashSignature.version else {
            return nil
        }
        let isWanted = change.engineTime >= limit
        var renewed = change
        renewed.signatureVersion = MinHashSignature.version
        renewed.signatures = text.flatMap { isWanted ? CopySignatures(Self.shingles(of: $0)) : nil }
        return renewed
    }

    func topicIndex(_ id: String) -> Int? { readers.firstIndex { $0.profile.id == id } }

    func state(at index: Int) -> TopicState { topics[index] }

    func actorNames(inTopicAt index: Int) -> [UInt64: String] { readers[index].actorNames }

    /// Changes the topic that knows a development.
    mutating func changeTopic(of development: DevelopmentID, _ body: (inout TopicState) -> Void) {
        guard let index = topics.firstIndex(where: { $0.development(development) != nil }) else { return }
        body(&topics[index])
    }

    /// Development ids that a topic knows, oldest first.
    package func developments(inTopic id: String) -> [DevelopmentID] {
        guard let index = topicIndex(id) else { return [] }
        return topics[index].standingDevelopments
    }

    /// Stored texts that the item copies, by true containment, the greatest first; ties go to the earliest.
    private func copies(of item: PreparedItem, number: EntryNumber, evidence: Evidence) -> [FoundCopy] {
        var texts = evidence.texts
        // An earlier revision is an original like any other, whether or not the index names it.
        if let known = evidence.known {
            texts[known.number] = StoredText(title: known.title, text: known.text)
        }
        var found: [FoundCopy] = []
        for (candidate, text) in texts where candidate != number {
            let set = Self.shingles(of: text)
            guard let match = settings.copyRule.isCopy(a: item.whole, b: set) else { continue }
            found.append(FoundCopy(entry: candidate, containment: match.containment, shingles: set))
        }
        return found.sorted {
            $0.containment != $1.containment ? $0.containment > $1.containment : $0.entry < $1.entry
        }
    }

    private static func shingles(of text: StoredText) -> ShingleSet {
        ShingleSet(units: ShingleUnits.units(of: plain(text.title) + "\n" + plain(text.text)))
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
    let copies: CopyMemory.Mark
    let topics: [TopicState.Mark]
}
