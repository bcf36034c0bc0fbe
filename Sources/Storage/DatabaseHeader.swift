import Glibc

/// What the first page of a database says about it, read without SQLite: nothing is locked, made or changed, so
/// that a database in use can be looked at.
package struct DatabaseHeader: Sendable, Equatable {
    /// Whether the file says that it is ours. It says nothing yet as long as its first pages stand in the journal
    /// only, as after a daemon that was killed soon after its first start.
    package var isOurs: Bool
    /// `PRAGMA user_version`.
    package var schemaVersion: Int
    /// Whether a journal with pages stands beside it.
    package var hasJournal: Bool

    /// The version that this release makes of every database that it opens.
    package static let currentSchema = Schema.version

    /// All parts.
    package init(isOurs: Bool, schemaVersion: Int, hasJournal: Bool) {
        self.isOurs = isOurs
        self.schemaVersion = schemaVersion
        self.hasJournal = hasJournal
    }

    /// Reads the header of the file at `path`. Throws `StorageError` when it cannot be read or is no SQLite file;
    /// an empty one is.
    package static func read(path: String) throws(StorageError) -> DatabaseHeader {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { throw StorageError(errno: errno, path: path) }
        defer { close(descriptor) }
        var page = [UInt8](repeating: 0, count: headerBytes)
        let count = pread(descriptor, &page, page.count, 0)
        guard count >= 0 else { throw StorageError(errno: errno, path: path) }
        guard count == 0 || page.starts(with: DatabaseFile.magic) else {
            throw StorageError(code: .notADatabase, path: path, reason: "not a SQLite file")
        }
        var journal = stat()
        return DatabaseHeader(
            isOurs: number(in: page, at: 68) == Schema.applicationID,
            schemaVersion: Int(number(in: page, at: 60)),
            hasJournal: stat(path + "-wal", &journal) == 0 && journal.st_size > 0)
    }

    /// https://www.sqlite.org/fileformat.html, 1.3: 100 bytes, `user_version` at 60, `application_id` at 68, both
    /// big-endian.
    private static let headerBytes = 100

    private static func number(in page: [UInt8], at offset: Int) -> Int64 {
        page[offset..<offset + 4].reduce(0) { $0 << 8 | Int64($1) }
    }
}
