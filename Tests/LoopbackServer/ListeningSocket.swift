import Foundation

/// A socket that accepts connections.
struct ListeningSocket: Sendable {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    var descriptor: Int32
    var port: UInt16

    /// On a free port of 127.0.0.1, or of the `host`th address after it.
    static func loopback(host: UInt16) throws -> ListeningSocket {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = (UInt32(0x7F00_0001) + UInt32(host)).bigEndian
        let descriptor = try open(AF_INET, &address)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = getsockname(descriptor, $0, &length)
            }
        }
        return ListeningSocket(descriptor: descriptor, port: UInt16(bigEndian: address.sin_port))
    }

    static func unix(_ path: String) throws -> ListeningSocket {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw Failure(description: "\(path): too long for a unix socket")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return ListeningSocket(descriptor: try open(AF_UNIX, &address), port: 0)
    }

    private static func open<Address>(_ family: Int32, _ address: inout Address) throws -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, kind, 0)
        let size = socklen_t(MemoryLayout<Address>.size)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
        }
        guard descriptor >= 0, code == 0, listen(descriptor, 512) == 0 else {
            let reason = String(cString: strerror(errno))
            close(descriptor)
            throw Failure(description: "cannot listen: \(reason)")
        }
        return descriptor
    }
}
