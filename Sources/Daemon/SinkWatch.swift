import Alerting
import Foundation
import Synchronization

/// Watches the deliveries to every sink: tells when one has failed for a while, and when it works again.
///
/// Safe from any task.
final class SinkWatch: Sendable {
    /// A sink that fails for so long, in seconds, is told of: by then the third attempt has failed, and a mere restart
    /// of the other end is over.
    static let patience: TimeInterval = 300

    private struct Trouble {
        var since: Date
        var isTold = false
    }

    private let troubles = Mutex<[String: Trouble]>([:])

    /// What somebody should be told after this outcome; nil mostly.
    func notice(of report: DeliveryReport, at now: Date) -> ServiceNotice? {
        switch report.outcome {
        case .delivered: recovery(of: report.sink)
        case .postponed(let reason, _): failure(of: report.sink, reason, at: now, isFinal: false)
        case .failed(let reason): failure(of: report.sink, reason, at: now, isFinal: true)
        // That is the database's fault, not the sink's.
        case .outboxUnavailable: nil
        }
    }

    private func failure(of sink: String, _ reason: String, at now: Date, isFinal: Bool) -> ServiceNotice? {
        let isNews = troubles.withLock { troubles in
            var trouble = troubles[sink] ?? Trouble(since: now)
            defer { troubles[sink] = trouble }
            guard !trouble.isTold, isFinal || now.timeIntervalSince(trouble.since) >= Self.patience else {
                return false
            }
            trouble.isTold = true
            return true
        }
        guard isNews else { return nil }
        let action =
            isFinal
            ? "what it could not be given is kept: newswatch ctl alerts --failed"
            : "what it cannot be given is kept and tried again"
        return ServiceNotice(
            subject: .sink, state: .failing, name: sink,
            message: "The sink \(sink) fails (\(reason)); \(action).")
    }

    private func recovery(of sink: String) -> ServiceNotice? {
        let trouble = troubles.withLock { $0.removeValue(forKey: sink) }
        guard trouble?.isTold == true else { return nil }
        return ServiceNotice(
            subject: .sink, state: .recovered, name: sink, message: "The sink \(sink) takes alerts again.")
    }
}
