import Foundation

/// A stream socket without any HTTP in it, for bytes that no client library would send. Every call blocks.
package struct RawConnection: Sendable {
    package struct Failure: Error {
        package let reason: String
    }

    private let descriptor: Int32

    /// Connects to the unix socket at `path`.
    package init(path: String) throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        // A server that never answers fails the test instead of hanging it.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            Foundation.close(descriptor)
            throw Failure(reason: String(cString: strerror(errno)))
        }
        self.descriptor = descriptor
    }

    /// Sends as much as the server takes; false when it has closed the connection and takes no more.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if sent <= 0 { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    /// Nothing more will be sent; what is answered can still be read.
    package func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// What comes until the server closes the connection, or is silent for 20 s.
    package func readToEnd() -> [UInt8] {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return result }
            result += buffer[..<count]
        }
    }

    /// Reads until `text` has come, and returns all that has; nil when the server closes before.
    package func read(until text: String) -> String? {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return nil }
            result += buffer[..<count]
            let all = String(decoding: result, as: UTF8.self)
            if all.contains(text) { return all }
        }
    }

    /// Hangs up.
    package func close() {
        Foundation.close(descriptor)
    }

    /// Sends bytes as they are and returns all that is answered. Without `thenClose` the server has to end it.
    package static func exchange(
        _ bytes: [UInt8], with path: String, thenClose: Bool = true
    ) async throws -> String {
        try await onOwnThread {
            let connection = try RawConnection(path: path)
            defer { connection.close() }
            connection.send(bytes)
            if thenClose { connection.finishSending() }
            return String(decoding: connection.readToEnd(), as: UTF8.self)
        }
    }

    /// Blocking calls would starve the few threads that the server's own tasks need.
    package static func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value)
        async throws
        -> Value
    {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
        }
    }
}
