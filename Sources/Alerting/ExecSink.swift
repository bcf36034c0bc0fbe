import Scheduling
import Storage

/// Starts a program for every alert, with the JSON document on its standard input. No shell is involved.
package actor ExecSink: AlertSink {
    /// 30 s, what Standard Webhooks 1.0.0 gives a receiver at most.
    static let timeout = Duration.seconds(30)
    /// 2 s from SIGTERM to SIGKILL: the daemon stops within 10 s, a program in flight included.
    static let grace = Duration.seconds(2)
    /// 1 KiB of standard error tells what is wrong.
    static let maxErrorBytes = 1 << 10

    package nonisolated let name: String
    package nonisolated let batchLimit = 1
    private let command: [String]
    private let timeout: Duration
    private let grace: Duration
    private let executor: QueueExecutor

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// `command`: the program's absolute path, then its arguments. Nothing is started before the first delivery.
    init(
        name: String, command: [String], timeout: Duration = ExecSink.timeout,
        grace: Duration = ExecSink.grace
    ) {
        self.name = name
        self.command = command
        self.timeout = timeout
        self.grace = grace
        executor = QueueExecutor(label: "newswatch.sink.\(name)")
    }

    package func deliver(_ alerts: [PendingAlert]) -> [DeliveryResult] {
        alerts.map { alert in
            let run = CommandRun(
                command: command,
                environment: [
                    "PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "NEWSWATCH_ALERT=\(alert.id)",
                    "NEWSWATCH_SINK=\(name)",
                ],
                input: Array((alert.payload + "\n").utf8), timeout: timeout, grace: grace,
                maxErrorBytes: Self.maxErrorBytes)
            return result(of: run.run())
        }
    }

    /// What a program says may change, so that no code but 0 is final.
    private func result(of outcome: CommandRun.Outcome) -> DeliveryResult {
        let reason: String
        switch outcome.end {
        case .exited(0): return .delivered
        case .exited(let code): reason = "exit \(code)"
        case .killed(let signal): reason = "ended by signal \(signal)"
        case .outOfTime: reason = "stopped after \(timeout.phrase)"
        case .cancelled: reason = "cancelled"
        case .notStarted(let cause): reason = "cannot be started: \(cause)"
        }
        let said = LineText.field(
            String(decoding: outcome.errors, as: UTF8.self), maxCharacters: Self.maxErrorBytes)
        return .retry(reason: said.isEmpty ? reason : "\(reason): \(said)", after: nil)
    }
}
