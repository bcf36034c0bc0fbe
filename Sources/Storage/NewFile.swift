import Foundation
import Glibc
import Synchronization

/// A file that appears under its name only when it is whole and on the disk, and never replaces another one.
/// Until then it stands beside its place as `NAME.partial`; what a killed program left there is written over.
package final class NewFile: Sendable {
    /// Where it will be.
    package let path: String
    /// Where it is written meanwhile; may be opened and written by others, such as SQLite.
    package let partialPath: String
    private let descriptor: Mutex<Int32?>

    /// Begins a file for owner and group, as far as the umask lets them. Throws a `StorageError` when `path`
    /// exists or is being written by another process, or the folder takes no files.
    package init(path: String) throws(StorageError) {
        self.path = path
        partialPath = path + ".partial"
        var status = stat()
        guard lstat(path, &status) != 0 else { throw Self.taken(path) }
        let descriptor = Glibc.open(
            partialPath, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK, 0o640)
        guard descriptor >= 0 else { throw StorageError(errno: errno, path: partialPath) }
        // Emptied only once it is ours: the one that is there may be another's, half written or just finished.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, Self.isNamed(descriptor, partialPath) else {
            Glibc.close(descriptor)
            throw StorageError(
                code: .inputOutput, path: partialPath, reason: "being written by another process")
        }
        guard ftruncate(descriptor, 0) == 0 else {
            let reason = errno
            Glibc.close(descriptor)
            throw StorageError(errno: reason, path: partialPath)
        }
        self.descriptor = Mutex(descriptor)
    }

    private static func taken(_ path: String) -> StorageError {
        StorageError(
            code: .inputOutput, path: path, reason: "exists and is never replaced; name another file")
    }

    private static func isNamed(_ descriptor: Int32, _ path: String) -> Bool {
        var ours = stat()
        var named = stat()
        return fstat(descriptor, &ours) == 0 && lstat(path, &named) == 0 && ours.st_ino == named.st_ino
            && ours.st_dev == named.st_dev && ours.st_mode & S_IFMT == S_IFREG
    }

    /// Adds bytes at the end.
    package func write(_ bytes: [UInt8]) throws(StorageError) {
        let descriptor = try open()
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written >= 0 else {
                if errno == EINTR { continue }
                throw StorageError(errno: errno, path: partialPath)
            }
            rest = rest.dropFirst(written)
        }
    }

    /// Puts the file on the disk and gives it its name. Throws a `StorageError` when another one has taken the
    /// name meanwhile. Nothing can be written afterwards, and after an error nothing is left.
    package func publish() throws(StorageError) {
        let descriptor = try open()
        defer { discard() }
        // link(2) and not rename(2): it never replaces a file that appeared meanwhile.
        guard fsync(descriptor) == 0, link(partialPath, path) == 0 else {
            throw errno == EEXIST ? Self.taken(path) : StorageError(errno: errno, path: path)
        }
        try syncFolder()
    }

    /// A new file is safe once its folder is (fsync(2), notes).
    private func syncFolder() throws(StorageError) {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StorageError(errno: errno, path: folder) }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StorageError(errno: errno, path: folder) }
    }

    /// Removes the name that the file has meanwhile, so that it goes with its last descriptor. Returns that
    /// descriptor, which the caller closes; nothing else can be done with the file afterwards.
    package func detach() throws(StorageError) -> Int32 {
        let descriptor = try open()
        unlink(partialPath)
        self.descriptor.withLock { $0 = nil }
        return descriptor
    }

    /// Removes what was not published. Further calls do nothing.
    package func discard() {
        let open = descriptor.withLock { descriptor -> Int32? in
            defer { descriptor = nil }
            return descriptor
        }
        guard let open else { return }
        unlink(partialPath)
        Glibc.close(open)
    }

    private func open() throws(StorageError) -> Int32 {
        guard let open = descriptor.withLock({ $0 }) else {
            throw StorageError(code: .inputOutput, path: path, reason: "written after its end")
        }
        return open
    }

    deinit {
        discard()
    }
}
