import ControlServer
import Fetching
import Foundation
import Logging
import LoopbackServer
import ServiceLifecycle
import Synchronization

/// A server on a socket in a folder of its own, stopped at the end of `use`.
struct RunningServer {
    let daemon: FakeDaemon
    let socketPath: String

    static func use<Result>(
        idleTimeout: Duration = .seconds(30), requestTimeout: Duration = .seconds(30),
        stallTimeout: Duration = .seconds(30), in folder: TemporaryFolder = TemporaryFolder(),
        _ body: (RunningServer) async throws -> Result
    ) async throws -> Result {
        defer { folder.remove() }
        let running = RunningServer(daemon: FakeDaemon(), socketPath: folder.path + "/s")
        let (ready, signal) = AsyncStream<Void>.makeStream()
        let server = ControlServer(
            socketPath: running.socketPath, control: running.daemon, idleTimeout: idleTimeout,
            requestTimeout: requestTimeout, stallTimeout: stallTimeout,
            onReady: { signal.finish() })
        let group = ServiceGroup(
            services: [server], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let task = Task {
            defer { signal.finish() }
            try await group.run()
        }
        for await _ in ready {}
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(running))
        } catch {
            result = .failure(error)
        }
        await group.triggerGracefulShutdown()
        try await task.value
        return try result.get()
    }

    /// Asks through the client that the command uses.
    func request(
        _ method: String, _ target: String, body: String? = nil
    ) async throws -> (status: Int, body: String, header: (String) -> String?) {
        let transfer = try HTTPTransfer()
        var request = HTTPRequest(url: "http://localhost\(target)")
        request.method = method
        request.unixSocket = socketPath
        request.body = body.map { Array($0.utf8) }
        let response = try await transfer.perform(request)
        await transfer.shutdown()
        return (response.status, String(decoding: response.body, as: UTF8.self), { response.headers[$0] })
    }

    /// Sends bytes as they are and reads until the server closes the connection.
    func exchange(_ bytes: [UInt8], thenClose: Bool = true) async throws -> String {
        try await RawConnection.exchange(bytes, with: socketPath, thenClose: thenClose)
    }
}

/// A folder that is short enough for a socket's path.
struct TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/nwc-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap(mkdtemp).map { String(cString: $0) } ?? "/nonexistent"
        }
    }

    func remove() {
        // Left-overs in /tmp harm nobody, and a test that fails for them would hide why it failed.
        try? FileManager.default.removeItem(atPath: path)
    }
}
