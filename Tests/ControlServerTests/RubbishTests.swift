import ControlServer
import Glibc
import LoopbackServer
import Testing

/// What arrives on the socket need not be HTTP; the daemon must not care.
@Suite struct RubbishTests {
    @Test(arguments: RubbishRequests.all.map(\.name))
    func leavesTheServerHealthy(name: String) async throws {
        let bytes = try #require(RubbishRequests.all.first { $0.name == name }).bytes
        try await RunningServer.use { server in
            let answer = try await server.exchange(bytes)
            // An answer, if there is one, is a refusal.
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
            #expect(server.daemon.calls.isEmpty)
            #expect(try await server.request("GET", "/api/v1/status").status == 200)
        }
    }

    @Test func aClientThatHangsUpAtOnceIsForgotten() async throws {
        try await RunningServer.use { server in
            for _ in 0..<100 {
                try await RawConnection.onOwnThread { [path = server.socketPath] in
                    let connection = try RawConnection(path: path)
                    connection.send(Array("GET /api/v1/feeds HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
                    connection.close()
                }
            }
            #expect(try await server.request("GET", "/api/v1/status").status == 200)
        }
    }

    @Test func aSilentClientIsDisconnected() async throws {
        try await RunningServer.use(idleTimeout: .milliseconds(50)) { server in
            let answer = try await server.exchange(Array("GET /api".utf8), thenClose: false)
            #expect(answer.isEmpty)
        }
    }

    /// Each of its bytes ends the server library's idle time; the whole request has a time of its own.
    @Test(arguments: ["POST /api/v1/poll", "GET /api/v1/status"])
    func aClientThatDripsItsBodyIsDisconnected(line: String) async throws {
        try await RunningServer.use(requestTimeout: .milliseconds(200)) { server in
            let head = "\(line) HTTP/1.1\r\nHost: x\r\nContent-Length: \(Self.mostDrops)\r\n\r\n"
            let taken = try await drops(takenBy: server, after: head)
            #expect(taken < Self.mostDrops)
            #expect(server.daemon.calls.isEmpty)
        }
    }

    @Test func aClientThatDripsItsHeadersIsDisconnected() async throws {
        try await RunningServer.use(idleTimeout: .milliseconds(200)) { server in
            let head = "GET /api/v1/status HTTP/1.1\r\nX: "
            let taken = try await drops(takenBy: server, after: head)
            #expect(taken < Self.mostDrops)
        }
    }

    /// Below every limit of size, so that only time can end it.
    private static let mostDrops = 8000

    /// How many single bytes the server takes after `head`, one each millisecond.
    private func drops(takenBy server: RunningServer, after head: String) async throws -> Int {
        try await RawConnection.onOwnThread { [path = server.socketPath] in
            let connection = try RawConnection(path: path)
            defer { connection.close() }
            connection.send(Array(head.utf8))
            var sent = 0
            while sent < Self.mostDrops, connection.send([UInt8(ascii: " ")]) {
                sent += 1
                usleep(1000)
            }
            return sent
        }
    }

    @Test func silentClientsCannotLockOthersOut() async throws {
        try await RunningServer.use(idleTimeout: .milliseconds(100)) { server in
            let silent = try await RawConnection.onOwnThread { [path = server.socketPath] in
                try (0..<ControlServer.maximumConnections + 8).map { _ in try RawConnection(path: path) }
            }
            #expect(try await server.request("GET", "/api/v1/status").status == 200)
            for connection in silent { connection.close() }
        }
    }

    /// The server library traps when it is cancelled with connections that it has accepted and not yet served.
    @Test func aServerThatIsCancelledWhileClientsArriveEndsInOrder() async throws {
        for _ in 0..<20 {
            let folder = TemporaryFolder()
            defer { folder.remove() }
            let path = folder.path + "/s"
            let (ready, signal) = AsyncStream<Void>.makeStream()
            let server = ControlServer(socketPath: path, control: FakeDaemon(), onReady: { signal.finish() })
            let task = Task { try await server.run() }
            for await _ in ready {}
            let clients = try await RawConnection.onOwnThread {
                try (0..<ControlServer.maximumConnections).map { _ in try RawConnection(path: path) }
            }
            task.cancel()
            try await task.value
            for client in clients { client.close() }
            #expect(access(path, F_OK) != 0)
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        try await RunningServer.use { server in
            let answer = try await server.exchange(
                Array(
                    ("GET /api/v1/status HTTP/1.1\r\nHost: x\r\n\r\n"
                        + "GET /api/v1/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").utf8))
            let first = try #require(answer.range(of: "HTTP/1.1 200 OK"))
            let second = try #require(answer.range(of: "HTTP/1.1 404 Not Found"))
            #expect(first.lowerBound < second.lowerBound)
        }
    }
}
