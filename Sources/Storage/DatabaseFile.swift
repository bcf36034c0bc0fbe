import Foundation
import GRDB
import Glibc

/// Looks at a file before SQLite may write to it, so that nothing that is not ours is ever changed.
enum DatabaseFile {
    /// The first bytes of every database (https://www.sqlite.org/fileformat.html, 1.3).
    static let magic = Array("SQLite format 3\0".utf8)

    /// Makes an empty file that the group may read, or checks that an existing one can be opened by this release.
    static func prepare(_ path: String) throws(StorageError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o640)
        guard descriptor >= 0 else { throw StorageError(errno: errno, path: path) }
        var status = stat()
        var head = [UInt8](repeating: 0, count: magic.count)
        let hasStatus = fstat(descriptor, &status) == 0
        let count = hasStatus ? pread(descriptor, &head, head.count, 0) : -1
        let reason = errno
        close(descriptor)
        guard count >= 0 else { throw StorageError(errno: reason, path: path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw StorageError(code: .notADatabase, path: path, reason: "not a regular file")
        }
        if count == 0 { return }
        guard head == magic else {
            throw StorageError(code: .notADatabase, path: path, reason: "not a SQLite file")
        }
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(NewsStore.busyTimeout)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { try checkOrigin($0, path: path) }
            try queue.close()
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// Throws when the tables are another program's or a later release's.
    static func checkOrigin(_ database: Database, path: String) throws {
        let tables = try database.integer("SELECT count(*) FROM sqlite_master") ?? 0
        guard tables > 0 else { return }
        guard try database.integer("PRAGMA application_id") == Schema.applicationID else {
            throw StorageError(code: .notADatabase, path: path, reason: "made by another program")
        }
        if try Schema.migrator.hasBeenSuperseded(database) {
            let version = try database.integer("PRAGMA user_version") ?? 0
            throw StorageError(code: .newerSchema, path: path, reason: "schema \(version)")
        }
    }
}
