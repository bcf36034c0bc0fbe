import Foundation
import LoopbackServer
import Testing

/// The disk fails under the real daemon: intake stops and says so, control and delivery live on, and it goes on by
/// itself when the disk does.
@Suite(.serialized, .seated) struct StorageFaultTests {
    private let outlet: Outlet
    private let room: Newsroom

    init() throws {
        outlet = try Outlet()
        room = try Newsroom(outlet: outlet, sinks: outlet.webhookSink, database: "disk/newswatch.db")
        try FileManager.default.createDirectory(
            at: room.folder.appending(path: "disk"), withIntermediateDirectories: false)
    }

    private static let council = (1...60).map { number in
        Outlet.Story(
            id: "council \(number)", title: "Regional council meets for the \(number)th time",
            text: String(repeating: "The council of district \(number) met and spoke of roads. ", count: 40))
    }

    /// Two alerts: the receiver withholds its answer to the first, the second waits for that.
    private func twoAlertsOnTheirWay() async throws -> LoopbackGate {
        try await room.start()
        try await room.waitForFirstContact()
        let gate = LoopbackGate()
        outlet.withhold(gate)
        outlet.publish([.firing, .suing])
        try await room.waitForEntries(2)
        try await RunningProgram.until("both alerts") {
            try self.room.alertIDs().count == 2 && self.outlet.hookIDs.count == 1
        }
        return gate
    }

    /// Waits until the daemon says that the database cannot be written.
    private func waitForTrouble(_ word: String) async throws {
        try await RunningProgram.until("the daemon to notice: \(room.daemon?.standardError ?? "")") {
            _ = try await self.room.ctl("poll")
            let storage = try await self.room.status("storage", as: [String: Any].self)
            return (storage?["error"] as? String)?.contains(word) ?? false
        }
    }

    private func expectToldOnce(_ count: Int) async throws {
        try await room.waitForDelivery()
        let log = try room.alertIDs(type: "development.new")
        #expect(log.count == count)
        #expect(Set(log).count == count)
        #expect(Set(outlet.hookIDs).isSuperset(of: log))
        #expect(Set(try room.alertIDs()).count == (try room.alertIDs().count))
    }

    @Test(
        .enabled(if: SmallDisk.isPossible, "SKIPPED: needs root and unshare; a full disk is not tested here"))
    func onAFullDiskWhatIsKnownIsDeliveredAndIntakeWaitsForRoom() async throws {
        let disk = try await SmallDisk(on: room.folder.appending(path: "disk"))
        room.launcher = disk.launcher
        let gate = try await twoAlertsOnTheirWay()
        try disk.fill()
        outlet.publish(Self.council)
        try await waitForTrouble("no space left")

        // Intake has stopped and says so everywhere; the feed is not to blame.
        let check = try await room.ctl("status", "--check")
        #expect(check.exitCode == 1)
        #expect(check.standardError.contains("the database cannot be written: "))
        #expect(check.standardOutput.contains("1 healthy"))
        #expect(room.daemon?.standardError.contains("no feed is asked until it can") == true)
        let doctor = try await RunningProgram.run("newswatch", ["doctor", "--config", room.configuration])
        #expect(doctor.exitCode == 1)
        #expect(doctor.standardOutput.contains("cannot be written since"))

        // Delivery lives on, though nothing of it can be noted.
        gate.open()
        outlet.withhold(nil)
        try await RunningProgram.until("the second webhook") { self.outlet.hookIDs.count == 2 }
        #expect(try await room.status("outbox", as: [String: Int].self)?["pending"] ?? 0 > 0)
        #expect(try await room.entries() == 2)

        try disk.clear()
        try await room.waitForEntries(2 + Self.council.count)
        try await expectToldOnce(2)
        #expect(Set(outlet.hookIDs).count == outlet.hookIDs.count)
        #expect(try await room.ctl("status", "--check").exitCode == 0)
        // An operator is told, by the alerts that he reads.
        try await RunningProgram.until("the notice") {
            try self.room.alertLog().contains {
                ($0["data"] as? [String: Any])?["state"] as? String == "recovered"
            }
        }
        #expect(room.daemon?.standardError.contains("the database can be written again") == true)
    }

    @Test(
        .enabled(if: SmallDisk.isPossible, "SKIPPED: needs root and unshare; a full disk is not tested here"))
    func aKillOnAFullDiskRepeatsWebhooksAndNoLine() async throws {
        let disk = try await SmallDisk(on: room.folder.appending(path: "disk"))
        room.launcher = disk.launcher
        let gate = try await twoAlertsOnTheirWay()
        try disk.fill()
        gate.open()
        outlet.withhold(nil)
        try await RunningProgram.until("the second webhook") { self.outlet.hookIDs.count == 2 }
        try await room.kill()
        try disk.clear()
        try await room.start()
        try await expectToldOnce(2)
        #expect(Set(outlet.hookIDs).count == 2)
    }

    private static let isFaultLibraryHere = FileManager.default.fileExists(atPath: "/usr/bin/fiu-run")

    @Test(.enabled(if: isFaultLibraryHere, "SKIPPED: needs fiu-utils; a failing fsync is not tested here"))
    func aDiskThatDoesNotFlushStopsIntakeUntilItDoes() async throws {
        let control = room.folder.appending(path: "fiu").path
        room.launcher = ["fiu-run", "-x", "-f", control]
        let gate = try await twoAlertsOnTheirWay()
        try await fault("enable name=posix/io/sync/*", control)
        outlet.publish(Self.council)
        try await waitForTrouble("disk I/O error")
        #expect(try await room.ctl("status", "--check").exitCode == 1)
        gate.open()
        outlet.withhold(nil)
        try await RunningProgram.until("the second webhook") { self.outlet.hookIDs.count == 2 }

        try await fault("disable name=posix/io/sync/*", control)
        try await room.waitForEntries(2 + Self.council.count)
        try await expectToldOnce(2)
        #expect(Set(outlet.hookIDs).count == outlet.hookIDs.count)
    }

    private func fault(_ command: String, _ control: String) async throws {
        let process = try #require(room.daemon?.processID)
        let result = try await Shell.run(
            "fiu-ctrl", ["-c", command, "-f", control, "\(process)"], in: room.folder)
        #expect(result.exitCode == 0 && result.output.isEmpty, "\(result.output)")
    }
}
