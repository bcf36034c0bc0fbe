import ControlProtocol
import Foundation
import Storage

/// Reads a database without a daemon, under the daemon's own lock: what is read is a finished state.
enum OfflineDatabase {
    /// What to do about a daemon that has the database: most verbs can ask it as well.
    static let ask = "ask it with --socket instead of --database"
    /// The same for a verb that cannot.
    static let stop = "stop it first"

    /// Opens the database for reading while `body` runs. Throws ``CommandFailure`` when it cannot be used;
    /// `advice` is what to do when a daemon has it.
    static func read<Value>(
        _ path: String, advice: String = ask, _ body: (NewsStore) throws -> Value
    ) throws -> Value {
        do {
            return try locked(path, body)
        } catch let error as StorageError {
            throw failure(for: error, path, advice)
        }
    }

    /// Reads the whole database and returns what is wrong with it, one sentence each. Damage that SQLite cannot
    /// read past is one of them. Throws ``CommandFailure`` when the file cannot be used for another reason.
    static func faults(_ path: String) throws -> [String] {
        do {
            return try locked(path) { try $0.check() }
        } catch let error as StorageError where error.code == .corrupt {
            return [error.reason]
        } catch let error as StorageError {
            throw failure(for: error, path, stop)
        }
    }

    private static func locked<Value>(_ path: String, _ body: (NewsStore) throws -> Value) throws -> Value {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(.inputOutput, "\(path): no such file")
        }
        let lock = try DatabaseLock(
            path: path, holder: "newswatch, process \(ProcessInfo.processInfo.processIdentifier)")
        return try withExtendedLifetime(lock) { try body(try NewsStore(readingPath: path)) }
    }

    private static func failure(for error: StorageError, _ path: String, _ advice: String) -> CommandFailure {
        if case .held(let holder) = error.code {
            return CommandFailure(.inUse, "\(path): in use by \(holder); \(advice)")
        }
        return CommandFailure(exitCode(of: error), "\(error)")
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
