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

    /// The alert of a development that an entry opened.
    ///
    /// - Parameters:
    ///   - entryID: name of the entry that users know.
    ///   - item: the entry, which is the first source.
    ///   - late: it happened while nobody was watching.
    package static func newDevelopment(
        _ opening: Opening, topic: String, entryID: String, item: StoryItem, alertedAt: Date,
        late: Bool = false
    ) throws(AlertingError) -> Alert {
        newDevelopment(
            development(
                opening, topic: topic, entryID: entryID, item: item, alertedAt: alertedAt, late: late),
            id: try id(of: .developmentNew, [opening.id.rawValue]))
    }

    /// What an alert, a digest and the control socket say of a development when it opens.
    package static func development(
        _ opening: Opening, topic: String, entryID: String, item: StoryItem, alertedAt: Date,
        late: Bool = false
    ) -> AlertedDevelopment {
        AlertedDevelopment(
            id: opening.id.rawValue, entryID: entryID, topic: topic, kind: opening.kind,
            headline: cut(opening.headline), firstPublished: opening.firstPublished, alertedAt: alertedAt,
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
        let milliseconds = Int64((min(max(now.timeIntervalSince1970, -1e12), 1e12) * 1000).rounded(.down))
        return Alert(
            id: try id(of: .test, [String(milliseconds)]), timestamp: now,
            content: .test(message: "A test of this sink, sent by hand; nothing has happened."))
    }

    /// `msg_` and 26 characters, 130 bits of SHA-256 over the type and the names of what it tells. NUL stands
    /// between the parts and can stand in none of them.
    static func id(of type: AlertType, _ parts: [String]) throws(AlertingError) -> String {
        let named = ([type.rawValue] + parts).joined(separator: "\0")
        return "msg_" + Hashing.base32(try Hashing.sha256(Array(named.utf8))).prefix(26)
    }

    private static func newDevelopment(_ development: AlertedDevelopment, id: String) -> Alert {
        var development = development
        development.sources = Array(development.sources.prefix(maxSources))
        return Alert(id: id, timestamp: development.alertedAt, content: .development(development))
    }

    private static func cut(_ title: String) -> String {
        title.count <= maxTitleCharacters ? title : title.prefix(maxTitleCharacters - 1) + "…"
    }
}
