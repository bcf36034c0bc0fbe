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
                do {
                    try await gracefulShutdown()
                } catch {
                    // Cancelled: the worker is cancelled with us.
                    return
                }
                await worker.drain(deadline: time.now().addingTimeInterval(NewswatchDaemon.deliveryGrace))
            }
            await group.next()
            group.cancelAll()
        }
    }
}
