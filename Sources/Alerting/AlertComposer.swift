import Foundation
import Stories

/// Makes alerts out of what the story engine opened. Pure: the same developments give the same ids.
package enum AlertComposer {
    /// 1,000 characters of a headline or title: receivers of webhooks expect less than 20 kB.
    static let maxTitleCharacters = 1000
    /// Outlets that an alert lists; `corroboration` counts them all.
    static let maxSources = 20
    /// Outlets that each development of a digest lists.
    static let maxDigestSources = 3

    /// The alert that tells of a development for the first time.
    package static func newDevelopment(_ development: AlertedDevelopment) throws(AlertingError) -> Alert {
        Alert(
            id: try id(of: .developmentNew, [development.id]), timestamp: development.alertedAt,
            content: .development(shortened(development)))
    }

    /// The alert that there is more to what was told. One for each milestone of outlets and each figure.
    package static func update(
        _ development: AlertedDevelopment, _ progress: DevelopmentProgress, at now: Date
    ) throws(AlertingError) -> Alert {
        Alert(
            id: try id(of: .developmentUpdated, [development.id] + progress.steps), timestamp: now,
            content: .update(
                DevelopmentUpdate(development: shortened(development), news: progress.sentence)))
    }

    /// The alert that a development does not stand as `reverses` told it.
    package static func correction(
        _ development: AlertedDevelopment, action: DevelopmentCorrection.Action, reverses: String,
        other: AlertedDevelopment?, at now: Date
    ) throws(AlertingError) -> Alert {
        let sentence =
            switch action {
            case .merged: "This is the same happening as another one: \(other?.headline ?? "")"
            case .split: "A part of this is a happening of its own: \(other?.headline ?? "")"
            case .retracted: "This was told in error; it does not stand."
            }
        let correction = DevelopmentCorrection(
            development: shortened(development), action: action, reverses: reverses, other: other?.id,
            correction: cut(sentence))
        return Alert(
            id: try id(
                of: .developmentCorrected, [development.id, action.rawValue, other?.id ?? "", reverses]),
            timestamp: now, content: .correction(correction))
    }

    /// The alert of a turn in the life of a feed.
    package static func notice(_ notice: FeedNotice, at now: Date) throws(AlertingError) -> Alert {
        Alert(
            id: try id(of: notice.event.alertType, [notice.feed, milliseconds(now)]), timestamp: now,
            content: .feed(notice))
    }

    /// The alert of a fault of newswatch itself, or of its end.
    package static func notice(_ notice: ServiceNotice, at now: Date) throws(AlertingError) -> Alert {
        Alert(
            id: try id(
                of: notice.subject.alertType, [notice.name, notice.state.rawValue, milliseconds(now)]),
            timestamp: now, content: .service(notice))
    }

    /// The sign of life to one sink.
    package static func heartbeat(
        _ heartbeat: Heartbeat, sink: String, at now: Date
    ) throws(AlertingError) -> Alert {
        Alert(
            id: try id(of: .heartbeat, [sink, milliseconds(now)]), timestamp: now,
            content: .heartbeat(heartbeat))
    }

    /// What an alert, a digest and the control socket say of a development when it opens.
    package static func development(
        _ opening: Opening, topic: String, entryID: String, item: StoryItem, alertedAt: Date,
        late: Bool = false
    ) -> AlertedDevelopment {
        AlertedDevelopment(
            id: opening.id.rawValue, entryID: entryID, topic: topic, kind: opening.kind,
            headline: cut(opening.headline), gloss: opening.gloss, firstPublished: opening.firstPublished,
            alertedAt: alertedAt,
            late: late,
            confidence: opening.confidence, why: opening.why, corroboration: 1,
            sources: [
                AlertedDevelopment.Source(
                    outlet: item.outlet, title: cut(item.title), url: item.url, lang: item.language,
                    published: item.published)
            ])
    }

    /// One message about several developments of a topic, oldest first whatever order they come in.
    package static func digest(
        topic: String, reason: AlertDigest.Reason, developments: [AlertedDevelopment], at now: Date
    ) throws(AlertingError) -> Alert {
        var developments = developments.sorted { ($0.firstPublished, $0.id) < ($1.firstPublished, $1.id) }
        for index in developments.indices {
            developments[index].sources = Array(developments[index].sources.prefix(maxDigestSources))
        }
        return Alert(
            id: try id(of: .digest, [topic, reason.rawValue] + developments.map(\.id).sorted()),
            timestamp: now,
            content: .digest(AlertDigest(topic: topic, reason: reason, developments: developments)))
    }

    /// A message sent by hand. Two in the same millisecond are one.
    package static func test(at now: Date) throws(AlertingError) -> Alert {
        Alert(
            id: try id(of: .test, [milliseconds(now)]), timestamp: now,
            content: .test(message: "A test of this sink, sent by hand; nothing has happened."))
    }

    /// `msg_` and 26 characters, 130 bits of SHA-256 over the type and the names of what it tells. NUL stands
    /// between the parts and can stand in none of them.
    static func id(of type: AlertType, _ parts: [String]) throws(AlertingError) -> String {
        let named = ([type.rawValue] + parts).joined(separator: "\0")
        return "msg_" + Hashing.base32(try Hashing.sha256(Array(named.utf8))).prefix(26)
    }

    private static func milliseconds(_ date: Date) -> String {
        String(Int64((min(max(date.timeIntervalSince1970, -1e12), 1e12) * 1000).rounded(.down)))
    }

    private static func shortened(_ development: AlertedDevelopment) -> AlertedDevelopment {
        var development = development
        development.sources = Array(development.sources.prefix(maxSources))
        return development
    }

    private static func cut(_ title: String) -> String {
        LineText.cut(
            LineText.cut(title, to: maxTitleCharacters) { _ in 1 },
            to: maxTitleCharacters * LineText.maxCharacterBytes, size: \.utf8.count)
    }
}
