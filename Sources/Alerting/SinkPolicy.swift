import Foundation
import Scheduling
import Stories

/// What a sink is told, and when. A value without clock or store; the same facts give the same answer.
///
/// Nothing that a policy holds back is lost: it waits for another outlet, or for the digest that ends quiet hours or
/// a flood. Only kinds and confidence leave something out for good, because that is what they say.
package struct SinkPolicy: Sendable, Hashable {
    /// Names, beside those of `EventKind`, that `kinds` may hold.
    package enum OtherKind: String, Sendable, CaseIterable {
        /// Developments that no kind of the lexicon covers.
        case other
        /// Turns in the life of feeds.
        case feed
        /// Faults of newswatch itself: its storage, its other sinks.
        case service
    }

    /// Everything that `kinds` may hold.
    package static let knownKinds = EventKind.allCases.map(\.rawValue) + OtherKind.allCases.map(\.rawValue)

    /// What it wants to be told of, of `knownKinds`; nil for everything.
    package var kinds: Set<String>?
    /// Developments below it are left out.
    package var minConfidence = Confidence.low
    /// Independent outlets, the first included, that a development must have before it is told: 1 or more.
    package var minCorroboration = 1
    /// BCP 47 languages that its readers know: a headline in another one has a gloss beside it.
    package var languages = ["en"]
    /// Whether it is told when more becomes known of what it was told.
    package var updates = false
    /// When it wants quiet.
    package var quietHours: QuietHours?
    /// How much it wants at most.
    package var rate: AlertRate?
    /// After how long without anything else it is told that newswatch still watches.
    package var heartbeat: Duration?

    /// Everything, at once.
    package init() {}

    /// Whether it is to be told of a development at all, now or later.
    package func wants(_ development: AlertedDevelopment) -> Bool {
        wants(kind: development.kind) && development.confidence >= minConfidence
    }

    /// Whether it is to be told of what concerns feeds or newswatch itself.
    package func wants(_ kind: OtherKind) -> Bool { wants(kind: kind.rawValue) }

    /// Whether so many independent outlets are enough.
    package func suffices(corroboration: Int) -> Bool { corroboration >= minCorroboration }

    /// Why a development that is to be told waits for a digest; nil when it is told at once.
    ///
    /// - Parameter newest: when the sink was sent its newest alerts, at least as many as its rate counts, newest first.
    package func reasonToFold(newest: [Date], now: Date) -> AlertDigest.Reason? {
        if quietHours?.end(at: now) != nil { return .quietHours }
        if rate?.nextRoom(newest: newest, now: now) != nil { return .rate }
        return nil
    }

    /// When what waits for a digest may be told; `now` when that is now.
    package func release(newest: [Date], now: Date) -> Date {
        let quiet = quietHours?.end(at: now) ?? now
        return max(quiet, rate?.nextRoom(newest: newest, now: quiet) ?? quiet)
    }

    /// Whether a headline of `language` needs a gloss: it is known, and none of those that the readers know.
    package func needsGloss(language: String?) -> Bool {
        guard let language else { return false }
        return !languages.contains { Self.primary($0) == Self.primary(language) }
    }

    private func wants(kind: String) -> Bool { kinds?.contains(kind) ?? true }

    /// The language of a tag without script and region (RFC 5646, 2.1).
    private static func primary(_ tag: String) -> String {
        tag.prefix { $0 != "-" && $0 != "_" }.lowercased()
    }
}
