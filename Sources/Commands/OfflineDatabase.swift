import ControlProtocol
import Foundation
import Storage

/// Reads a database without a daemon, under the daemon's own lock: what is read is a finished state.
enum OfflineDatabase {
    /// Opens the database for reading while `body` runs. Throws ``CommandFailure`` when it cannot be used.
    static func read<Value>(_ path: String, _ body: (NewsStore) async throws -> Value) async throws -> Value {
        do {
            return try await locked(path, body)
        } catch let error as StorageError {
            throw CommandFailure(error)
        }
    }

    /// Reads the whole database and returns what is wrong with it, one sentence each. Damage that SQLite cannot
    /// read past is one of them. Throws ``CommandFailure`` when the file cannot be used for another reason.
    static func faults(_ path: String) async throws -> [String] {
        do {
            return try await locked(path) { try $0.check() }
        } catch let error as StorageError where error.code == .corrupt {
            return [error.reason]
        } catch let error as StorageError {
            throw CommandFailure(error)
        }
    }

    private static func locked<Value>(
        _ path: String, _ body: (NewsStore) async throws -> Value
    ) async throws -> Value {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(.inputOutput, "\(path): no such file")
        }
        let lock = try DatabaseLock(
            path: path, holder: "newswatch, process \(ProcessInfo.processInfo.processIdentifier)")
        defer { lock.release() }
        return try await body(try NewsStore(readingPath: path))
    }
}
