import Foundation
import Shingling

/// The entries whose copies can be recognised: those that belong to a topic, and apart from them all others.
///
/// Apart, because an index keeps only so many entries of one key and names only so many candidates: whatever is off
/// topic, and in whatever order it comes, it must not change what is found for an entry on topic.
struct CopyMemory: Sendable, Equatable {
    /// A state to which `restore` can go back.
    struct Mark: Sendable {
        fileprivate let onTopic: CopyIndex.Mark
        fileprivate let offTopic: CopyIndex.Mark
    }

    private var onTopic = CopyIndex()
    private var offTopic = CopyIndex()

    /// Entries that share a band with the text, ascending; at most `limit` of each kind.
    func candidates(for signatures: CopySignatures, limit: Int) -> [EntryNumber] {
        let numbers =
            onTopic.candidates(for: signatures, limit: limit)
            + offTopic.candidates(for: signatures, limit: limit)
        return numbers.sorted().map { EntryNumber(rawValue: $0) }
    }

    /// Remembers an entry, if it has signatures that can be compared.
    mutating func apply(_ change: Change) {
        guard let signatures = change.signatures, change.signatureVersion == MinHashSignature.version else {
            return
        }
        let time = Self.minutes(change.engineTime)
        if change.topics.isEmpty {
            offTopic.insert(document: change.entry.rawValue, time: time, signatures)
        } else {
            onTopic.insert(document: change.entry.rawValue, time: time, signatures)
        }
    }

    /// Takes out entries older than the limit, oldest arrivals first.
    mutating func expire(before limit: Date) {
        onTopic.expire(before: Self.minutes(limit))
        offTopic.expire(before: Self.minutes(limit))
    }

    mutating func reclaim() {
        onTopic.reclaim()
        offTopic.reclaim()
    }

    var mark: Mark { Mark(onTopic: onTopic.mark, offTopic: offTopic.mark) }

    mutating func restore(_ mark: Mark) {
        onTopic.restore(mark.onTopic)
        offTopic.restore(mark.offTopic)
    }

    /// Whole minutes since 1970; dates beyond ±4,000 years are held at that bound.
    private static func minutes(_ date: Date) -> Int32 {
        Int32(clamping: Change.milliseconds(date) / 60_000)
    }
}
