import Foundation

extension StoryEngine {
    /// Remembers a ruling that has been stored. One on developments that this engine does not know changes nothing: their
    /// topic is not among the profiles any more.
    package mutating func apply(_ ruling: Ruling) {
        switch ruling {
        case .merge(let kept, let absorbed):
            changeTopic(of: kept) { [settings] in $0.merge(absorbed, into: kept, settings: settings) }
        case .split(let source, let opened, let entries):
            changeTopic(of: source) { [settings] in
                $0.split(entries, from: source, as: opened, settings: settings)
            }
        case .mute, .retract: break
        }
    }

    /// The development that an entry which reports `source` is by itself: as it would have opened.
    ///
    /// - Parameters:
    ///   - entry: the first of the entries that are parted from it.
    ///   - headline: its title.
    ///   - time: its engine time.
    package func opening(
        splitting entry: EntryNumber, from source: Opening, topic: String, headline: String, time: Date
    ) -> Opening {
        var hash = FixedHash()
        hash.add("split")
        hash.add(source.id.rawValue)
        hash.add(UInt64(bitPattern: entry.rawValue))
        let claim = topicIndex(topic).flatMap { state(at: $0).tellingClaim(of: entry) }
        let names = topicIndex(topic).map(actorNames(inTopicAt:)) ?? [:]
        return Opening(
            id: DevelopmentID(hash: hash.value), kind: claim?.kind.rawValue ?? source.kind,
            headline: headline,
            gloss: claim?.gloss(names: names), firstPublished: time, confidence: .high,
            why: "An operator parted it from \(source.id).")
    }
}
