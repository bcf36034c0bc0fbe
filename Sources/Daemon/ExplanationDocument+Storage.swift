import ControlProtocol
import Storage
import Stories

extension ExplanationDocument {
    /// A stored explanation as control and `explain` show it.
    package init(_ stored: EntryExplanation) {
        self.init(
            id: stored.number.publicID, title: stored.title, outlet: stored.outlet, lang: stored.language,
            url: stored.url, feed: stored.feed, guid: stored.guid, published: stored.published,
            observed: stored.observed, revisions: stored.revisions.map(\.publicID),
            decisions: stored.decisions.map(TopicDecision.init))
    }
}

extension ExplanationDocument.TopicDecision {
    init(_ decision: Decision) {
        self.init(
            topic: decision.topic, onTopic: decision.onTopic, decision: decision.outcome.rawValue,
            score: decision.score, nearDuplicateOf: decision.nearDuplicateOf?.publicID,
            revisionOf: decision.revisionOf?.publicID, developments: decision.developments.map(\.rawValue),
            opened: decision.opened.map { opening in
                ExplanationDocument.Opened(
                    id: opening.id.rawValue, kind: opening.kind, headline: opening.headline,
                    confidence: opening.confidence.rawValue, why: opening.why)
            },
            reasons: decision.reasons)
    }
}
