import ControlProtocol
import Foundation

/// Why the control socket cannot be opened.
package enum ControlServerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The path has more bytes than the server can bind.
    case pathTooLong(path: String, bytes: Int, limit: Int)
    /// Something that is not a socket is in the way; it is left alone.
    case notASocket(path: String)
    /// The folder of the socket does not exist.
    case missingFolder(path: String, folder: String)
    /// The system refused; `errno` is the number it gave.
    case refused(path: String, action: String, errno: Int32, reason: String)
    /// Binding failed for a reason that only the server library knows.
    case bindFailed(path: String, reason: String)

    /// One line for the user.
    package var description: String {
        switch self {
        case .pathTooLong(let path, let bytes, let limit):
            "control socket \(path): the path has \(bytes) bytes, a socket's path at most \(limit); "
                + "choose a shorter one ([control] socket)"
        case .notASocket(let path):
            "control socket \(path): something that is not a socket is there; remove it or choose another path "
                + "([control] socket)"
        case .missingFolder(let path, let folder):
            "control socket \(path): the folder \(folder) does not exist; create it or choose another path "
                + "([control] socket)"
        case .refused(let path, let action, _, let reason):
            "control socket \(path): cannot \(action): \(reason)"
        case .bindFailed(let path, let reason):
            "control socket \(path): cannot listen: \(reason)"
        }
    }

    /// The exit code of a program that stops because of it.
    package var exitCode: ExitCode {
        switch self {
        case .pathTooLong, .notASocket, .missingFolder: .configuration
        case .refused(_, _, let errno, _) where [EACCES, EPERM, EROFS].contains(errno): .permission
        case .refused, .bindFailed: .inputOutput
        }
    }
}
