import Foundation
import Synchronization

@testable import Alerting

/// An outbox of one sink in memory, which can be told to fail.
final class MemoryQueue: DeliveryQueue {
    struct Row: Sendable, Equatable {
        enum State: Sendable, Equatable {
            case pending, delivered, failed
        }

        var alert: PendingAlert
        var sink: String
        var state = State.pending
        var attempts = 0
        var next: Date
        var error: String?
    }

    struct Broken: Error, CustomStringConvertible {
        var description: String { "the outbox is broken" }
    }

    private struct Contents {
        var rows: [Row] = []
        var failuresOfMarking = 0
        var failuresOfReading = 0
        var takesNothing = false
    }

    private let contents = Mutex(Contents())

    func add(_ alert: PendingAlert, sink: String, at time: Date = Samples.now) {
        contents.withLock { $0.rows.append(Row(alert: alert, sink: sink, next: time)) }
    }

    func failMarking(times: Int) {
        contents.withLock { $0.failuresOfMarking = times }
    }

    func failReading(times: Int) {
        contents.withLock { $0.failuresOfReading = times }
    }

    /// Nothing can be written, as on a full disk.
    func takeNothing(_ takesNothing: Bool) {
        contents.withLock { $0.takesNothing = takesNothing }
    }

    var rows: [Row] {
        contents.withLock { $0.rows }
    }

    func claim(sink: String, now: Date, limit: Int) throws -> [QueuedDelivery] {
        try contents.withLock { contents in
            guard !contents.takesNothing else { throw Broken() }
        }
        return try due(sink: sink, now: now, limit: limit)
    }

    func due(sink: String, now: Date, limit: Int) throws -> [QueuedDelivery] {
        try contents.withLock { contents in
            if contents.failuresOfReading > 0 {
                contents.failuresOfReading -= 1
                throw Broken()
            }
            return contents.rows.filter { $0.sink == sink && $0.state == .pending && $0.next <= now }.prefix(
                limit
            )
            .map { QueuedDelivery(alert: $0.alert, attempts: $0.attempts) }
        }
    }

    func nextTime(sink: String) throws -> Date? {
        contents.withLock { contents in
            contents.rows.filter { $0.sink == sink && $0.state == .pending }.map(\.next).min()
        }
    }

    func turnBack(sink: String, by seconds: TimeInterval) throws {
        change(sink) { $0.next -= seconds }
    }

    func bringForward(sink: String, to time: Date) throws {
        change(sink) { $0.next = min($0.next, time) }
    }

    /// Changes what was tried and waits.
    private func change(_ sink: String, _ body: (inout Row) -> Void) {
        contents.withLock { contents in
            for index in contents.rows.indices
            where contents.rows[index].sink == sink && contents.rows[index].state == .pending
                && contents.rows[index].attempts > 0
            {
                body(&contents.rows[index])
            }
        }
    }

    func delivered(alert: String, sink: String, receipt: String?, at: Date) throws {
        try mark(alert, sink) { $0.state = .delivered }
    }

    func failed(alert: String, sink: String, error: String, next: Date?) throws {
        try mark(alert, sink) { row in
            row.error = error
            if let next { row.next = next } else { row.state = .failed }
        }
    }

    private func mark(_ alert: String, _ sink: String, _ change: (inout Row) -> Void) throws {
        try contents.withLock { contents in
            guard !contents.takesNothing else { throw Broken() }
            if contents.failuresOfMarking > 0 {
                contents.failuresOfMarking -= 1
                throw Broken()
            }
            for index in contents.rows.indices
            where contents.rows[index].alert.id == alert && contents.rows[index].sink == sink {
                contents.rows[index].attempts += 1
                change(&contents.rows[index])
            }
        }
    }
}
