import Settings
import ControlProtocol
import Daemon
import Foundation
import Logging

/// `newswatch replay`: lets the real daemon live through an archive.
package enum ReplayProgram {
    /// Runs a replay. Alerts go to stdout as they happen, then a summary; progress and faults to stderr. Returns an
    /// `ExitCode`'s value: 65 when a line of the archive could not be used.
    package static func run(options: ReplayOptions) async -> Int32 {
        let archive: Archive
        do {
            archive = Archive(
                jsonLines: try Data(contentsOf: URL(filePath: options.itemsPath)), name: options.itemsPath)
        } catch {
            say("newswatch: cannot read \(options.itemsPath): \(reason(error))")
            return ExitCode.inputOutput.rawValue
        }
        for fault in archive.faults { say("newswatch: \(fault)") }
        guard !archive.items.isEmpty else {
            say("newswatch: \(options.itemsPath) holds no item")
            return ExitCode.badData.rawValue
        }
        do {
            let folder = try ReplayFolder(keeping: options.directory)
            defer { folder.end() }
            let start = archive.items.lazy.compactMap(\.published).first ?? Date(timeIntervalSince1970: 0)
            try await replay(archive, from: start, in: folder, options)
        } catch is CancellationError {
            return ExitCode.success.rawValue
        } catch {
            say("newswatch: \(error)")
            return DaemonProgram.exitCode(of: error).rawValue
        }
        return (archive.faults.isEmpty ? ExitCode.success : .badData).rawValue
    }

    private static func replay(
        _ archive: Archive, from start: Date, in folder: ReplayFolder, _ options: ReplayOptions
    ) async throws {
        let logger = Self.logger(.error)
        let silent = Self.logger(.critical)
        let feeds = ArchiveFeeds(items: archive.items)
        let (ports, announcePort) = AsyncStream<Int>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await ArchiveServer(feeds: feeds, logger: silent).run { announcePort.yield($0) }
            }
            group.addTask {
                guard let port = await ports.first(where: { _ in true }) else { return }
                let session = try ReplaySession(
                    archive: archive, feeds: feeds, address: "http://127.0.0.1:\(port)", start: start,
                    folder: folder, options: options, logger: logger)
                try await session.run()
            }
            // The session ends the replay; the server would serve for ever. If the server falls first, so do we.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// A logger to stderr. The server library calls the end of the replay an error; nobody wants to read that.
    private static func logger(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "replay") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }

    static func say(_ line: String) {
        // Progress that nobody can read is no reason to stop.
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }

    private static func reason(_ error: any Error) -> String {
        (error as NSError).userInfo[NSLocalizedFailureReasonErrorKey] as? String ?? error.localizedDescription
    }
}
