import Foundation

/// The folder in which a replay's daemon keeps its things.
struct ReplayFolder: Sendable {
    let url: URL
    let isKept: Bool

    /// Everything that a replay leaves; a new one starts without them.
    private static let files = [
        "newswatch.db", "newswatch.db-wal", "newswatch.db-shm", "newswatch.db.lock", "control.sock",
        "control.sock.lock", "alerts.log", "timeline.md", "newswatchd.toml",
    ]

    /// Uses `path`, or a new temporary folder. What an earlier replay left there is removed; other files stay.
    init(keeping path: String?) throws {
        isKept = path != nil
        url =
            path.map { URL(filePath: $0, directoryHint: .isDirectory) }
            ?? FileManager.default.temporaryDirectory.appending(
                path: "newswatch-replay-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for file in Self.files where FileManager.default.fileExists(atPath: url.appending(path: file).path) {
            try FileManager.default.removeItem(at: url.appending(path: file))
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
