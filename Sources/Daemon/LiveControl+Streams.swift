import ControlProtocol
import ControlServer

/// Long work on the database that one client at a time may ask of the daemon, so that readers stay free for the
/// others.
final class DatabaseTurns: Sendable {
    let backup = ExclusiveTurn(refusal: "another backup is under way; try again when it is done")
    let check = ExclusiveTurn(refusal: "another check is under way; try again when it is done")
    let export = ExclusiveTurn(refusal: "another export is under way; try again when it is done")
    let prune = ExclusiveTurn(refusal: "another pruning is under way; try again when it is done")
}

extension LiveControl {
    func watch() async throws -> any ControlStream {
        try events.subscribe()
    }

    func backup() async throws -> any ControlStream {
        try await DatabaseCopy.make(of: store, turn: try turns.backup.take())
    }

    func check() async throws -> DatabaseCheckDocument {
        let turn = try turns.check.take()
        defer { turn.end() }
        return DatabaseCheckDocument(database: store.path, faults: try await store.checkInBackground())
    }

    func export() async throws -> any ControlStream {
        let turn = try turns.export.take()
        return try DatabaseExport(store, now: time.now(), onStop: { turn.end() })
    }

    func prune() async throws -> PruneDocument {
        let turn = try turns.prune.take()
        defer { turn.end() }
        let before = time.now().addingTimeInterval(-configuration.current.keptFor.seconds)
        let pruned = try await store.prune(before: before)
        return PruneDocument(before: before, entries: pruned.entries, alerts: pruned.alerts)
    }
}
