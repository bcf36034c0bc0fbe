import ControlProtocol
import Foundation
import Storage

/// Reads a database without a daemon, under the daemon's own lock: what is read is a finished state.
enum OfflineDatabase {
    /// Opens the database for reading while `body` runs. Throws ``CommandFailure`` when it cannot be used.
    static func read<Value>(_ path: String, _ body: (NewsStore) throws -> Value) throws -> Value {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(.inputOutput, "\(path): no such file")
        }
        do {
            let lock = try DatabaseLock(
                path: path, holder: "newswatch, process \(ProcessInfo.processInfo.processIdentifier)")
            return try withExtendedLifetime(lock) { try body(try NewsStore(readingPath: path)) }
        } catch let error as StorageError {
            if case .held(let holder) = error.code {
                throw CommandFailure(
                    .inUse, "\(path): in use by \(holder); ask it with --socket instead of --database")
            }
            throw CommandFailure(exitCode(of: error), "\(error)")
        }
    }

    private static func exitCode(of error: StorageError) -> ExitCode {
        switch error.code {
        case .held: .inUse
        case .permission: .permission
        case .notADatabase, .corrupt, .newerSchema, .badValue: .badData
        case .full, .inputOutput: .inputOutput
        }
    }
}
