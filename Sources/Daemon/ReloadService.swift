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
                _ = try await cancelWhenGracefulShutdown { [reloader] in try await reloader.reload() }
            } catch is ControlFailure {
                // Its faults have been logged where they were found.
            } catch is CancellationError {
                // The daemon stops; the next start reads the files.
                return
            } catch {
                logger.error("reload failed; nothing has changed", metadata: ["error": "\(error)"])
            }
            notifier.send(.reloaded)
        }
    }
}
