import Foundation
import Storage

extension NewsStore: DeliveryQueue {
    /// Claims count an attempt before it is made, so that one cut off by a crash is counted too.
    func claim(sink: String, now: Date, limit: Int) throws -> [QueuedDelivery] {
        guard try !dueDeliveries(sink: sink, now: now, limit: 1).isEmpty else { return [] }
        return try claimDueDeliveries(sink: sink, now: now, limit: limit).map { claimed in
            QueuedDelivery(
                alert: PendingAlert(claimed), attempts: claimed.attempts - 1)
        }
    }

    func due(sink: String, now: Date, limit: Int) throws -> [QueuedDelivery] {
        try dueDeliveries(sink: sink, now: now, limit: limit).map { due in
            QueuedDelivery(
                alert: PendingAlert(due), attempts: due.attempts)
        }
    }

    func nextTime(sink: String) throws -> Date? {
        try nextDelivery(sink: sink)
    }

    func turnBack(sink: String, by seconds: TimeInterval) throws {
        try turnBackDeliveries(sink: sink, by: seconds)
    }

    func bringForward(sink: String, to time: Date) throws {
        try bringDeliveriesForward(sink: sink, to: time)
    }

    func delivered(alert: String, sink: String, receipt: String?, at time: Date) throws {
        try markDelivered(alert: alert, sink: sink, receipt: receipt, at: time)
    }

    func failed(alert: String, sink: String, error: String, next: Date?) throws {
        try markFailed(alert: alert, sink: sink, error: error, nextAttempt: next)
    }
}

extension PendingAlert {
    fileprivate init(_ delivery: Delivery) {
        self.init(
            id: delivery.alertID, payload: delivery.payload, isRepeated: delivery.isRepeated,
            precedent: delivery.precedent)
    }
}
