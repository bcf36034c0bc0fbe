import Foundation
import Synchronization

@testable import Alerting

/// A sink that answers as told, and remembers what it was given.
final class ScriptedSink: AlertSink {
    let name: String
    let batchLimit: Int
    private let script: Mutex<[DeliveryResult]>
    private let calls = Mutex<[[String]]>([])
    private let beforeAnswer: @Sendable () async -> Void

    /// After the script is used up everything is delivered.
    init(
        _ name: String, batchLimit: Int = 1, script: [DeliveryResult] = [],
        beforeAnswer: @escaping @Sendable () async -> Void = {}
    ) {
        self.name = name
        self.batchLimit = batchLimit
        self.script = Mutex(script)
        self.beforeAnswer = beforeAnswer
    }

    /// Ids of each call.
    var given: [[String]] { calls.withLock { $0 } }

    func deliver(_ alerts: [PendingAlert]) async -> [DeliveryResult] {
        calls.withLock { $0.append(alerts.map(\.id)) }
        await beforeAnswer()
        return alerts.map { _ in
            script.withLock { $0.isEmpty ? .delivered : $0.removeFirst() }
        }
    }
}
