import ServiceLifecycle

/// Lets watchers hear from the daemon even when nothing happens.
struct HeartbeatService: Service {
    let events: EventHub

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // The system's clock in any mode: the watchers wait in real time.
            while !Task.isCancelled {
                do { try await Task.sleep(for: EventHub.heartbeat) } catch { break }
                events.publish(.heartbeat)
            }
        }
    }
}
