import Foundation
import Logging
import Scheduling
import ServiceLifecycle
import Storage

/// Forgets what is older than the configuration wants kept, once at start and then every day.
struct PruneService: Service {
    /// From one round to the next, in seconds.
    static let interval: TimeInterval = 86_400

    let store: NewsStore
    /// How long entries are kept, as configured at the moment.
    let keptFor: @Sendable () -> Duration
    let time: any TimeSource
    let logger: Logger

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                while true {
                    try await prune()
                    try await time.sleep(until: time.now().addingTimeInterval(Self.interval))
                }
            } catch is CancellationError {
                // The daemon stops. What is left is pruned after the next start.
                return
            }
        }
    }

    private func prune() async throws {
        do {
            let pruned = try await store.prune(before: time.now().addingTimeInterval(-keptFor().seconds))
            guard pruned != NewsStore.Pruned() else { return }
            logger.info(
                "pruned", metadata: ["entries": "\(pruned.entries)", "alerts": "\(pruned.alerts)"])
        } catch let error as StorageError {
            // Nothing depends on it today; the daemon goes on and tries again tomorrow.
            logger.error("not pruned", metadata: ["error": "\(error)"])
        }
    }
}
