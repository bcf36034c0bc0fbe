import Foundation
import Testing

@testable import Alerting

@Suite struct FileSinkTests {
    private func sink(_ folder: TemporaryFolder, format: AlertFormat = .json) -> FileSink {
        FileSink(name: "log", path: folder.path + "/alerts", format: format)
    }

    @Test(arguments: AlertFormat.allCases)
    func everyAlertIsOneLine(_ format: AlertFormat) async throws {
        let folder = try TemporaryFolder()
        let alerts = [try Samples.pending("dev_a"), try Samples.pending("dev_b")]
        #expect(await sink(folder, format: format).deliver(alerts) == [.delivered, .delivered])
        let expected = try alerts.map {
            String(decoding: try AlertLine.bytes(of: $0, format: format, policy: SinkPolicy()), as: UTF8.self)
        }
        #expect(try folder.read("alerts") == expected.joined())
    }

    @Test func fileIsReadableByTheGroupOnly() async throws {
        let folder = try TemporaryFolder()
        _ = await sink(folder).deliver([try Samples.pending("dev_a")])
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/alerts")[
            .posixPermissions]
        #expect((mode as? Int).map { $0 & 0o027 } == 0)
    }

    @Test func linesWrittenBeforeACrashAreNotWrittenAgain() async throws {
        let folder = try TemporaryFolder()
        let (a, b) = (try Samples.pending("dev_a"), try Samples.pending("dev_b"))
        _ = await sink(folder).deliver([a])
        // Another sink on the same file is the daemon after kill -9: the outbox still holds both.
        #expect(await sink(folder).deliver([a, b]) == [.delivered, .delivered])
        #expect(try folder.read("alerts") == a.payload + "\n" + b.payload + "\n")
    }

    @Test func whatIsAskedForAgainIsWrittenAgain() async throws {
        let folder = try TemporaryFolder()
        var alert = try Samples.pending("dev_a")
        let sink = sink(folder)
        _ = await sink.deliver([alert])
        alert.isRepeated = true
        #expect(await sink.deliver([alert]) == [.delivered])
        #expect(try folder.read("alerts") == alert.payload + "\n" + alert.payload + "\n")
    }

    /// Every length at which the second line can have been cut.
    @Test func lineCutByACrashIsCompleted() async throws {
        let (a, b, c) = (
            try Samples.pending("dev_a"), try Samples.pending("dev_b"), try Samples.pending("dev_c")
        )
        let lines = a.payload + "\n" + b.payload + "\n" + c.payload + "\n"
        let whole = a.payload.utf8.count + 1
        for cut in stride(from: whole + 1, through: whole + b.payload.utf8.count, by: 37) {
            let folder = try TemporaryFolder()
            try folder.write("alerts", String(lines.prefix(cut)))
            #expect(await sink(folder).deliver([a, b, c]) == [.delivered, .delivered, .delivered])
            #expect(try folder.read("alerts") == lines, "cut at \(cut)")
            #expect(!folder.holds("alerts.torn"))
        }
    }

    @Test func lineThatLacksItsNewlineOnlyIsCompleted() async throws {
        let folder = try TemporaryFolder()
        let a = try Samples.pending("dev_a")
        try folder.write("alerts", a.payload)
        _ = await sink(folder).deliver([a])
        #expect(try folder.read("alerts") == a.payload + "\n")
    }

    /// On a full disk many batches are written before the first is noted, and a crash may follow.
    @Test func severalBatchesWrittenBeforeACrashAreNotWrittenAgain() async throws {
        let folder = try TemporaryFolder()
        let alerts = try (0..<350).map { try Samples.pending("dev_\($0)") }
        let batches = stride(from: 0, to: alerts.count, by: 100).map {
            Array(alerts[$0..<min($0 + 100, alerts.count)])
        }
        let before = sink(folder)
        for batch in batches.dropLast() { _ = await before.deliver(batch) }
        let after = sink(folder)
        for batch in batches { _ = await after.deliver(batch) }
        #expect(try folder.read("alerts") == alerts.map { $0.payload + "\n" }.joined())
    }

    @Test func tornBytesOfNoPendingAlertAreMovedOut() async throws {
        let folder = try TemporaryFolder()
        let a = try Samples.pending("dev_a")
        try folder.write("alerts", "a whole line\nhalf of ano")
        #expect(await sink(folder).deliver([a]) == [.delivered])
        #expect(try folder.read("alerts") == "a whole line\n" + a.payload + "\n")
        #expect(try folder.read("alerts.torn") == "half of ano\n")
    }

    @Test func fileMovedAwayIsBegunAnew() async throws {
        let folder = try TemporaryFolder()
        let sink = sink(folder)
        let (a, b) = (try Samples.pending("dev_a"), try Samples.pending("dev_b"))
        _ = await sink.deliver([a])
        try FileManager.default.moveItem(atPath: folder.path + "/alerts", toPath: folder.path + "/alerts.1")
        _ = await sink.deliver([b])
        #expect(try folder.read("alerts") == b.payload + "\n")
        #expect(try folder.read("alerts.1") == a.payload + "\n")
    }

    @Test func folderThatIsMissingIsARetryAndHealsItself() async throws {
        let folder = try TemporaryFolder()
        let sink = FileSink(name: "log", path: folder.path + "/later/alerts", format: .json)
        let a = try Samples.pending("dev_a")
        #expect(
            await sink.deliver([a]) == [
                .retry(reason: "\(folder.path)/later/alerts: open: No such file or directory", after: nil)
            ])
        try FileManager.default.createDirectory(
            atPath: folder.path + "/later", withIntermediateDirectories: true)
        #expect(await sink.deliver([a]) == [.delivered])
        #expect(try folder.read("later/alerts") == a.payload + "\n")
    }

    @Test func whatIsNoRegularFileIsRefused() async throws {
        let folder = try TemporaryFolder()
        let fifo = folder.path + "/alerts"
        try #require(mkfifo(fifo, 0o600) == 0)
        let results = await sink(folder).deliver([try Samples.pending("dev_a")])
        guard case .retry(let reason, nil)? = results.first else {
            Issue.record("\(results)")
            return
        }
        #expect(reason.hasPrefix(fifo))
    }

    @Test func payloadThatIsNoAlertIsRejectedAndTheOthersPass() async throws {
        let folder = try TemporaryFolder()
        let good = try Samples.pending("dev_a")
        let results = await sink(folder, format: .text).deliver([
            PendingAlert(id: "msg_x", payload: "{}"), good,
        ])
        guard case .rejected? = results.first else {
            Issue.record("\(results)")
            return
        }
        #expect(results.last == .delivered)
        #expect(try folder.read("alerts").hasSuffix("dev_a high\n"))
    }
}
