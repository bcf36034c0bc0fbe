import Foundation
import LoopbackServer
import Testing

/// `db` while the daemon runs.
@Suite(.serialized, .seated) struct OnlineDatabaseTests {
    private func story(_ number: Int) -> Outlet.Story {
        Outlet.Story(
            id: "\(number)", title: "Report \(number) of the harbour",
            text: "Ship \(number) of company \(number * 7) has moored at pier \(number * 13).")
    }

    private func lines(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
        }
    }

    private func files(_ room: Newsroom) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: room.folder.path))
    }

    @Test func aBackupWhileAFeedGrowsIsWholeAndASecondDaemonLivesOnIt() async throws {
        let outlet = try Outlet()
        let room = try Newsroom(outlet: outlet)
        try await room.start()
        try await room.waitForFirstContact()
        var copied: [Int] = []
        var published = 0
        for round in 1...5 {
            for _ in 0..<20 {
                published += 1
                outlet.publish([story(published)])
            }
            _ = try await room.ctl("poll")
            let copy = room.folder.appending(path: "copy-\(round).db").path
            let backup = try await room.db("backup", copy)
            #expect(backup.exitCode == 0, "\(backup.standardError)")
            let words = backup.standardOutput.split(separator: " ")
            #expect(words.first == "\(copy):")
            copied.append(try #require(words.count > 1 ? Int(words[1]) : nil))
            #expect(backup.standardOutput == "\(copy): \(copied[round - 1]) entries, 0 developments\n")
            let check = try await RunningProgram.run("newswatch", ["db", "check", "--database", copy])
            #expect(check.standardOutput == "\(copy): sound\n")
        }
        try await room.waitForEntries(published)
        #expect(copied == copied.sorted())
        let left: Set<String> = try files(room).filter {
            $0.hasPrefix("newswatch.db") || $0.contains("partial")
        }
        #expect(
            left == ["newswatch.db", "newswatch.db-shm", "newswatch.db-wal", "newswatch.db.lock"])

        let online = try await room.db("check", "--json")
        #expect(
            online.standardOutput == #"{"database":"\#(room.database)","faults":[]}"# + "\n")
        let held = try await RunningProgram.run(
            "newswatch", ["db", "export", "--database", room.database])
        #expect(held.exitCode == 75)

        let second = try Newsroom(outlet: try Outlet())
        let copy = room.folder.appending(path: "copy-5.db")
        try FileManager.default.copyItem(at: copy, to: URL(filePath: second.database))
        try await second.start()
        #expect(try await second.entries() == copied[4])
    }

    @Test func anExportHasWhatStatusCountsAndTheSameOnlineAndOffline() async throws {
        let outlet = try Outlet()
        outlet.publish(try SampleWeek.items().prefix(30).map(\.story))
        let room = try Newsroom(outlet: outlet)
        try await room.start()
        try await room.waitForEntries(30)
        // The digest marks its developments as told.
        try await RunningProgram.until("the digest") { try !room.alertLog().isEmpty }
        _ = try await room.ctl("pause")

        let online = try await room.db("export")
        #expect(online.exitCode == 0, "\(online.standardError)")
        let found = try lines(online.standardOutput)
        let status = try #require(try await room.json("status") as? [String: Any])
        func count(_ type: String) -> Int { found.count { $0["type"] as? String == type } }
        #expect(count("entry") == status["entries"] as? Int)
        #expect(count("decision") == 30)
        #expect(count("development") == status["developments"] as? Int)
        #expect(count("development") > 3)
        #expect(found.first?["type"] as? String == "export")
        #expect(found.last?["type"] as? String == "summary")
        #expect(found.last?["entries"] as? Int == 30)
        #expect(found.last?["developments"] as? Int == count("development"))
        let developments = try #require(try await room.json("developments") as? [[String: Any]])
        #expect(
            Set(found.filter { $0["type"] as? String == "development" }.compactMap { $0["id"] as? String })
                == Set(developments.compactMap { $0["id"] as? String }))

        let file = room.folder.appending(path: "export.jsonl").path
        let written = try await room.db("export", "--output", file)
        #expect(
            written.standardOutput
                == "\(file): 30 entries, 30 decisions, \(count("development")) developments\n")
        _ = try await room.stop()
        let offline = try await RunningProgram.run(
            "newswatch", ["db", "export", "--database", room.database])
        func body(_ text: String) -> [Substring] { Array(text.split(separator: "\n").dropFirst()) }
        #expect(body(offline.standardOutput) == body(online.standardOutput))
        #expect(body(try String(contentsOfFile: file, encoding: .utf8)) == body(online.standardOutput))
    }

    @Test func whatAKilledDaemonLeftOfACopyGoesAtTheNextStart() async throws {
        let room = try Newsroom(outlet: try Outlet())
        for name in ["newswatch.db.copy.partial", "newswatch.db.copy.partial-journal"] {
            try Data("half a copy".utf8).write(to: room.folder.appending(path: name))
        }
        try await room.start()
        #expect(try files(room).filter { $0.contains("copy") }.isEmpty)
    }
}
