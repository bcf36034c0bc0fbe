import Foundation

/// A stream socket without any HTTP in it, for bytes that no client library would send. Every call blocks.
struct RawConnection {
    struct Failure: Error {
        let reason: String
    }

    private let descriptor: Int32

    init(path: String) throws {
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
    func send(_ bytes: [UInt8]) -> Bool {
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

    func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    func readToEnd() -> [UInt8] {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return result }
            result += buffer[..<count]
        }
    }

    /// Reads until `text` has come; false when the server closes before.
    func read(until text: String) -> Bool {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while !String(decoding: result, as: UTF8.self).contains(text) {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { return false }
            result += buffer[..<count]
        }
        return true
    }

    func close() {
        Foundation.close(descriptor)
    }

    /// Blocking calls would starve the few threads that the server's own tasks need.
    static func onOwnThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws
        -> Value
    {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result(catching: work)) }
        }
    }
}
