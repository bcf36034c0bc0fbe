import Alerting
import Foundation
import Logging
import Scheduling
import ServiceLifecycle
import Storage

/// Sends what was kept back when its time comes, and signs of life: looks every minute, and sooner when something is
/// known to be due sooner.
struct ReleaseService: Service {
    /// Seconds; no policy is finer than a minute.
    static let interval: TimeInterval = 60

    let pipeline: Pipeline
    let poller: Poller
    let store: NewsStore
    let startedAt: Date
    let time: any TimeSource
    /// Called after alerts were put into the outbox.
    let onAlerts: @Sendable () -> Void
    let logger: Logger

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                while true {
                    let now = time.now()
                    let next = await release(now: now) ?? .distantFuture
                    // What is due already and could not be sent is tried again in a minute.
                    let isAhead = next > now
                    try await time.sleep(
                        until: isAhead ? min(next, now + Self.interval) : now + Self.interval)
                }
            } catch is CancellationError {
                // The daemon stops. What is kept back is in the database.
                return
            }
        }
    }

    private func release(now: Date) async -> Date? {
        do {
            let (released, next) = try await pipeline.release(now: now)
            let board = poller.board
            let lastEntry = try store.newestEntryTime()
            let signs = try await pipeline.heartbeat(watching: startedAt, now: now) { since in
                Heartbeat(
                    since: since, feeds: board.feeds,
                    healthyFeeds: board.states[.healthy, default: 0], lastEntry: lastEntry,
                    isPaused: board.isPaused)
            }
            if released + signs > 0 { onAlerts() }
            return next
        } catch {
            logger.error("what was kept back cannot be sent yet", metadata: ["error": "\(error)"])
            return nil
        }
    }
}
