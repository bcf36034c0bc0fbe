import Alerting
import Foundation
import Scheduling
import ServiceLifecycle

/// One round: every due feed is asked, then what was kept back until now is released and everything that is due is
/// delivered once. Told to stop, it gives up the feeds in flight, and the delivery in flight after a moment.
struct RoundService: Service {
    let poller: Poller
    let pipeline: Pipeline
    let delivery: DeliveryWorker
    let time: any TimeSource

    func run() async throws {
        try await poller.run()
        guard !Task.isShuttingDownGracefully else { return }
        _ = try await pipeline.release(now: time.now())
        await withGracefulShutdownHandler {
            _ = await delivery.deliverDue()
        } onGracefulShutdown: { [delivery, time] in
            Task {
                await delivery.drain(deadline: time.now().addingTimeInterval(NewswatchDaemon.deliveryGrace))
            }
        }
    }
}
