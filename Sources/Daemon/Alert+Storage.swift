import Alerting
import Foundation
import Storage

extension OutboxAlert {
    /// The row that an alert becomes. Throws an `AlertingError` when it cannot be written as JSON.
    init(_ alert: Alert, isLate: Bool) throws {
        self.init(
            id: alert.id, type: alert.type.rawValue, created: alert.timestamp,
            payload: try AlertJSON.text(of: alert),
            developments: alert.developments, isLate: isLate)
    }
}

extension AlertedDevelopment {
    /// A stored development as an alert shows it.
    init(_ stored: StoredDevelopment, alertedAt: Date, isLate: Bool) {
        self.init(
            id: stored.opening.id.rawValue, entryID: stored.entry.publicID, topic: stored.topic,
            kind: stored.opening.kind, headline: stored.opening.headline,
            gloss: stored.opening.gloss,
            firstPublished: stored.opening.firstPublished, alertedAt: alertedAt, late: isLate,
            confidence: stored.opening.confidence, why: stored.opening.why,
            corroboration: stored.corroboration,
            sources: stored.sources.map { source in
                Source(
                    outlet: source.outlet, title: source.title, url: source.url, lang: source.language,
                    published: source.published)
            })
    }
}
