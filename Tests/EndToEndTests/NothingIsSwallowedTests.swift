import Foundation
import GRDB
import LoopbackServer
import Testing

/// After anything but a whole document the next poll asks for everything again, and no entry is missing.
@Suite(.serialized, .seated) struct NothingIsSwallowedTests {
    let stories = (1...40).map { number in
        Outlet.Story(
            id: "\(number)", title: "Regional council meets for the \(number)th time",
            text: String(
                repeating: "The council of district \(number) met and spoke about roads. ", count: 20))
    }

    func newEntries(
        after fault: (Outlet) -> Void, repair: (Outlet) -> Void = { _ in }
    ) async throws -> (requests: [LoopbackRequest], entries: Int?) {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet)
        try await room.start()
        // Two good polls first, so that the daemon holds validators.
        try await RunningProgram.until("a conditional request") {
            _ = try await room.ctl("poll")
            return outlet.feedRequests.last?["If-None-Match"] != nil
        }
        fault(outlet)
        outlet.publish(stories)
        let before = outlet.feedRequests.count
        _ = try await room.ctl("poll")
        try await RunningProgram.until("the faulty poll") { outlet.feedRequests.count > before }
        repair(outlet)
        // Whichever poll comes next, and however soon, it must ask for everything.
        try await RunningProgram.until("the poll after it") {
            _ = try await room.ctl("poll")
            return outlet.feedRequests.count > before + 1
        }
        try await room.waitForEntries(stories.count)
        return (Array(outlet.feedRequests[before...(before + 1)]), try await room.entries())
    }

    @Test func aBodyThatIsCut() async throws {
        let (requests, entries) = try await newEntries(after: { $0.behave(.cut(after: 9000)) })
        #expect(requests[0]["If-None-Match"] != nil)
        #expect(requests[1]["If-None-Match"] == nil)
        #expect(entries == stories.count)
    }

    @Test func aLimitThatStrikes() async throws {
        let bomb = LoopbackAnswer(
            headers: [
                ("Content-Type", "application/rss+xml"), ("Content-Encoding", "gzip"), ("ETag", "\"bomb\""),
            ],
            body: GzipBody.bomb(decodedBytes: 64 << 20))
        let (requests, entries) = try await newEntries(
            after: { $0.replace(with: bomb) }, repair: { $0.replace(with: nil) })
        #expect(requests[1]["If-None-Match"] == nil)
        #expect(entries == stories.count)
    }

    @Test func aDocumentThatEndsInTheMiddle() async throws {
        let half = LoopbackAnswer(
            headers: [("Content-Type", "application/rss+xml"), ("ETag", "\"half\"")],
            text: "<rss version=\"2.0\"><channel><title>x</title><item><guid>1</guid><title>Regional council")
        let (requests, entries) = try await newEntries(
            after: { $0.replace(with: half) }, repair: { $0.replace(with: nil) })
        #expect(requests[1]["If-None-Match"] == nil)
        #expect(entries == stories.count)
    }

    private static let isFailing = "the database cannot be written"

    @Test func aTransactionThatFails() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet)
        try await room.start()
        try await RunningProgram.until("a conditional request") {
            _ = try await room.ctl("poll")
            return outlet.feedRequests.last?["If-None-Match"] != nil
        }
        // Another process writes for longer than the daemon waits for it.
        var patient = Configuration()
        patient.busyMode = .timeout(10)
        let other = try DatabaseQueue(path: room.database, configuration: patient)
        let before = outlet.feedRequests.count
        try hold(other, whileHeld: { outlet.publish(stories) }) {
            let failed = room.daemon?.standardError.contains(Self.isFailing) ?? false
            return failed && outlet.feedRequests.count > before
        }
        #expect(room.daemon?.standardError.contains(Self.isFailing) == true)
        try await room.waitForEntries(stories.count)
        // The daemon held validators, so only their being cleared explains an unconditional request.
        let wasUnconditional = outlet.feedRequests[before...].contains { $0["If-None-Match"] == nil }
        #expect(wasUnconditional)
    }

    /// Writes into the database, as another process would, until `isEnough`.
    private func hold(
        _ database: DatabaseQueue, whileHeld begin: () -> Void, until isEnough: () -> Bool
    ) throws {
        try database.writeWithoutTransaction { database in
            try database.execute(sql: "BEGIN IMMEDIATE")
            begin()
            let deadline = ContinuousClock.now + .seconds(20)
            while ContinuousClock.now < deadline, !isEnough() { usleep(20_000) }
            try database.execute(sql: "ROLLBACK")
        }
    }
}
