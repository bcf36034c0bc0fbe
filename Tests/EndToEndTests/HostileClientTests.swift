import Foundation
import GRDB
import LoopbackServer
import Testing

/// The real daemon's socket under rubbish.
@Suite(.seated) struct HostileClientTests {
    /// Descriptors that the process has open.
    private func descriptors(_ process: Int32) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
    }

    /// Memory that the process has of its own, in KiB.
    private func memory(_ process: Int32) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        return Int(try #require(status.firstMatch(of: /RssAnon:\s+(\d+) kB/)).1) ?? 0
    }

    @Test func rubbishLeavesTheDaemonHealthyItsDatabaseUntouchedAndNothingBehind() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet)
        try await room.start()
        try await room.waitForFirstContact()
        try await room.waitForDelivery()
        _ = try await room.ctl("pause")
        let process = try #require(room.daemon?.processID)
        // What libraries allocate once is there before anything is measured.
        try await sweep(room.socket)

        var reading = Configuration()
        reading.readonly = true
        let database = try DatabaseQueue(path: room.database, configuration: reading)
        func version() throws -> Int? {
            try database.read { try Int.fetchOne($0, sql: "PRAGMA data_version") }
        }
        let state = try await room.json("alerts") as? [[String: Any]] ?? []
        // A poll that was in flight at the pause ends.
        var before = try version()
        try await RunningProgram.until("the database to rest") {
            try await Task.sleep(for: .milliseconds(200))
            defer { before = try? version() }
            return try version() == before
        }
        let openBefore = try descriptors(process)
        let memoryBefore = try memory(process)

        #expect(RubbishRequests.all.count > 100)
        try await sweep(room.socket)

        #expect(try version() == before)
        let status = try await room.ctl("status")
        #expect(status.exitCode == 0)
        #expect(status.standardOutput.hasPrefix("newswatchd 0.1.0, up "))
        #expect(status.standardOutput.contains("polling is paused"))
        #expect((try await room.json("alerts") as? [[String: Any]] ?? []).count == state.count)
        try await RunningProgram.until("the connections to be closed") {
            try descriptors(process) <= openBefore
        }
        // 200 requests, each of up to 200 kB, would be 40 MB if they were kept.
        #expect(try memory(process) - memoryBefore < 8 * 1024)
        #expect(
            !(room.daemon?.standardError.contains("error") ?? true), "\(room.daemon?.standardError ?? "")")
    }

    private func sweep(_ socket: String) async throws {
        for (name, bytes) in RubbishRequests.all {
            let answer = try await RawConnection.exchange(bytes, with: socket)
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(name): \(answer.prefix(200))")
        }
    }

    @Test func watchersThatHangUpAreForgotten() async throws {
        let room = try Newsroom(outlet: try Outlet())
        try await room.start()
        // Many more than may watch at a time.
        for _ in 0..<40 { try await watcher(room.socket).close() }
        var watchers: [RawConnection] = []
        for _ in 0..<16 { watchers.append(try await watcher(room.socket)) }
        let refused = try await room.ctl("watch")
        #expect(refused.exitCode == 1)
        #expect(
            refused.standardError == "newswatch: 16 are watching already, which is as many as may\n")
        #expect(try await room.ctl("status").exitCode == 0)
        // They do not hold up the end.
        #expect(try await room.stop()?.exitCode == 0)
        for watcher in watchers { watcher.close() }
    }

    /// A connection that watches. One that hung up just before may still count for a moment.
    private func watcher(_ socket: String) async throws -> RawConnection {
        var watcher: RawConnection?
        try await RunningProgram.until("a place among the watchers") {
            let (connection, answer) = try await RawConnection.onOwnThread {
                let connection = try RawConnection(path: socket)
                connection.send(Array("GET /api/v1/watch HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
                return (connection, connection.read(until: "\r\n\r\n"))
            }
            if answer?.hasPrefix("HTTP/1.1 200 ") == true { watcher = connection } else { connection.close() }
            return watcher != nil
        }
        return try #require(watcher)
    }
}
