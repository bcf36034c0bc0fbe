import Foundation
import Testing

/// The arrows of the house. The build rejects a module that a target does not declare; it lets through one
/// that is reached by way of another, so the `import` lines themselves are held against the table.
@Suite struct ImportTableTests {
    /// Which of our modules, and which outside ones, each module may import. Standard and system modules
    /// (Foundation, Glibc, Synchronization …) are free, except where `neverFoundation` says otherwise.
    static let table: [String: Set<String>] = [
        "Markup": ["CPlatform"],
        "Feeds": ["Markup"],
        "Normalization": ["CUnicode"],
        "Shingling": ["CPlatform"],
        "Stories": ["Feeds", "Normalization", "Shingling"],
        "Scheduling": [],
        "Fetching": ["CCurl", "Markup"],
        "Storage": ["GRDB", "Feeds", "Shingling", "Stories", "Scheduling"],
        "Alerting": ["CPlatform", "Storage", "Stories", "Scheduling", "Fetching", "CCrypto"],
        "Settings": ["CTOML", "Feeds", "Stories", "Scheduling", "Fetching", "Alerting"],
        "ControlProtocol": [],
        "ControlServer": [
            "ControlProtocol", "Hummingbird", "HTTPTypes", "NIOCore", "NIOPosix", "NIOHTTPTypes", "Logging",
            "ServiceLifecycle",
        ],
        "Daemon": [
            "CPlatform", "Feeds", "Normalization", "Shingling", "Stories", "Scheduling", "Fetching",
            "Storage",
            "Alerting", "Settings", "ControlProtocol", "ControlServer", "Logging", "ServiceLifecycle",
            "UnixSignals",
        ],
        "Replay": [
            "Daemon", "Settings", "ControlProtocol", "Scheduling", "Stories", "Storage",
            "Hummingbird", "HTTPTypes", "NIOCore", "Logging",
        ],
        "Commands": [
            "CPlatform", "Feeds", "Normalization", "Shingling", "Stories", "Fetching", "Storage", "Alerting",
            "Settings", "ControlProtocol", "Daemon", "Replay", "ArgumentParser", "Logging",
        ],
        "newswatch": ["Commands"],
    ]

    static let free: Set<String> = [
        "Foundation", "FoundationEssentials", "Glibc", "Synchronization", "Dispatch", "Swift",
    ]

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func swiftFiles(of module: String) throws -> [URL] {
        let folder = root.appending(path: "Sources/\(module)")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
    }

    @Test(arguments: table.keys.sorted())
    func importsOnlyWhatTheTableAllows(module: String) throws {
        let allowed = Self.table[module, default: []].union(Self.free)
        let files = try Self.swiftFiles(of: module)
        #expect(!files.isEmpty, "\(module) stands in the table but has no source")
        for file in files {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(
                of:
                    /(?m)^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+\s+)?import\s+(?:struct\s+|class\s+|enum\s+|func\s+|protocol\s+|var\s+|let\s+|typealias\s+)?(\w+)/
            ) {
                let imported = String(match.1)
                #expect(allowed.contains(imported), "\(module)/\(file.lastPathComponent) imports \(imported)")
            }
        }
    }

    @Test func everySourceFolderStandsInTheTable() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Self.root.appending(path: "Sources").path)
        let swift = try folders.filter { try !Self.swiftFiles(of: $0).isEmpty }
        #expect(Set(swift) == Set(Self.table.keys))
    }

    @Test func pureModulesOpenNothing() throws {
        let pure = ["Markup", "Feeds", "Normalization", "Shingling", "Stories", "Scheduling"]
        let forbidden =
            /\b(FileManager|FileHandle|URLSession|Process|socket|fopen|Date\(\)|Date\.now|random\(in:|arc4random)\s*\(/
        for module in pure {
            for file in try Self.swiftFiles(of: module) where file.lastPathComponent != "SystemTime.swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                let hit = text.firstMatch(of: forbidden).map { String($0.0) }
                #expect(hit == nil, "\(module)/\(file.lastPathComponent) calls \(hit ?? "")")
            }
        }
    }

    @Test func shippedCodeForcesNothing() throws {
        for module in Self.table.keys {
            for file in try Self.swiftFiles(of: module) {
                let text = try String(contentsOf: file, encoding: .utf8)
                let hit = text.firstMatch(of: /\b(try!|as!|fatalError\(\)|TODO|FIXME)/).map { String($0.0) }
                #expect(hit == nil, "\(module)/\(file.lastPathComponent) holds \(hit ?? "")")
            }
        }
    }
}
