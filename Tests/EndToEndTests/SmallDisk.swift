import Foundation

/// A file system of two MiB in memory, which only the processes that are started on it see.
///
/// Owned by one test.
final class SmallDisk {
    /// Whether this machine and this user can make one.
    static let isPossible = geteuid() == 0 && canUnshare()

    private static func canUnshare() -> Bool {
        guard
            let probe = try? SpawnedProcess(
                "unshare", arguments: ["-m", "nsenter", "--version"], environment: [:],
                output: URL(filePath: "/dev/null"), errors: URL(filePath: "/dev/null"))
        else { return false }
        while probe.isRunning { usleep(1000) }
        return probe.exitCode == 0
    }

    private let holder: SpawnedProcess
    private let folder: URL

    /// Mounts it on `folder`, which must exist, for those that are started by `launcher`.
    init(on folder: URL) async throws {
        self.folder = folder
        let null = URL(filePath: "/dev/null")
        holder = try SpawnedProcess(
            "unshare",
            arguments: [
                "-m", "sh", "-c",
                "mount -t tmpfs -o size=2m newswatch '\(folder.path)' && touch '\(folder.path)/mounted' && exec sleep 3600",
            ], environment: [:], output: null, errors: null)
        try await RunningProgram.until("the disk") {
            FileManager.default.fileExists(atPath: self.file("mounted").path)
        }
    }

    deinit { holder.send(signal: SIGKILL) }

    /// A command that starts another one where the disk is seen.
    var launcher: [String] { ["nsenter", "-t", "\(holder.processID)", "-m"] }

    /// A file of the disk, as seen from elsewhere.
    func file(_ name: String) -> URL {
        URL(filePath: "/proc/\(holder.processID)/root\(folder.path)").appending(path: name)
    }

    /// Takes all the room there is.
    func fill() throws {
        try Data().write(to: file("filler"))
        let filler = try FileHandle(forWritingTo: file("filler"))
        defer { try? filler.close() }
        while true {
            do {
                try filler.write(contentsOf: Data(count: 4096))
            } catch {
                // No space left.
                return
            }
        }
    }

    /// Gives the room back.
    func clear() throws { try FileManager.default.removeItem(at: file("filler")) }
}
