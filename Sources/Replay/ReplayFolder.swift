import Foundation
import Storage

/// The folder in which a replay's daemon keeps its things.
struct ReplayFolder: Sendable {
    /// A folder that holds somebody's own database or configuration.
    struct NotOurs: Error, CustomStringConvertible {
        var description: String
    }

    /// First line of every configuration that a replay writes; what stands beside one may be replaced.
    static let mark = "# Written by `newswatch replay`; the feeds exist only while it runs."

    let url: URL
    let isKept: Bool

    private static let configuration = "newswatchd.toml"
    /// Everything else that a replay leaves. Lock files stay: removing one would let two daemons hold "the" lock.
    private static let files = [
        "newswatch.db", "newswatch.db-wal", "newswatch.db-shm", "control.sock", "alerts.log", "timeline.md",
    ]

    /// Uses `path`, or a new temporary folder. What an earlier replay left there is removed.
    ///
    /// Throws `NotOurs` when such files are there that no replay wrote, a `StorageError` when a daemon is using
    /// them, and what the file system reports.
    init(keeping path: String?) throws {
        isKept = path != nil
        url =
            path.map { URL(filePath: $0, directoryHint: .isDirectory) }
            ?? FileManager.default.temporaryDirectory.appending(
                path: "newswatch-replay-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        let present = ([Self.configuration] + Self.files).filter {
            FileManager.default.fileExists(atPath: url.appending(path: $0).path)
        }
        guard !present.isEmpty else { return }
        guard present.contains(Self.configuration),
            try String(contentsOf: url.appending(path: Self.configuration), encoding: .utf8).hasPrefix(
                Self.mark)
        else {
            throw NotOurs(
                description:
                    "\(self.path("")) holds \(present.joined(separator: ", ")), which no replay wrote; "
                    + "choose another --directory")
        }
        let locks = [
            try DatabaseLock(path: self.path("newswatch.db"), holder: "newswatch replay"),
            try DatabaseLock(path: self.path("control.sock"), holder: "newswatch replay"),
        ]
        try withExtendedLifetime(locks) {
            for file in present { try FileManager.default.removeItem(at: url.appending(path: file)) }
        }
    }

    func path(_ file: String) -> String { url.appending(path: file).path(percentEncoded: false) }

    /// As a person would name it: below the present folder where it is there.
    func shown(_ file: String) -> String {
        let present = FileManager.default.currentDirectoryPath + "/"
        let path = path(file)
        return path.hasPrefix(present) ? String(path.dropFirst(present.count)) : path
    }

    /// Removes a temporary folder.
    func end() {
        guard !isKept else { return }
        do {
            try FileManager.default.removeItem(at: url)
        } catch {
            ReplayProgram.say("newswatch: \(url.path) could not be removed: \(error.localizedDescription)")
        }
    }
}
