import Glibc
import Synchronization

/// The one right to use a path: an advisory lock (flock(2)) on `PATH.lock`, taken before the database is opened
/// or the socket bound. The kernel gives it back when the process ends, however it ends.
package final class DatabaseLock: Sendable {
    /// A lock file replaced this often while it is being opened is not waited for any longer.
    private static let maxReplacements = 100

    private let descriptor: Mutex<Int32?>

    /// Takes the lock for `path` and writes `holder` (for example `newswatchd, process 4711`) into the lock
    /// file, for whoever comes second.
    ///
    /// Throws `StorageError` with code `held` when another process has it, `permission` or `inputOutput` when
    /// the lock file cannot be made. The file stays when the lock is given back: removing it would race.
    package init(path: String, holder: String) throws(StorageError) {
        let lockPath = path + ".lock"
        var taken: Int32?
        for _ in 0..<Self.maxReplacements where taken == nil {
            taken = try Self.take(lockPath, for: path)
        }
        guard let taken else {
            throw StorageError(code: .inputOutput, path: lockPath, reason: "replaced again and again")
        }
        let text = Array((holder + "\n").utf8)
        guard ftruncate(taken, 0) == 0, pwrite(taken, text, text.count, 0) == text.count else {
            let reason = errno
            close(taken)
            throw StorageError(errno: reason, path: lockPath)
        }
        descriptor = Mutex(taken)
    }

    /// The descriptor of the locked file; nil when the file was removed or replaced meanwhile, so that the lock
    /// would guard nothing.
    private static func take(_ lockPath: String, for path: String) throws(StorageError) -> Int32? {
        let descriptor = open(
            lockPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK, 0o640)
        guard descriptor >= 0 else { throw StorageError(errno: errno, path: lockPath) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let holder = readHolder(descriptor)
            close(descriptor)
            guard reason == EWOULDBLOCK else { throw StorageError(errno: reason, path: lockPath) }
            throw StorageError(code: .held(holder: holder), path: path, reason: "locked")
        }
        var ours = stat()
        var named = stat()
        guard fstat(descriptor, &ours) == 0, stat(lockPath, &named) == 0, ours.st_ino == named.st_ino,
            ours.st_dev == named.st_dev
        else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    private static func readHolder(_ descriptor: Int32) -> String {
        var text = [UInt8](repeating: 0, count: 256)
        let count = max(0, pread(descriptor, &text, text.count, 0))
        let line = text.prefix(count).prefix { $0 >= 0x20 && $0 != 0x7F }
        return line.isEmpty ? "another process" : String(decoding: line, as: UTF8.self)
    }

    /// Gives the lock back before the process ends. Further calls do nothing.
    package func release() {
        let open = descriptor.withLock { descriptor -> Int32? in
            defer { descriptor = nil }
            return descriptor
        }
        guard let open else { return }
        // Closing alone is not enough while a child that was just forked has not closed its copy by exec.
        flock(open, LOCK_UN)
        close(open)
    }

    deinit {
        release()
    }
}
