import Foundation
import Glibc
import HostileDocuments
import Testing

/// What the real program makes of each hostile document, and what that costs it.
@Suite(.serialized, .seated) struct HostileFileTests {
    /// Seconds of processor time; the slowest document takes a tenth of it. The kernel ends what takes longer.
    private static let maxProcessorSeconds = 5

    /// How `parse` read one file.
    private struct Reading {
        var document: [String: Any]
        /// VmHWM of proc(5) when the file was read and written out.
        var peakBytes: Int
        var exitCode: Int32?
    }

    private static let baseline = Task {
        try await read(Array("<rss><channel><item><title>good</title></item></channel></rss>".utf8)).peakBytes
    }

    /// Reads a document with the real program. It then complains of a file that is not there, and waits for its
    /// standard input, so that its peak can be seen.
    private static func read(_ bytes: [UInt8]) async throws -> Reading {
        let folder = try Repository.temporaryFolder("hostile")
        defer { try? FileManager.default.removeItem(at: folder) }
        let (file, gate) = (folder.appending(path: "document"), folder.appending(path: "gate"))
        let (output, errors) = (folder.appending(path: "output"), folder.appending(path: "errors"))
        try Data(bytes).write(to: file)
        for url in [output, errors] { try Data().write(to: url) }
        try #require(mkfifo(gate.path, 0o600) == 0)
        // Opened for both directions, so that neither end waits for the other; not to be inherited.
        let gateEnd = open(gate.path, O_RDWR | O_CLOEXEC)
        try #require(gateEnd >= 0)
        let missing = folder.appending(path: "missing").path
        let program = [RunningProgram.executable.path, "parse", "--jsonl", file.path, missing, "-"]
        let process = try SpawnedProcess(
            "sh", arguments: ["-c", "ulimit -t \(maxProcessorSeconds) && exec \"$@\"", "sh"] + program,
            environment: [:], input: gate, output: output, errors: errors)
        defer { process.send(signal: SIGKILL) }
        try await RunningProgram.until("the document to be read") {
            try !process.isRunning || String(contentsOf: errors, encoding: .utf8).contains(missing)
        }
        let peak = try peakBytes(of: process.processID)
        close(gateEnd)
        try await RunningProgram.until("the program to end") { !process.isRunning }
        let line = try #require(try Data(contentsOf: output).split(separator: 0x0A).first)
        let document = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
        return Reading(document: document, peakBytes: peak, exitCode: process.exitCode)
    }

    private static func peakBytes(of processID: Int32) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)
        let match = try #require(status.firstMatch(of: /VmHWM:\s+(\d+) kB/), "the program ended too early")
        return (Int(match.1) ?? 0) << 10
    }

    @Test(arguments: HostileDocument.all)
    func costsNoMoreThanItMay(document: HostileDocument) async throws {
        let reading = try await Self.read(document.bytes)
        let growth = try await reading.peakBytes - Self.baseline.value
        #expect(growth <= document.maxGrowthBytes, "\(growth >> 10) KiB")
        // Neither the missing file nor standard input, which is empty, is a feed.
        #expect(reading.exitCode == 65)
        switch document.ownFileOutcome {
        case .refused: #expect(reading.document["error"] != nil)
        case .feed(let entries, let good, _):
            let found = try #require(reading.document["entries"] as? [[String: Any]])
            #expect(found.count == entries)
            #expect(found.count { $0["title"] as? String == "good" } == good)
        }
    }
}
