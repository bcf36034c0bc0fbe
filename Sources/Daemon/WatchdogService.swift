import Foundation
import Logging
import ServiceLifecycle
import Storage

/// Tells the service manager that the daemon is alive, as long as the polling loop turns, and how it is doing.
struct WatchdogService: Service {
    /// How often the status line is brought up to date where no watchdog wants to hear more often.
    static let statusInterval = Duration.seconds(10)

    let poller: Poller
    let store: NewsStore
    let health: StorageHealth
    let notifier: ServiceNotifier
    let logger: Logger

    func run() async throws {
        let interval =
            notifier.watchdogInterval.map { min($0 / 3, Self.statusInterval) } ?? Self.statusInterval
        await cancelWhenGracefulShutdown {
            var seen = -1
            // The system's clock in any mode: the manager waits in real time.
            while !Task.isCancelled {
                let turns = await poller.turns
                if turns != seen { notifier.send(.watchdog) }
                seen = turns
                do {
                    notifier.send(.status(try status()))
                } catch {
                    // A status line that cannot be made is no reason to stop.
                    logger.error("status cannot be read", metadata: ["error": "\(error)"])
                }
                do { try await Task.sleep(for: interval) } catch { break }
            }
        }
        notifier.send(.stopping(status: "Stopping"))
    }

    private func status() throws -> String {
        let counts = try store.counts()
        let polling = poller.board
        let paused = polling.isPaused ? "paused, " : ""
        let failing = polling.states[.failing, default: 0]
        let stopped = health.trouble == nil ? "" : "the database cannot be written, "
        return "\(stopped)\(paused)\(polling.feeds) feeds (\(failing) failing), \(counts.entries) entries, "
            + "\(counts.developments) developments, \(counts.pendingDeliveries) deliveries pending"
    }
}
