import Foundation
import Testing

/// Databases that earlier releases left behind, opened by this one.
///
/// `Schemas` holds one of each schema, this release's included: a new schema without a file fails here, and `make renew`
/// writes it. A file that is there is never written again.
@Suite(.seated) struct MigrationTests {
    private static let type = "development.new"
    private static let isRenewing = ProcessInfo.processInfo.environment["NEWSWATCH_RENEW"] != nil

    /// Versions with a file.
    private static let versions = (1...1000).prefix {
        FileManager.default.fileExists(atPath: SchemaFile.url(version: $0).path)
    }

    private let outlet: Outlet
    private let room: Newsroom

    init() throws {
        outlet = try Outlet()
        room = try Newsroom(outlet: outlet, sinks: outlet.webhookSink)
    }

    private var address: String { "127.0.0.1:\(outlet.server.port)" }

    @Test func everySchemaHasAFile() async throws {
        // One alert is given up by the receiver, the next one waits for it.
        outlet.webhook(status: 410)
        try await room.start()
        try await room.waitForFirstContact()
        outlet.publish([.firing])
        try await room.waitForEntries(1)
        try await RunningProgram.until("an alert that was given up") {
            try await room.status("outbox", as: [String: Int].self)?["failed"] == 1
        }
        _ = try await room.stop()
        outlet.webhook(status: 500)
        try await room.start()
        outlet.publish([.suing])
        try await room.waitForEntries(2)
        try await RunningProgram.until("both lines and an attempt") {
            try room.alertIDs(type: Self.type).count == 2 && outlet.hookIDs.count >= 2
        }
        _ = try await room.stop()
        let version = try SchemaFile.version(of: room.database)
        let file = SchemaFile.url(version: version)
        if Self.isRenewing, !FileManager.default.fileExists(atPath: file.path) {
            try SchemaFile.record(room.database, address: address)
        }
        #expect(
            Self.versions.count >= version || Self.isRenewing,
            "\(file.lastPathComponent) is missing: `make renew` writes it")
    }

    @Test(arguments: versions)
    func entriesDevelopmentsOutboxAndMemoryAreWhole(version: Int) async throws {
        try SchemaFile.restore(version: version, to: room.database, address: address)
        outlet.publish([.firing, .suing])
        try await room.start()

        // What was stored is there, what waited is delivered, what was given up is kept.
        let status = try #require(try await room.json("status") as? [String: Any])
        #expect(status["entries"] as? Int == 2)
        #expect(status["developments"] as? Int == 2)
        try await room.waitForDelivery()
        let alerts = try #require(try await room.json("alerts") as? [[String: Any]])
            .filter { $0["type"] as? String == Self.type }
        let failed = alerts.filter { $0["state"] as? String == "failed" }.compactMap { $0["id"] as? String }
        #expect(failed.count == 1)
        #expect(alerts.count == 4)
        #expect(Set(failed).isDisjoint(with: outlet.hookIDs))
        let redelivery = try await room.ctl("redeliver", failed.first ?? "")
        #expect(redelivery.exitCode == 0, "\(redelivery.standardError)")
        try await room.waitForDelivery()
        #expect(Set(outlet.hookIDs).isSuperset(of: alerts.compactMap { $0["id"] as? String }))

        // The engine remembers: the feed shows both again, and another report of the first opens nothing.
        outlet.publish([
            Outlet.Story(
                id: "3", title: "Sam Altman dismissed as OpenAI chief executive",
                text: "OpenAI's board has fired chief executive Sam Altman, the company said.")
        ])
        try await room.waitForEntries(3)
        #expect(try await room.status("developments") == 2)
        let developments = try #require(try await room.json("developments") as? [[String: Any]])
        #expect(developments.compactMap { ($0["entries"] as? [String])?.count }.sorted() == [1, 2])
        #expect(try room.alertIDs(type: Self.type).isEmpty)

        // Who was told is known, and by which alert.
        let told = try #require(developments.first?["id"] as? String)
        let receipt = try await room.json("developments", "retract", told) as? [String: Any]
        #expect((receipt?["alerts"] as? [String])?.count == 1)
        try await room.waitForDelivery()
        let correction = try #require(
            try room.alertLog().first { $0["type"] as? String == "development.corrected" })
        let reversed = try #require((correction["data"] as? [String: Any])?["reverses"] as? String)
        #expect(alerts.contains { $0["id"] as? String == reversed })
        _ = try await room.stop()
        let check = try await RunningProgram.run("newswatch", ["db", "check", "--database", room.database])
        #expect(check.exitCode == 0, "\(check.standardOutput)")
        #expect(try SchemaFile.version(of: room.database) >= version)
    }
}
