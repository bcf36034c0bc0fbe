import Foundation
import Testing

/// The alert log of the real daemon under those who rotate it.
@Suite(.seated) struct AlertLogTests {
    private let outlet: Outlet
    private let room: Newsroom

    init() throws {
        outlet = try Outlet()
        room = try Newsroom(outlet: outlet)
    }

    private var log: URL { room.folder.appending(path: "alerts.log") }

    /// Whole lines of a file of the folder.
    private func lines(_ name: String) throws -> [String] {
        let text = try String(contentsOf: room.folder.appending(path: name), encoding: .utf8)
        #expect(text.isEmpty || text.hasSuffix("\n"))
        return text.split(separator: "\n").map(String.init)
    }

    /// Tells one alert, lets `rotate` do its work, and tells another one.
    private func tellTwo(_ rotate: () async throws -> Void) async throws {
        try await room.start()
        try await room.waitForFirstContact()
        outlet.publish([.firing])
        try await room.waitForEntries(1)
        try await room.waitForDelivery()
        try await rotate()
        outlet.publish([.suing])
        try await room.waitForEntries(2)
        try await room.waitForDelivery()
        _ = try await room.stop()
    }

    @Test(arguments: [false, true])
    func aLogThatIsMovedAwayIsBegunAnew(withHangup: Bool) async throws {
        try await tellTwo {
            try FileManager.default.moveItem(at: log, to: room.folder.appending(path: "alerts.log.1"))
            if withHangup { room.daemon?.send(signal: SIGHUP) }
        }
        #expect(try lines("alerts.log.1").count == 1)
        #expect(try lines("alerts.log").count == 1)
        #expect(try lines("alerts.log.1") != lines("alerts.log"))
    }

    private static let logrotate = ["/usr/sbin/logrotate", "/usr/bin/logrotate"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(
        .enabled(if: logrotate != nil, "SKIPPED: needs logrotate; the log is rotated by hand only"),
        arguments: ["create", "copytruncate"])
    func logrotateLosesNothing(way: String) async throws {
        let logrotate = try #require(Self.logrotate)
        let configuration = room.folder.appending(path: "rotate.conf")
        try "\(log.path) {\n    rotate 3\n    \(way)\n}\n".write(
            to: configuration, atomically: true, encoding: .utf8)
        try await tellTwo {
            let state = room.folder.appending(path: "rotate.state").path
            let result = try await Shell.run(
                logrotate, ["--force", "--state", state, configuration.path], in: room.folder)
            #expect(result.exitCode == 0, "\(result.output)")
        }
        #expect(try lines("alerts.log.1").count == 1)
        #expect(try lines("alerts.log").count == 1)
        #expect(try lines("alerts.log.1") != lines("alerts.log"))
    }

    @Test func aLineCutByAKillIsWholeAfterTheNextStart() async throws {
        try await room.start()
        try await room.waitForFirstContact()
        outlet.publish([.firing])
        try await room.waitForEntries(1)
        try await room.waitForDelivery()
        try await room.kill()
        // It begins no alert that waits.
        let file = try FileHandle(forWritingTo: log)
        try file.seekToEnd()
        try file.write(contentsOf: Data("half of a li".utf8))
        try file.close()
        try await room.start()
        outlet.publish([.suing])
        try await room.waitForEntries(2)
        try await room.waitForDelivery()
        #expect(try room.alertIDs(type: "development.new").count == 2)
        #expect(try lines("alerts.log.torn") == ["half of a li"])
    }
}
