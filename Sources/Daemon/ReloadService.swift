import ControlProtocol
import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the configuration again on SIGHUP, and tells the service manager meanwhile.
struct ReloadService: Service {
    /// Trapped before anybody is told that the daemon is ready: a signal right after that must not be lost.
    let signals: UnixSignalsSequence
    let reloader: ConfigurationReloader
    let notifier: ServiceNotifier
    let logger: Logger

    func run() async throws {
        for await _ in signals.cancelOnGracefulShutdown() {
            notifier.send(.reloading)
            do {
                _ = try await reloader.reload()
            } catch is ControlFailure {
                // Its faults have been logged where they were found.
            } catch {
                logger.error("reload failed; nothing has changed", metadata: ["error": "\(error)"])
            }
            notifier.send(.reloaded)
        }
    }
}
