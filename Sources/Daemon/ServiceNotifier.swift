import Foundation
import Glibc

/// Tells systemd how the service is doing, by the datagram protocol of sd_notify(3). The protocol is stable
/// and meant to be spoken without the library. Outside systemd (`NOTIFY_SOCKET` unset) every call is a no-op.
package struct ServiceNotifier: Sendable {
    /// What the service manager is told.
    package enum Notice: Sendable, Equatable {
        case ready(status: String)
        /// The configuration is being read again; ended by `reloaded`.
        case reloading
        case reloaded
        case status(String)
        case stopping(status: String)
        case watchdog

        var datagram: String {
            switch self {
            case .ready(let status): "READY=1\nSTATUS=\(status)"
            case .reloading: "RELOADING=1"
            case .reloaded: "READY=1"
            case .status(let status): "STATUS=\(status)"
            case .stopping(let status): "STOPPING=1\nSTATUS=\(status)"
            case .watchdog: "WATCHDOG=1"
            }
        }
    }

    private let socketPath: String?

    /// How often the manager wants to hear `watchdog` at the latest; nil where no watchdog is set for us.
    package let watchdogInterval: Duration?

    /// Reads `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` from `environment`. A watchdog meant for
    /// another process (a wrapper's) is not ours to feed.
    package init(environment: [String: String], processID: Int32) {
        socketPath = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        let isOurs = environment["WATCHDOG_PID"].map { $0 == String(processID) } ?? true
        watchdogInterval = environment["WATCHDOG_USEC"].flatMap(Int64.init)
            .flatMap { $0 > 0 && isOurs ? .microseconds($0) : nil }
    }

    /// Sends one notice; false when there is a manager and it could not be told. The datagram never blocks.
    @discardableResult
    package func send(_ notice: Notice) -> Bool {
        guard let socketPath else { return true }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }

        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var path = Array(socketPath.utf8)
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        // A leading @ stands for the NUL byte of an abstract address.
        if path.first == UInt8(ascii: "@") { path[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)

        let payload = Array(notice.datagram.utf8)
        let sent = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, payload, payload.count, Int32(MSG_DONTWAIT), $0, length)
            }
        }
        return sent == payload.count
    }
}
