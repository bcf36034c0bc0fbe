import ControlProtocol
import Foundation
import Settings
import Synchronization

/// Which configuration is in force, and what became of the last attempt to read another. Safe from any task.
package final class LiveConfiguration: Sendable {
    private struct State {
        var current: NewswatchConfiguration
        var loaded: Date
        var refused: Date?
        var faults: [String] = []
        var needsRestart: [String] = []
    }

    /// The main file.
    package let file: String
    private let state: Mutex<State>

    /// `configuration` was read from `file` at `loaded`.
    init(_ configuration: NewswatchConfiguration, file: String, loaded: Date) {
        self.file = file
        state = Mutex(State(current: configuration, loaded: loaded))
    }

    /// What the daemon works by now. Paths of database and socket are those that it was started with.
    package var current: NewswatchConfiguration { state.withLock(\.current) }

    /// Names of the configured sinks.
    var sinks: [String] { state.withLock { $0.current.sinks.map(\.name) } }

    /// For the status.
    var document: StatusDocument.Configuration {
        state.withLock {
            StatusDocument.Configuration(
                file: file, loaded: $0.loaded, refused: $0.refused, faults: $0.faults,
                needsRestart: $0.needsRestart)
        }
    }

    /// From now on the daemon works by `configuration`, except for what needs a restart.
    func adopt(_ configuration: NewswatchConfiguration, changes: [ConfigurationChange], at time: Date) {
        state.withLock { state in
            let running = state.current
            state = State(current: configuration, loaded: time)
            state.current.databasePath = running.databasePath
            state.current.socketPath = running.socketPath
            state.needsRestart = changes.filter(\.needsRestart).map(\.name)
        }
    }

    /// The files were read and cannot be used.
    func refuse(_ faults: [String], at time: Date) {
        state.withLock { state in
            state.refused = time
            state.faults = faults
        }
    }
}
