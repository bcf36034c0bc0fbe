import ControlServer
import Foundation
import Testing

/// What arrives on the socket need not be HTTP; the daemon must not care.
@Suite struct RubbishTests {
    private static let rubbish: [(name: String, bytes: [UInt8])] = [
        ("nothing", []),
        ("zeros", [UInt8](repeating: 0, count: 1000)),
        ("every byte", (0...255).map { UInt8($0) }),
        ("TLS hello", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03]),
        ("HTTP/2 preface", Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)),
        ("half a request line", Array("GET /api/v1/sta".utf8)),
        ("half a header", Array("GET /api/v1/status HTTP/1.1\r\nHost: loc".utf8)),
        ("no version", Array("GET /api/v1/status\r\n\r\n".utf8)),
        ("unknown version", Array("GET /api/v1/status HTTP/9.9\r\nHost: x\r\n\r\n".utf8)),
        ("line feeds", [UInt8](repeating: 0x0A, count: 100_000)),
        ("endless line", Array(("GET /" + String(repeating: "a", count: 200_000)).utf8)),
        (
            "endless header",
            Array(("GET / HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "a", count: 200_000)).utf8)
        ),
        (
            "endless headers",
            Array(("GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "A: b\r\n", count: 20_000)).utf8)
        ),
        (
            "negative length",
            Array("POST /api/v1/poll HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n".utf8)
        ),
        (
            "overflowing length",
            Array(
                "POST /api/v1/poll HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n".utf8)
        ),
        (
            "body that never comes",
            Array("POST /api/v1/poll HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"feed\"".utf8)
        ),
        (
            "two lengths",
            Array(
                "POST /api/v1/poll HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}}"
                    .utf8)
        ),
        (
            "length and chunks",
            Array(
                ("POST /api/v1/poll HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "zz\r\n").utf8)
        ),
        (
            "bad chunk size",
            Array(
                ("POST /api/v1/poll HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "ffffffffffffffffff\r\n").utf8)
        ),
        ("target with control characters", Array("GET /\u{1}\u{1B}[31m HTTP/1.1\r\nHost: x\r\n\r\n".utf8)),
        (
            "target with broken escapes",
            Array("GET /api/v1/alerts?%zz=%&=&&%00 HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
        ),
        ("target that is a URL", Array("GET http://[::1/api HTTP/1.1\r\nHost: x\r\n\r\n".utf8)),
        (
            "target that is not UTF-8",
            Array("GET /".utf8) + [0xFF, 0xC0] + Array(" HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
        ),
        ("asterisk", Array("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n".utf8)),
    ]

    @Test(arguments: rubbish.map(\.name))
    func leavesTheServerHealthy(name: String) async throws {
        let bytes = try #require(Self.rubbish.first { $0.name == name }).bytes
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
            let sent = try await RawConnection.onOwnThread { [path = server.socketPath] in
                let connection = try RawConnection(path: path)
                defer { connection.close() }
                connection.send(Array("\(line) HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n".utf8))
                var sent = 0
                while sent < 60_000, connection.send([UInt8(ascii: " ")]) {
                    sent += 1
                    usleep(1000)
                }
                return sent
            }
            #expect(sent < 60_000)
            #expect(server.daemon.calls.isEmpty)
        }
    }

    @Test func aClientThatDripsItsHeadersIsDisconnected() async throws {
        try await RunningServer.use(idleTimeout: .milliseconds(200)) { server in
            let sent = try await RawConnection.onOwnThread { [path = server.socketPath] in
                let connection = try RawConnection(path: path)
                defer { connection.close() }
                connection.send(Array("GET /api/v1/status HTTP/1.1\r\nX: ".utf8))
                var sent = 0
                while sent < 8000, connection.send([UInt8(ascii: "x")]) {
                    sent += 1
                    usleep(1000)
                }
                return sent
            }
            #expect(sent < 8000)
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
