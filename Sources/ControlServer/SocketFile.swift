import Foundation

/// The socket's file: what must hold before a server binds it, and what is done to it afterwards.
/// The caller holds the lock that makes this process its only owner.
struct SocketFile: Sendable {
    let path: String

    /// SwiftNIO allows no more on any system, though Linux has room for 107 (`sockaddr_un.sun_path`).
    static let maximumPathBytes = 103

    /// Owner and group may connect, nobody else: access is granted by group membership.
    static let mode: mode_t = 0o660

    /// Checks path and folder, and removes the socket file that a killed daemon left behind.
    func prepare() throws(ControlServerError) {
        let bytes = path.utf8.count
        guard bytes <= Self.maximumPathBytes else {
            throw .pathTooLong(path: path, bytes: bytes, limit: Self.maximumPathBytes)
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard try kind(of: folder) == S_IFDIR else { throw .missingFolder(path: path, folder: folder) }
        guard access(folder, W_OK | X_OK) == 0 else {
            throw refused(errno, "create a file in the folder \(folder)")
        }
        guard let kind = try kind(of: path) else { return }
        guard kind == S_IFSOCK else { throw .notASocket(path: path) }
        try remove()
    }

    /// Gives the bound socket its mode; bind itself obeys the umask, under which a group could not connect.
    func setMode() throws(ControlServerError) {
        guard chmod(path, Self.mode) == 0 else { throw refused(errno, "set its mode to 0660") }
    }

    /// Removes the file; a file that is gone already is fine.
    func remove() throws(ControlServerError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw refused(errno, "remove the socket file") }
    }

    /// The file type bits of what is at `path`, nil when nothing is there. A symbolic link counts as its target
    /// only for the folder part, which the kernel resolves.
    private func kind(of path: String) throws(ControlServerError) -> mode_t? {
        var information = stat()
        let result = path == self.path ? lstat(path, &information) : stat(path, &information)
        if result == 0 { return information.st_mode & S_IFMT }
        let number = errno
        if number == ENOENT || number == ENOTDIR { return nil }
        throw refused(number, "look at \(path)")
    }

    private func refused(_ number: Int32, _ action: String) -> ControlServerError {
        .refused(path: path, action: action, errno: number, reason: String(cString: strerror(number)))
    }
}
