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

    /// Opens the database for writing while `body` runs, brought to the schema of this release as at a start of the
    /// daemon. Throws ``CommandFailure`` when it cannot be used.
    static func write<Value>(_ path: String, _ body: (NewsStore) async throws -> Value) async throws -> Value
    {
        do {
            return try await locked(path, opening: { path throws(StorageError) in try NewsStore(path: path) })
            { store in
                let value = try await body(store)
                try store.close()
                return value
            }
        } catch let error as StorageError {
            throw CommandFailure(error)
        }
    }

    private static func locked<Value>(
        _ path: String,
        opening open: (String) throws(StorageError) -> NewsStore = { path throws(StorageError) in
            try NewsStore(readingPath: path)
        },
        _ body: (NewsStore) async throws -> Value
    ) async throws -> Value {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(.inputOutput, "\(path): no such file")
        }
        let lock = try DatabaseLock(
            path: path, holder: "newswatch, process \(ProcessInfo.processInfo.processIdentifier)")
        defer { lock.release() }
        return try await body(try open(path))
    }
}
