import Alerting
import Scheduling
import ServiceLifecycle

/// Delivers while the daemon runs; at shutdown lets the delivery in flight end.
struct DeliveryService: Service {
    let worker: DeliveryWorker
    let time: any TimeSource

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await worker.run() }
            group.addTask {
                var grace = NewswatchDaemon.deliveryGrace
                do {
                    try await gracefulShutdown()
                } catch {
                    // Cancelled because the time for an orderly end is over: what is in flight is broken off.
                    grace = 0
                }
                await worker.drain(deadline: time.now().addingTimeInterval(grace))
            }
            await group.next()
            group.cancelAll()
        }
    }
}
