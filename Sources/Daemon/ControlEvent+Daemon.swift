import Alerting
import ControlProtocol
import Scheduling
import Stories

extension ControlEvent.Kind {
    /// Of a headline or a reason; the whole is in the database and the log.
    static let maximumCharacters = 500

    /// The end of a poll.
    static func poll(
        feed: String, name: String?, outcome: PollOutcome, status: Int?, summary: FeedIntake.Summary
    ) -> Self {
        let (word, reason): (ControlEvent.Poll.Outcome, String?) =
            switch outcome {
            case .fetched: (.fetched, nil)
            case .notModified: (.notModified, nil)
            case .incomplete(_, let reason): (.incomplete, reason)
            case .gone: (.gone, nil)
            case .throttled: (.throttled, nil)
            case .failed(let reason): (.failed, reason)
            }
        return .poll(
            ControlEvent.Poll(
                feed: feed, name: name, outcome: word, status: status, entries: summary.entries,
                new: summary.stored, reason: reason.map(cut)))
    }

    /// A development that an entry of `outlet` opened.
    static func development(_ opening: Opening, decision: Decision, outlet: String) -> Self {
        .development(
            ControlEvent.Development(
                id: opening.id.rawValue, topic: decision.topic, kind: opening.kind,
                headline: cut(opening.headline), outlet: cut(outlet),
                confidence: opening.confidence.rawValue, entryID: decision.entry.publicID))
    }

    /// An alert that was put into the outbox.
    init(_ sent: AlertRouter.Sent) {
        self = .alert(id: sent.alert.id, alertType: sent.alert.type.rawValue, sinks: sent.sinks)
    }

    /// An attempt to deliver; nil where no alert is concerned.
    init?(_ report: DeliveryReport) {
        guard let alert = report.alert else { return nil }
        switch report.outcome {
        case .delivered:
            self = .delivery(.init(alert: alert, sink: report.sink, state: .delivered))
        case .postponed(let reason, let until):
            self = .delivery(
                .init(
                    alert: alert, sink: report.sink, state: .postponed, reason: Self.cut(reason), until: until
                ))
        case .failed(let reason):
            self = .delivery(
                .init(alert: alert, sink: report.sink, state: .failed, reason: Self.cut(reason)))
        case .outboxUnavailable: return nil
        }
    }

    private static func cut(_ text: String) -> String {
        text.count > maximumCharacters ? text.prefix(maximumCharacters) + "…" : text
    }
}
