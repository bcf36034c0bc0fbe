import Foundation
import Glibc

/// The one right to use a path: an advisory lock (flock(2)) on `PATH.lock`, taken before the database is opened
/// or the socket bound. The kernel gives it back when the process ends, however it ends.
package final class DatabaseLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock for `path` and writes `holder` into the lock file, for whoever comes second.
    ///
    /// Throws `StorageError` with code `held` when another process has it, `permission` or `inputOutput` when
    /// the lock file cannot be made. The file stays when the lock is given back: removing it would race.
    package init(path: String, holder: String) throws(StorageError) {
        let lockPath = path + ".lock"
        let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
        guard descriptor >= 0 else {
            let code: StorageError.Code = errno == EACCES || errno == EROFS ? .permission : .inputOutput
            throw StorageError(code: code, path: lockPath, reason: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            var text = [UInt8](repeating: 0, count: 256)
            let count = max(0, pread(descriptor, &text, text.count, 0))
            close(descriptor)
            guard reason == EWOULDBLOCK else {
                throw StorageError(code: .inputOutput, path: lockPath, reason: String(cString: strerror(reason)))
            }
            let line = String(decoding: text.prefix(count), as: UTF8.self).split(separator: "\n").first
            throw StorageError(
                code: .held(holder: line.map(String.init) ?? "another process"), path: path, reason: "locked")
        }
        let text = Array((holder + "\n").utf8)
        ftruncate(descriptor, 0)
        pwrite(descriptor, text, text.count, 0)
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}
