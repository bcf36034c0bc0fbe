import Alerting
import Logging

/// Puts the outcomes of deliveries into the log.
enum DeliveryLog {
    static func record(_ report: DeliveryReport, in logger: Logger) {
        var metadata: Logger.Metadata = ["sink": "\(report.sink)"]
        if let alert = report.alert { metadata["alert"] = "\(alert)" }
        switch report.outcome {
        case .delivered:
            logger.debug("alert delivered", metadata: metadata)
        case .postponed(let reason, let until):
            metadata["reason"] = "\(reason)"
            metadata["until"] = "\(until.formatted(.iso8601))"
            logger.warning("alert not delivered yet", metadata: metadata)
        case .failed(let reason):
            metadata["reason"] = "\(reason)"
            logger.error("alert given up", metadata: metadata)
        case .outboxUnavailable(let reason):
            metadata["reason"] = "\(reason)"
            logger.error("outbox cannot be used", metadata: metadata)
        }
    }
}
