import Foundation

/// Where things stand on the machine that runs the tests.
enum Repository {
    /// Folder of `Package.swift`.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let samples = root.appending(path: "samples/saga-week.jsonl")
    static let etc = root.appending(path: "etc/newswatch")

    /// The shared corpora beside the checkout; nil in a clone without them.
    static let shared: URL? = {
        let named = ProcessInfo.processInfo.environment["NEWSWATCH_SHARED"].map { URL(filePath: $0) }
        let folder = named ?? root.deletingLastPathComponent().appending(path: "shared")
        return FileManager.default.fileExists(atPath: folder.appending(path: "saga").path) ? folder : nil
    }()

    /// A new folder for one test; the caller removes it.
    static func temporaryFolder(_ name: String) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "newswatch-\(name)-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
