import Alerting
import Foundation
import Logging
import Scheduling
import ServiceLifecycle

/// Puts notices of newswatch itself into the outbox, away from those who noticed.
struct NoticeService: Service {
    /// Notices on their way; who noticed never waits.
    struct Queue: Sendable {
        fileprivate let notices: AsyncStream<ServiceNotice>
        private let continuation: AsyncStream<ServiceNotice>.Continuation

        /// So many wait at most; the oldest go first, because the newest tells how things stand.
        private static let limit = 100

        init() {
            (notices, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.limit))
        }

        func post(_ notice: ServiceNotice) {
            continuation.yield(notice)
        }
    }

    let queue: Queue
    let pipeline: Pipeline
    let time: any TimeSource
    /// Called after alerts were put into the outbox.
    let onAlerts: @Sendable () -> Void
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await notice in queue.notices { await send(notice) }
        }
    }

    private func send(_ notice: ServiceNotice) async {
        do {
            let now = time.now()
            let isTold = try await pipeline.notify(
                AlertComposer.notice(notice, at: now), kind: .service,
                except: notice.subject == .sink ? notice.name : nil, now: now)
            if isTold { onAlerts() }
        } catch {
            logger.error(
                "notice not stored", metadata: ["notice": "\(notice.message)", "error": "\(error)"])
        }
    }
}
