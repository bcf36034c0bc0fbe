import Glibc
import Storage

/// Prints every alert as a line. A crash between printing and noting that may print a line twice.
package actor StandardOutputSink: AlertSink {
    package nonisolated let name: String
    package nonisolated let batchLimit = 100
    private let format: AlertFormat
    private let policy: SinkPolicy
    private let descriptor: Int32
    private let executor: QueueExecutor

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Prints to `descriptor`, which stays the caller's. SIGPIPE must be ignored by the process.
    package init(
        name: String, format: AlertFormat, policy: SinkPolicy = SinkPolicy(),
        descriptor: Int32 = STDOUT_FILENO
    ) {
        self.name = name
        self.format = format
        self.policy = policy
        self.descriptor = descriptor
        executor = QueueExecutor(label: "newswatch.sink.\(name)")
    }

    package func deliver(_ alerts: [PendingAlert]) -> [DeliveryResult] {
        alerts.map { alert in
            do throws(AlertingError) {
                let line = try AlertLine.bytes(of: alert, format: format, policy: policy)
                guard let failure = LineWriter.write(line, to: descriptor) else { return .delivered }
                return .retry(reason: "standard output: \(failure)", after: nil)
            } catch {
                return .rejected(reason: error.message)
            }
        }
    }
}
