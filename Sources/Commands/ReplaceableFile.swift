import ControlProtocol
import Foundation

/// A file that is changed as a whole. While one of these exists no other newswatch changes a file of its folder:
/// the lock (flock(2)) is on the folder itself, so that nothing is left behind.
final class ReplaceableFile {
    /// A holder of the lock checks the whole configuration, which takes a busy machine a second; several may wait.
    static let patience = Duration.seconds(20)

    private static let maxLinks = 40

    /// As it was named.
    let path: String
    private let name: String
    private let folder: Int32

    /// Takes the lock of the folder that `path`, symbolic links followed, lies in. Throws a ``CommandFailure``: 75
    /// when another one keeps it for longer than ``patience``.
    init(_ path: String) throws {
        self.path = path
        let target = URL(fileURLWithPath: Self.target(of: path))
        name = target.lastPathComponent
        let folderPath = target.deletingLastPathComponent().path
        folder = open(folderPath, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw Self.failure(folderPath, errno) }
        let deadline = ContinuousClock.now + Self.patience
        while flock(folder, LOCK_EX | LOCK_NB) != 0 {
            let reason = errno
            guard reason == EWOULDBLOCK || reason == EINTR else {
                close(folder)
                throw Self.failure(folderPath, reason)
            }
            guard ContinuousClock.now < deadline else {
                close(folder)
                throw CommandFailure(.inUse, "\(path): another program keeps \(folderPath) locked; try again")
            }
            usleep(10_000)
        }
    }

    deinit {
        close(folder)
    }

    private static func target(of path: String) -> String {
        var path = path
        for _ in 0..<maxLinks {
            // Throws for everything that is no link.
            guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { break }
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            path = next.hasPrefix("/") ? next : "\(folder)/\(next)"
        }
        return path
    }

    /// The whole file; nil when there is none. Throws a ``CommandFailure``.
    func read(maximumBytes: Int) throws -> [UInt8]? {
        let file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw Self.failure(path, errno)
        }
        let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
        do {
            let data = try handle.read(upToCount: maximumBytes + 1) ?? Data()
            guard data.count <= maximumBytes else {
                throw CommandFailure(.badData, "\(path): larger than \(maximumBytes >> 20) MiB")
            }
            return [UInt8](data)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.inputOutput, "\(path): cannot be read: \(error.localizedDescription)")
        }
    }

    /// Puts `bytes` in the file's place in one step, with its mode and its owner. After a crash there is the old file
    /// or the new one. Throws a ``CommandFailure``.
    func replace(with bytes: [UInt8]) throws {
        try write(bytes) { temporary in renameat(folder, temporary, folder, name) }
    }

    /// Makes the file of `bytes`. Throws a ``CommandFailure``, also when there is one already.
    func create(_ bytes: [UInt8]) throws {
        try write(bytes) { temporary in
            let code = linkat(folder, temporary, folder, name, 0)
            let reason = errno
            unlinkat(folder, temporary, 0)
            errno = reason
            return code
        }
    }

    private func write(_ bytes: [UInt8], place: (String) -> Int32) throws {
        let temporary = ".\(name).new"
        // Only a crash leaves one behind, and whoever holds the lock may take it away.
        unlinkat(folder, temporary, 0)
        let file = openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw Self.failure(path, errno) }
        do {
            defer { close(file) }
            try keepOwnerAndMode(of: file)
            try Self.write(bytes, to: file, path)
            guard fsync(file) == 0, place(temporary) == 0, fsync(folder) == 0 else {
                throw Self.failure(path, errno)
            }
        } catch {
            unlinkat(folder, temporary, 0)
            throw error
        }
    }

    private func keepOwnerAndMode(of file: Int32) throws {
        var old = stat()
        var new = stat()
        guard fstatat(folder, name, &old, 0) == 0 else { return }
        guard fstat(file, &new) == 0 else { throw Self.failure(path, errno) }
        if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid), fchown(file, old.st_uid, old.st_gid) != 0 {
            throw CommandFailure(
                .permission, "\(path): belongs to another user, and would be yours: run this as its owner")
        }
        // After the owner: changing it clears bits of the mode.
        guard fchmod(file, old.st_mode & 0o7777) == 0 else { throw Self.failure(path, errno) }
    }

    private static func write(_ bytes: [UInt8], to file: Int32, _ path: String) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw failure(path, errno)
            }
        }
    }

    private static func failure(_ path: String, _ reason: Int32) -> CommandFailure {
        let isRefused = reason == EACCES || reason == EPERM
        return CommandFailure(
            isRefused ? .permission : .inputOutput,
            "\(path): \(String(cString: strerror(reason)).lowercased())")
    }
}
