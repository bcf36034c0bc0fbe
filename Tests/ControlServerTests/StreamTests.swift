import ControlProtocol
import ControlServer
import Fetching
import Foundation
import LoopbackServer
import Testing

/// Answers that are made while they are sent.
@Suite struct StreamTests {
    struct DiskOnFire: Error, CustomStringConvertible {
        let description = "the disk is on fire"
    }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func piecesAreOneBodyInTheirOrder() async throws {
        try await RunningServer.use { server in
            server.daemon.streams.play(.bytes(bytes("one\n")), .bytes(bytes("two\n")))
            let answer = try await server.request("GET", "/api/v1/export")
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "application/jsonl")
            #expect(answer.header("Cache-Control") == "no-store")
            #expect(answer.header("Content-Length") == nil)
            #expect(answer.body == "one\ntwo\n")
            #expect(server.daemon.calls == [.export])
            await server.daemon.streams.stopped()
        }
    }

    @Test func aLengthThatIsKnownIsTold() async throws {
        try await RunningServer.use { server in
            server.daemon.streams.play(.bytes(bytes("SQLite!")))
            let answer = try await server.request("GET", "/api/v1/backup")
            #expect(answer.header("Content-Type") == "application/vnd.sqlite3")
            #expect(answer.header("Content-Length") == "7")
            #expect(answer.body == "SQLite!")
        }
    }

    @Test func aPieceArrivesBeforeTheNextIsMade() async throws {
        try await RunningServer.use { server in
            server.daemon.streams.play(.bytes(bytes("now\n")), .silence)
            try await RawConnection.onOwnThread { [path = server.socketPath] in
                let connection = try RawConnection(path: path)
                connection.send(Array("GET /api/v1/watch HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
                #expect(connection.read(until: "now\n") != nil)
                connection.close()
            }
            // Hanging up is noticed at once, not with the next piece.
            await server.daemon.streams.stopped()
        }
    }

    @Test(arguments: [ControlRoute.watch, .backup, .export, .check])
    func whatFailsBeforeTheFirstByteIsAProblem(route: ControlRoute) async throws {
        try await RunningServer.use { server in
            server.daemon.fail(with: ControlFailure.conflict("16 are watching already"))
            let answer = try await server.request("GET", route.path)
            #expect(answer.status == 409)
            #expect(answer.header("Content-Type") == "application/problem+json")
            #expect(
                answer.body == #"{"detail":"16 are watching already","status":409,"title":"Conflict","#
                    + #""type":"about:blank"}"#)
        }
    }

    @Test(arguments: [ControlRoute.watch, .backup, .export])
    func whatFailsAfterwardsIsCutForEverybodyToSee(route: ControlRoute) async throws {
        try await RunningServer.use { server in
            server.daemon.streams.play(.bytes(bytes("half")), .failure(DiskOnFire()))
            var request = HTTPRequest(url: "http://localhost\(route.path)")
            request.unixSocket = server.socketPath
            let transfer = try HTTPTransfer()
            let response = try await transfer.perform(request)
            await transfer.shutdown()
            #expect(response.status == 200)
            #expect(!response.isComplete)
            #expect(String(decoding: response.body, as: UTF8.self) == "half")
            #expect(try await server.request("GET", "/api/v1/status").status == 200)
        }
    }

    @Test func aReaderThatTakesNothingIsDroppedAndNothingPilesUp() async throws {
        try await RunningServer.use(stallTimeout: .milliseconds(100)) { server in
            server.daemon.streams.play(.endless)
            let connection = try await RawConnection.onOwnThread { [path = server.socketPath] in
                let connection = try RawConnection(path: path)
                connection.send(Array("GET /api/v1/export HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
                return connection
            }
            await server.daemon.streams.stopped()
            // The kernel holds some pieces, the channel one or two; the rest of what 100 ms could make never was.
            #expect(server.daemon.streams.given < 32)
            #expect(try await server.request("GET", "/api/v1/status").status == 200)
            connection.close()
        }
    }

    @Test func aReaderThatReadsSlowlyGetsEverything() async throws {
        try await RunningServer.use(stallTimeout: .seconds(10)) { server in
            let piece = [UInt8](repeating: UInt8(ascii: "y"), count: 64 << 10)
            server.daemon.streams.play(
                .bytes(piece), .bytes(piece), .bytes(piece), .bytes(piece), .bytes(piece), .bytes(piece),
                .bytes(piece), .bytes(piece))
            var request = HTTPRequest(url: "http://localhost/api/v1/export")
            request.unixSocket = server.socketPath
            let transfer = try HTTPTransfer()
            // The client's queue holds 256 KiB, so the transfer pauses while a piece is being looked at.
            let response = try await transfer.perform(
                request, onChunk: { _ in for _ in 0..<100 { await Task.yield() } })
            await transfer.shutdown()
            #expect(response.isComplete)
            #expect(response.bodyBytes == 8 * piece.count)
        }
    }

    @Test func aDaemonThatStopsEndsItsStreams() async throws {
        let body = try await RunningServer.use { server in
            server.daemon.streams.play(.bytes(bytes("now\n")), .silence)
            let answer = Task { try await server.request("GET", "/api/v1/watch").body }
            while server.daemon.streams.given < 2 { await Task.yield() }
            return answer
        }.value
        #expect(body == "now\nbye\n")
    }

    @Test func aDaemonThatStopsDoesNotWaitForAReload() async throws {
        let status = try await RunningServer.use { server in
            server.daemon.slowDown()
            let answer = Task { try await server.request("POST", "/api/v1/reload").status }
            while server.daemon.calls.isEmpty { await Task.yield() }
            return answer
        }.value
        #expect(status == 503)
    }

    @Test func aDaemonThatStopsDoesNotWaitForAReaderThatTakesNothing() async throws {
        let connection = try await RunningServer.use { server in
            server.daemon.streams.play(.endless)
            let connection = try await RawConnection.onOwnThread { [path = server.socketPath] in
                let connection = try RawConnection(path: path)
                connection.send(Array("GET /api/v1/export HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
                return connection
            }
            // Until the kernel takes no more, and the server waits for its reader.
            var given = -1
            while given != server.daemon.streams.given {
                given = server.daemon.streams.given
                for _ in 0..<10_000 { await Task.yield() }
            }
            return connection
        }
        connection.close()
    }
}
